package dev.playcall.chat.discord;

import dev.playcall.chat.command.CommandEntry;
import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import dev.playcall.chat.discord.api.DiscordErrorCodes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the commands of each server the same as the catalogue. Discord allows 200 new commands a day and server, so what
 * is registered already is compared first.
 */
final class CommandRegistration {
    private static final Logger log = LoggerFactory.getLogger(CommandRegistration.class);

    private final DiscordApi api;
    private final Clock clock;
    private final Map<String, String> done = new HashMap<>();
    private final Map<String, Instant> notBefore = new HashMap<>();

    CommandRegistration(DiscordApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    /** Brings these servers up to date; what fails is tried again the next time. */
    synchronized void update(String application, Collection<String> guilds, List<CommandEntry> entries) {
        var wanted = DiscordRegistration.of(entries);
        var text = DiscordRegistration.canonical(wanted);
        guilds.stream()
                .filter(g -> !text.equals(done.get(g)))
                .filter(g -> !clock.instant().isBefore(notBefore.getOrDefault(g, Instant.MIN)))
                .forEach(g -> update("applications/" + application + "/guilds/" + g + "/commands", g, wanted, text));
    }

    private void update(String path, String guild, DataArray wanted, String text) {
        if (isThere(path, text)) {
            done.put(guild, text);
            return;
        }
        var answer = api.put(path, wanted);
        switch (answer) {
            case DiscordResponse.Ok _ -> {
                done.put(guild, text);
                log.info("Registered {} slash commands in Discord server {}", wanted.length(), guild);
            }
            case DiscordResponse.No(var _, var code, var message) -> refused(guild, code, message);
            case DiscordResponse.Slow _, DiscordResponse.NotSent _, DiscordResponse.Lost _ -> {
                notBefore.put(guild, clock.instant().plusSeconds(15));
                log.warn("Slash commands of Discord server {} will be registered later: {}", guild, answer.why());
            }
        }
    }

    private void refused(String guild, int code, String message) {
        var remedy = code == DiscordErrorCodes.NO_ACCESS || code == DiscordErrorCodes.NO_PERMISSION
                ? "; invite the bot with the scope applications.commands (./playcall manifest discord shows the link)"
                : "";
        var wait = code == DiscordErrorCodes.TOO_MANY_COMMANDS_TODAY ? Duration.ofHours(1) : Duration.ofMinutes(5);
        notBefore.put(guild, clock.instant().plus(wait));
        log.error("Discord server {} rejects slash commands: {} ({}){}", guild, message, code, remedy);
    }

    private boolean isThere(String path, String text) {
        try {
            return api.get(path) instanceof DiscordResponse.Ok ok
                    && DiscordRegistration.canonical(ok.array()).equals(text);
        } catch (ParsingException e) {
            return false;
        }
    }
}
