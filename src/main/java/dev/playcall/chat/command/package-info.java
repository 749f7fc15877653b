/** The command catalogue and the parser of the text grammar. */
@NullMarked
package dev.playcall.chat.command;

import org.jspecify.annotations.NullMarked;
