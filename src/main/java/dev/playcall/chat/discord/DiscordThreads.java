package dev.playcall.chat.discord;

import dev.playcall.chat.ChatAdapter.Sent;
import dev.playcall.chat.discord.api.DiscordApi;
import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import dev.playcall.chat.discord.api.DiscordErrorCodes;
import dev.playcall.chat.discord.api.DiscordOutcomes;
import dev.playcall.chat.message.UntrustedText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.dv8tion.jda.api.utils.data.DataObject;

/** The threads under messages. A thread has the id of the message it hangs under. */
final class DiscordThreads {
    private static final int KEPT = 2000;
    private static final int ONE_DAY = 1440;
    /** {@code #42 deploy v1 → production}, without its state. */
    private static final Pattern ABOUT = Pattern.compile("^(#\\d+ .* → \\S+(?: \\([^)]*\\))?)");

    private static final Pattern RUN = Pattern.compile("^r(\\d+)\\.");

    private final DiscordApi api;
    private final Map<String, String> names = kept();
    private final Map<String, Boolean> open = kept();

    DiscordThreads(DiscordApi api) {
        this.api = api;
    }

    private static <V> Map<String, V> kept() {
        return java.util.Collections.synchronizedMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > KEPT;
            }
        });
    }

    /** Whether there is a thread under a message now. */
    sealed interface Open {
        record There(String thread) implements Open {}

        /** Not in this place, or not by us; the message can still be answered. */
        record Impossible(String why) implements Open {}

        record Failed(Sent sent) implements Open {}
    }

    /** What the thread under this message will be called. */
    void named(String message, String headline) {
        if (!headline.isBlank()) {
            names.put(message, headline);
        }
    }

    void remove(String thread) {
        open.remove(thread);
    }

    /** @param key of the message that wants the thread; it names the run when nothing else does */
    Open open(String channel, String message, String key) {
        if (open.containsKey(message)) {
            return new Open.There(message);
        }
        var body = DataObject.empty().put("name", name(message, key)).put("auto_archive_duration", ONE_DAY);
        var response = api.post("channels/" + channel + "/messages/" + message + "/threads", body);
        if (response instanceof DiscordResponse.Ok || response.code() == DiscordErrorCodes.HAS_A_THREAD_ALREADY) {
            open.put(message, true);
            return new Open.There(message);
        }
        return switch (response) {
            // Made or not: the next try is told so, and nothing was said yet.
            case DiscordResponse.Lost(var why) -> new Open.Failed(new Sent.Later(java.time.Duration.ofSeconds(2), why));
            case DiscordResponse.No no
            when no.code() != DiscordErrorCodes.UNKNOWN_MESSAGE && no.status() != 401 && no.code() != 0 ->
                new Open.Impossible(no.message());
            case DiscordResponse.Ok _, DiscordResponse.No _, DiscordResponse.Slow _, DiscordResponse.NotSent _ ->
                new Open.Failed(DiscordOutcomes.outcome(response));
        };
    }

    private String name(String message, String key) {
        var headline = Optional.ofNullable(names.get(message)).orElseGet(() -> run(key));
        var about = ABOUT.matcher(headline);
        var name = UntrustedText.line(about.find() ? about.group(1) : headline, 90);
        return name.isBlank() ? "Playcall" : name;
    }

    private static String run(String key) {
        var found = RUN.matcher(key);
        return found.find() ? "#" + found.group(1) : "";
    }

    /** Posting wakes an archived thread unless it was locked. */
    boolean wake(String thread) {
        return api.patch("channels/" + thread, DataObject.empty().put("archived", false)) instanceof DiscordResponse.Ok;
    }
}
