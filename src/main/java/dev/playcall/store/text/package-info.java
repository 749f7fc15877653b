/** The full-text index of logs. */
@NullMarked
package dev.playcall.store.text;

import org.jspecify.annotations.NullMarked;
