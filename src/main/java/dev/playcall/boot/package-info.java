/** Command line and wiring: builds the graph in one straight line and closes it in reverse. */
@NullMarked
package dev.playcall.boot;

import org.jspecify.annotations.NullMarked;
