/**
 * Work that goes on in the background: one mechanism for every loop, how each of them is, what to say of a fault, and programs that
 * end with the gateway.
 */
@NullMarked
package dev.playcall.background;

import org.jspecify.annotations.NullMarked;
