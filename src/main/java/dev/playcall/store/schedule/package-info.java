/** Schedules and the scheduler. */
@NullMarked
package dev.playcall.store.schedule;

import org.jspecify.annotations.NullMarked;
