package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.chat.ChatInbox;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.chat.slack.api.SlackApi;
import dev.playcall.chat.slack.api.SlackApi.SlackResponse;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.command.Caller;
import dev.playcall.domain.Origin;
import dev.playcall.domain.name.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Who may be listened to at all: people of our own workspace. What they may do is decided by the command handler. */
final class SlackUsers {
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration USABLE = Duration.ofHours(12);
    private static final int MOST = 5_000;
    private static final String FOREIGN = "Playcall accepts commands only from members of its own workspace";

    private final SlackApi api;
    private final SlackConnections slackConnections;
    private final ChatInbox chatInbox;
    private final SlackUserGroups slackUserGroups;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Known> known = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(Optional<String> refusal, Instant at) {}

    public SlackUsers(
            SlackApi api,
            SlackConnections slackConnections,
            ChatInbox chatInbox,
            SlackUserGroups slackUserGroups,
            Clock clock) {
        this.api = api;
        this.slackConnections = slackConnections;
        this.chatInbox = chatInbox;
        this.slackUserGroups = slackUserGroups;
        this.clock = clock;
    }

    public static Person person(String user) {
        return new Person("slack:" + user);
    }

    /** This person with another request, and the groups they are in. */
    Caller caller(String user, Origin origin) {
        return new Caller(person(user), origin, slackUserGroups.of(user));
    }

    /** Why this person is not listened to, in one line. */
    Optional<String> refusal(String user) {
        var self = slackConnections.self();
        if (self.isEmpty()) {
            return Optional.of("Playcall is not ready yet; try again in a moment");
        }
        var known = known(user);
        if (known.filter(k -> isFresh(k, FRESH)).isPresent()) {
            return known.get().refusal();
        }
        return switch (api.call("users.info", Map.of("user", user))) {
            case SlackResponse.Yes(var body, var _) -> keep(user, body.path("user"), self.get());
            case SlackResponse.No(var error, var body) ->
                error.equals("user_not_found") || error.equals("user_not_visible")
                        ? Optional.of(FOREIGN)
                        : Optional.of("Slack could not confirm who you are: " + SlackErrors.remedy(error, body));
            case SlackResponse.Busy _, SlackResponse.NotSent _, SlackResponse.Lost _ ->
                known.filter(k -> isFresh(k, USABLE))
                        .map(Known::refusal)
                        .orElse(Optional.of("Slack could not confirm who you are, so nothing was done; try again"));
        };
    }

    private Optional<Known> known(String user) {
        lock.lock();
        try {
            return Optional.ofNullable(known.get(user));
        } finally {
            lock.unlock();
        }
    }

    private boolean isFresh(Known k, Duration most) {
        return clock.instant().isBefore(k.at().plus(most));
    }

    private Optional<String> keep(String id, JsonNode user, SlackIdentity slackIdentity) {
        var refusal = judge(id, user, slackIdentity);
        lock.lock();
        try {
            known.put(id, new Known(refusal, clock.instant()));
        } finally {
            lock.unlock();
        }
        if (refusal.isEmpty()) {
            chatInbox.met(person(id), name(user));
        }
        return refusal;
    }

    private static Optional<String> judge(String id, JsonNode user, SlackIdentity slackIdentity) {
        if (user.path("is_bot").asBoolean() || user.path("is_workflow_bot").asBoolean() || id.equals("USLACKBOT")) {
            return Optional.of("Playcall does not accept commands from bots");
        }
        if (user.path("is_restricted").asBoolean()
                || user.path("is_ultra_restricted").asBoolean()) {
            return Optional.of("Playcall does not accept commands from guests of the workspace");
        }
        if (user.path("deleted").asBoolean()) {
            return Optional.of("this account is deactivated");
        }
        return user.path("is_stranger").asBoolean() || !isOurs(user, slackIdentity)
                ? Optional.of(FOREIGN)
                : Optional.empty();
    }

    /** In an organisation of several workspaces a person names all of theirs. */
    private static boolean isOurs(JsonNode user, SlackIdentity slackIdentity) {
        return user.path("team_id").asText().equals(slackIdentity.teamId())
                || user.at("/enterprise_user/teams")
                        .valueStream()
                        .anyMatch(t -> t.asText().equals(slackIdentity.teamId()));
    }

    private static String name(JsonNode user) {
        var name = SlackJson.text(user, "/profile/display_name")
                .or(() -> SlackJson.text(user, "/real_name"))
                .or(() -> SlackJson.text(user, "/profile/real_name"))
                .or(() -> SlackJson.text(user, "/name"))
                .orElse("somebody");
        return UntrustedText.line(name, 60);
    }
}
