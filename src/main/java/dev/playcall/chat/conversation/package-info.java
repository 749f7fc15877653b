/** A line of chat, a button or a form becomes a command, its answer a message. */
@NullMarked
package dev.playcall.chat.conversation;

import org.jspecify.annotations.NullMarked;
