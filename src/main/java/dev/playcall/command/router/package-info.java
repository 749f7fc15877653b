/** Sends commands to those that handle them. */
@NullMarked
package dev.playcall.command.router;

import org.jspecify.annotations.NullMarked;
