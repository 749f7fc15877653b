/** Runs, their search (also by words), history and statistics. */
@NullMarked
package dev.playcall.store.run;

import org.jspecify.annotations.NullMarked;
