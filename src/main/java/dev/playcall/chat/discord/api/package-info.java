/** Calls of the Discord REST API, rate limits and errors. */
@NullMarked
package dev.playcall.chat.discord.api;

import org.jspecify.annotations.NullMarked;
