package dev.playcall.web.security;

import dev.playcall.command.CommandHandler;
import dev.playcall.web.http.Flash;
import java.time.Clock;

/**
 * What a page with forms needs.
 *
 * @param pages shows a page
 * @param flash keeps the result of a form for the next page
 */
public record PageContext(RequestAuth requestAuth, Pages pages, Flash flash, CommandHandler commands, Clock clock) {}
