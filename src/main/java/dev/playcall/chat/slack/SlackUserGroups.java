package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is in which user group. Slack is only asked when rights hang on one of them; when it does not answer for an hour,
 * nobody is in any.
 */
final class SlackUserGroups {
    private static final Logger log = LoggerFactory.getLogger(SlackUserGroups.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration AGAIN = Duration.ofSeconds(30);
    private static final Duration USABLE = Duration.ofHours(1);

    private final SlackApi api;
    private final Clock clock;
    private final BooleanSupplier wanted;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<String, Set<String>> members = Map.of();
    private Instant heard = Instant.MIN;
    private Instant asked = Instant.MIN;

    /** @param wanted whether any rights hang on groups */
    public SlackUserGroups(SlackApi api, Clock clock, BooleanSupplier wanted) {
        this.api = api;
        this.clock = clock;
        this.wanted = wanted;
    }

    /** The groups of this user, {@code slack:S0123}. */
    Set<String> of(String user) {
        if (!wanted.getAsBoolean()) {
            return Set.of();
        }
        lock.lock();
        try {
            var now = clock.instant();
            if (!now.isBefore(after(heard, FRESH)) && !now.isBefore(after(asked, AGAIN))) {
                asked = now;
                ask(now);
            }
            return now.isBefore(after(heard, USABLE)) ? members.getOrDefault(user, Set.of()) : Set.of();
        } finally {
            lock.unlock();
        }
    }

    private static Instant after(Instant at, Duration time) {
        return at.equals(Instant.MIN) ? at : at.plus(time);
    }

    private void ask(Instant now) {
        switch (api.call("usergroups.list", Map.of("include_users", true))) {
            case SlackResponse.Yes(var body, var _) -> {
                members = read(body);
                heard = now;
            }
            case SlackResponse.No(var error, var body) -> {
                log.warn("Slack group membership cannot be read: {}", SlackErrors.remedy(error, body));
                members = Map.of();
            }
            case SlackResponse other -> log.warn("Slack group membership cannot be read now: {}", other);
        }
    }

    /** A group that was switched off has no members any more. */
    private static Map<String, Set<String>> read(JsonNode body) {
        Map<String, Set<String>> found = new HashMap<>();
        for (var group : body.path("usergroups")) {
            var id = Optional.of(group.path("id").asText()).filter(i -> !i.isEmpty());
            if (id.isPresent() && group.path("date_delete").asLong() == 0) {
                group.path("users")
                        .forEach(u -> found.computeIfAbsent(u.asText(), _ -> new HashSet<>())
                                .add("slack:" + id.get()));
            }
        }
        return found;
    }
}
