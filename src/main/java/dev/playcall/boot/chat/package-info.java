/** Starts and stops the chat platforms. */
@NullMarked
package dev.playcall.boot.chat;

import org.jspecify.annotations.NullMarked;
