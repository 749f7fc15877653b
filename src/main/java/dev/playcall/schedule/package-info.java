/** When something is to be run by itself: times, what was missed, and firing each of them once. */
@NullMarked
package dev.playcall.schedule;

import org.jspecify.annotations.NullMarked;
