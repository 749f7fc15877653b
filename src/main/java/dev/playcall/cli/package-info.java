/** The command line: one file per command. */
@NullMarked
package dev.playcall.cli;

import org.jspecify.annotations.NullMarked;
