/** Templates of notifications and mails. */
@NullMarked
package dev.playcall.notify.template;

import org.jspecify.annotations.NullMarked;
