/** How durations, sizes, percentages and times are written for people, on pages, in chat, on the command line and in mail. */
@NullMarked
package dev.playcall.domain.format;

import org.jspecify.annotations.NullMarked;
