/** Groups that are due become notifications. */
@NullMarked
package dev.playcall.notify.grouping;

import org.jspecify.annotations.NullMarked;
