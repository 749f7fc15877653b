/** Runs, their search (also by words) and history. */
@NullMarked
package dev.playcall.store.run;

import org.jspecify.annotations.NullMarked;
