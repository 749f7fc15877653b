/** What is due, what holds it back, and what is asked before a start. */
@NullMarked
package dev.playcall.runner.queue;

import org.jspecify.annotations.NullMarked;
