/** Routes, matchers, inhibition rules and quiet hours. */
@NullMarked
package dev.playcall.notify.routing;

import org.jspecify.annotations.NullMarked;
