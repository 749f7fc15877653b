/** Schedules and reports: API and table rows. */
@NullMarked
package dev.playcall.web.schedules;

import org.jspecify.annotations.NullMarked;
