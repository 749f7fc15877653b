/** Discord: JDA keeps the gateway connection, everything that is sent goes out through {@code DiscordApi}. */
@NullMarked
package dev.playcall.chat.discord;

import org.jspecify.annotations.NullMarked;
