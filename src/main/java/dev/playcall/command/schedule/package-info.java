/** Schedules and reports. */
@NullMarked
package dev.playcall.command.schedule;

import org.jspecify.annotations.NullMarked;
