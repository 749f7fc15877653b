/** Running other programs and locking content while it changes. */
@NullMarked
package dev.playcall.content;

import org.jspecify.annotations.NullMarked;
