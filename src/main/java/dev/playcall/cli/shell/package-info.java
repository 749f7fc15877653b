/** The console of an interactive terminal. */
@NullMarked
package dev.playcall.cli.shell;

import org.jspecify.annotations.NullMarked;
