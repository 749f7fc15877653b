package dev.playcall.chat.discord.api;

import dev.playcall.chat.discord.api.DiscordApi.DiscordResponse;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Which routes are closed for how long, as the headers of earlier answers told. */
final class RateLimitBuckets {
    private static final Pattern ID_INSIDE = Pattern.compile("/(messages|commands|members)/\\d+");
    private static final String ALL = "*";
    private static final int MOST = 2000;

    private final Map<String, Instant> closedUntil = new ConcurrentHashMap<>();
    private final Clock clock;

    RateLimitBuckets(Clock clock) {
        this.clock = clock;
    }

    /** How long to wait; empty when the way is free. Answers to interactions are not counted with the rest. */
    Optional<Duration> wait(String method, String path) {
        if (isInteraction(path)) {
            return Optional.empty();
        }
        var now = clock.instant();
        var until = later(
                closedUntil.getOrDefault(ALL, Instant.MIN), closedUntil.getOrDefault(route(method, path), Instant.MIN));
        return until.isAfter(now) ? Optional.of(Duration.between(now, until)) : Optional.empty();
    }

    /** Learns from the headers of an answer. */
    void learn(String method, String path, HttpHeaders headers) {
        boolean exhausted =
                headers.firstValue("X-RateLimit-Remaining").map("0"::equals).orElse(false);
        if (exhausted && !isInteraction(path)) {
            headers.firstValue("X-RateLimit-Reset-After")
                    .flatMap(RateLimitBuckets::seconds)
                    .ifPresent(d -> close(route(method, path), d));
        }
    }

    /** The longer of what body and header say, at least a little; a whole-bot limit closes everything. */
    DiscordResponse.Slow limited(String method, String path, HttpHeaders headers, String body) {
        var response = object(body);
        var byBody =
                seconds(Double.toString(response.getDouble("retry_after", 1.0))).orElse(Duration.ofSeconds(1));
        var byHeader = headers.firstValue("Retry-After")
                .flatMap(RateLimitBuckets::seconds)
                .orElse(Duration.ZERO);
        var after = byHeader.compareTo(byBody) > 0 ? byHeader : byBody;
        int code = response.getInt("code", 0);
        boolean all = response.getBoolean("global", false)
                || headers.firstValue("X-RateLimit-Global").isPresent();
        // The limit for old messages belongs to one message, not to the route it goes by.
        if (code != DiscordErrorCodes.OLD_MESSAGE_EDITED_TOO_OFTEN) {
            close(all ? ALL : route(method, path), after);
        }
        return new DiscordResponse.Slow(after, code);
    }

    private void close(String route, Duration time) {
        if (closedUntil.size() > MOST) {
            var now = clock.instant();
            closedUntil.values().removeIf(i -> i.isBefore(now));
        }
        closedUntil.merge(route, clock.instant().plus(time), RateLimitBuckets::later);
    }

    private static boolean isInteraction(String path) {
        return path.startsWith("interactions/") || path.startsWith("webhooks/");
    }

    private static String route(String method, String path) {
        int query = path.indexOf('?');
        return method + " "
                + ID_INSIDE.matcher(query < 0 ? path : path.substring(0, query)).replaceAll("/$1/#");
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Optional<Duration> seconds(String text) {
        try {
            double value = Double.parseDouble(text);
            return Optional.of(Duration.ofMillis(Math.clamp(Math.round(value * 1000), 0L, 3_600_000L)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static DataObject object(String body) {
        try {
            return DataObject.fromJson(body);
        } catch (ParsingException e) {
            return DataObject.empty();
        }
    }
}
