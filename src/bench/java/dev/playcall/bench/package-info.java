/** Benchmarks, and the chat rehearsals of the demo. */
@NullMarked
package dev.playcall.bench;

import org.jspecify.annotations.NullMarked;
