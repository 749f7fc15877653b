/** Talks to a running gateway and draws on a terminal. */
@NullMarked
package dev.playcall.cli.client;

import org.jspecify.annotations.NullMarked;
