/** Rollouts in waves: what would be done, starting it, letting it go on, repeating it and taking it back. */
@NullMarked
package dev.playcall.command.rollout;

import org.jspecify.annotations.NullMarked;
