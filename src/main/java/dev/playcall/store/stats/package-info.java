/** Figures of days: added up as runs end, and read for a period. */
@NullMarked
package dev.playcall.store.stats;

import org.jspecify.annotations.NullMarked;
