/** Identities and secrets. */
@NullMarked
package dev.playcall.command.access;

import org.jspecify.annotations.NullMarked;
