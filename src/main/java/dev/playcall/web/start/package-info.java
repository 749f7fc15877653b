/** The form that starts or schedules a run. */
@NullMarked
package dev.playcall.web.start;

import org.jspecify.annotations.NullMarked;
