/** What shells and {@code man} know of the command line, made from its own commands and options. */
@NullMarked
package dev.playcall.cli.reference;

import org.jspecify.annotations.NullMarked;
