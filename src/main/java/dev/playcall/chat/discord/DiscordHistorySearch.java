package dev.playcall.chat.discord;

import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import dev.playcall.chat.discord.api.DiscordOutcomes;
import dev.playcall.chat.discord.render.DiscordMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Finds messages that may have been posted, among the last of a channel. */
final class DiscordHistorySearch {
    private static final int KEPT = 1_000;
    /** A line that is older is one that was said before. */
    private static final Duration LONGEST_AGO = Duration.ofMinutes(15);

    private final DiscordApi api;
    private final Clock clock;
    /** The keys of the messages that were said or found last. */
    private final Map<String, String> known = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    });

    DiscordHistorySearch(DiscordApi api, Clock clock) {
        this.api = api;
        this.clock = clock;
    }

    void posted(String ref, String key) {
        known.put(ref, key);
    }

    /** @param body what the message was to be */
    Sent message(String channel, String key, DataObject body) {
        var looksLike = looksLike(key, body);
        if (looksLike.isEmpty()) {
            return new Sent.Unknown("Discord does not say who we are");
        }
        var discordResponse = api.get("channels/" + channel + "/messages?limit=100");
        if (discordResponse instanceof DiscordResponse.Ok ok) {
            try {
                return ok.array().stream(DataArray::getObject)
                        .filter(looksLike.get())
                        .findFirst()
                        .map(m -> m.getString("id"))
                        .<Sent>map(ref -> {
                            known.put(ref, key);
                            return new Sent.Done(ref);
                        })
                        .orElseGet(() -> new Sent.Gone("it is not among the last 100 messages"));
            } catch (ParsingException e) {
                return new Sent.Unknown("Discord's answer could not be read");
            }
        }
        return DiscordOutcomes.changed(discordResponse);
    }

    /** A message with a box is known by its mark, one of a line by the line. Empty when nobody can tell now. */
    private Optional<Predicate<DataObject>> looksLike(String key, DataObject body) {
        if (!body.getArray("embeds").isEmpty()) {
            return Optional.of(m -> isMarked(m, key));
        }
        return api.get("users/@me") instanceof DiscordResponse.Ok me
                ? Optional.of(m -> isLine(m, me.object().getString("id", ""), body.getString("content"), key))
                : Optional.empty();
    }

    /** The same line may have been said before, for something else. */
    private boolean isLine(DataObject message, String self, String line, String key) {
        boolean ours = message.optObject("author")
                .filter(a -> self.equals(a.getString("id", "")))
                .isPresent();
        var ref = message.getString("id", "");
        return ours
                && line.equals(message.getString("content", ""))
                && key.equals(known.getOrDefault(ref, key))
                && OffsetDateTime.parse(message.getString("timestamp"))
                        .isAfter(OffsetDateTime.now(clock).minus(LONGEST_AGO));
    }

    /** Only a bot can write a box, so nobody else can pretend to be our message. */
    private static boolean isMarked(DataObject message, String key) {
        return message.optObject("author").map(a -> a.getBoolean("bot", false)).orElse(false)
                && message.optArray("embeds").stream()
                        .flatMap(a -> a.stream(DataArray::getObject))
                        .anyMatch(e -> (DiscordMessage.MARK + key).equals(e.getString("url", "")));
    }
}
