/** The commands of the chat as commands of a shell, made from their catalogue, and the help of all. */
@NullMarked
package dev.playcall.cli.words;

import org.jspecify.annotations.NullMarked;
