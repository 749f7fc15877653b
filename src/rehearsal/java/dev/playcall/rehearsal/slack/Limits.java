package dev.playcall.rehearsal.slack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Slack's rate limits: so many calls a minute for a method, and about one post a second for a channel. */
final class Limits {
    private record Rule(int calls, Duration window) {}

    private static final Rule TIER_2 = new Rule(20, Duration.ofMinutes(1));
    private static final Rule TIER_3 = new Rule(50, Duration.ofMinutes(1));
    private static final Rule TIER_4 = new Rule(100, Duration.ofMinutes(1));
    /** One a second in the long run, and a few at once. */
    private static final Rule POSTS = new Rule(5, Duration.ofSeconds(5));

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry("chat.postMessage", POSTS),
            Map.entry("chat.update", TIER_3),
            Map.entry("chat.delete", TIER_3),
            Map.entry("conversations.history", TIER_3),
            Map.entry("conversations.replies", TIER_3),
            Map.entry("conversations.info", TIER_3),
            Map.entry("conversations.open", TIER_3),
            Map.entry("reactions.add", TIER_3),
            Map.entry("usergroups.list", TIER_2),
            Map.entry("usergroups.users.list", TIER_2),
            Map.entry("users.list", TIER_2));

    private final Clock clock;
    private final Map<String, Deque<Instant>> calls = new HashMap<>();
    private boolean on;
    private int overruns;

    Limits(Clock clock) {
        this.clock = clock;
    }

    synchronized void on(boolean value) {
        on = value;
    }

    synchronized int overruns() {
        return overruns;
    }

    /** Seconds to wait when the call is one too many. */
    synchronized Optional<Long> wait(Params params) {
        if (!on || params.method().startsWith("auth.") || params.method().startsWith("apps.")) {
            return Optional.empty();
        }
        var rule = RULES.getOrDefault(params.method(), TIER_4);
        var key = rule.equals(POSTS) ? params.method() + params.text("channel").orElse("") : params.method();
        var past = calls.computeIfAbsent(key, _ -> new ArrayDeque<>());
        var now = clock.instant();
        while (!past.isEmpty() && !past.getFirst().plus(rule.window()).isAfter(now)) {
            past.removeFirst();
        }
        if (past.size() < rule.calls()) {
            past.addLast(now);
            return Optional.empty();
        }
        overruns++;
        var free = Duration.between(now, past.getFirst().plus(rule.window()));
        return Optional.of(Math.max(1, (free.toMillis() + 999) / 1000));
    }
}
