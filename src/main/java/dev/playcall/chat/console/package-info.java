/** The terminal as a chat platform. */
@NullMarked
package dev.playcall.chat.console;

import org.jspecify.annotations.NullMarked;
