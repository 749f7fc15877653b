/** The one truth about runs: append an event, read it back, follow. */
@NullMarked
package dev.playcall.journal;

import org.jspecify.annotations.NullMarked;
