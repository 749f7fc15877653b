/** Messages, forms and answers without a platform, and what is stored about them. */
@NullMarked
package dev.playcall.chat.message;

import org.jspecify.annotations.NullMarked;
