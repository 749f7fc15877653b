/** Work that goes on in the background: one mechanism for every loop, how each of them is, and what to say of a fault. */
@NullMarked
package dev.playcall.background;

import org.jspecify.annotations.NullMarked;
