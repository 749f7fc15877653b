package dev.playcall.web.security;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.CommandHandler;
import dev.playcall.domain.PersonNames;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.secret.SecretService;
import dev.playcall.web.http.Flash;
import java.time.Clock;

/**
 * What every feature of the web side is made with.
 *
 * @param pages shows a page
 * @param names how people are called, for answers that say it beside their id
 * @param flash keeps the result of a form for the next page
 */
public record WebContext(
        SecurityFilter securityFilter,
        RequestAuth requestAuth,
        Pages pages,
        Flash flash,
        CommandHandler commands,
        Catalogs catalogs,
        RunJournal journal,
        SecretService secrets,
        PersonNames names,
        Clock clock) {}
