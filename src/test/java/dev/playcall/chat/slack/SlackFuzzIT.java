package dev.playcall.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.chat.ChatAdapter.Health;
import dev.playcall.chat.ChatWebhook;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.chat.slack.render.SlackViews;
import dev.playcall.config.Config.Secret;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.rehearsal.slack.SlackServer;
import dev.playcall.testing.Enqueued;
import dev.playcall.testing.Fuzz;
import dev.playcall.testing.LoggedFaults;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever Slack delivers, and whatever comes to its door from elsewhere: no fault, and only what is offered is enqueued. */
class SlackFuzzIT {
    private static final Secret SECRET = new Secret(SlackServer.SIGNING_SECRET);
    private static final List<String> USERS = List.of("UALICE", "UBOB", "UGUEST", "UFOREIGN", "UBOT", "UNOBODY");
    private static final List<String> CHANNELS = List.of(SlackChannel.OPS, "C0NOWHERE", "D1");
    private static final List<String> LINES = List.of(
            "deploy production version=v1",
            "deploy staging --check",
            "status production",
            "logs 1",
            "cancel 1",
            "retry 1",
            "audit",
            "help",
            "play migrate staging");

    @TempDir
    private Path home;

    private final Clock clock = Clock.systemUTC();

    @Test
    void anyDeliveryIsTaken() {
        try (var capacity = new SlackChannel(home);
                var adapter = new SlackAdapter(capacity.slack("http"), clock, () -> false, "");
                var faults = new LoggedFaults()) {
            adapter.start(capacity.chatInbox);
            await().atMost(Duration.ofSeconds(60)).until(() -> adapter.health() instanceof Health.Up);
            var door = adapter.webhook().orElseThrow();
            var enqueued = enqueued(capacity);
            int tried = Fuzz.each("slack", fuzz -> {
                assertThat(deliver(door, fuzz)).isIn(200, 400, 401);
                if (fuzz.oneIn(50)) {
                    enqueued.look();
                }
            });
            enqueued.look();
            assertThat(faults.seen()).isEmpty();
            assertThat(tried).isGreaterThanOrEqualTo(Fuzz.share(4_000));
            assertThat(enqueued.looked()).as("some of it was meant well").isGreaterThan(Fuzz.share(5));
        }
    }

    @Test
    void whatIsForgedOrGarbageDoesNothing() {
        try (var capacity = new SlackChannel(home);
                var adapter = new SlackAdapter(capacity.slack("http"), clock, () -> false, "");
                var faults = new LoggedFaults()) {
            adapter.start(capacity.chatInbox);
            await().atMost(Duration.ofSeconds(60)).until(() -> adapter.health() instanceof Health.Up);
            var door = adapter.webhook().orElseThrow();
            Fuzz.each("webhook", fuzz -> {
                boolean signed = fuzz.oneIn(2);
                var body = signed ? fuzz.bytes(400) : Fuzz.utf8(form(fuzz, command(fuzz)));
                var headers = signed ? signed(body, fuzz) : forged(body, fuzz);
                int status = door.handle(headers, body).status();
                assertThat(status).isIn(200, 400, 401);
                assertThat(signed || status == 401).isTrue();
            });
            assertThat(faults.seen()).isEmpty();
            assertThat(enqueued(capacity).look()).isZero();
        }
    }

    private Enqueued enqueued(SlackChannel capacity) {
        var catalog = new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), clock).current();
        return new Enqueued(capacity.journal, catalog, Set.of("slack:UALICE", "slack:UBOB"));
    }

    private int deliver(ChatWebhook door, Fuzz fuzz) {
        var text = switch (fuzz.below(4)) {
            case 0 -> form(fuzz, fuzz.oneIn(4) ? command(fuzz) : fuzz.spoiled(command(fuzz)));
            case 1 -> payload(fuzz.written(fuzz.oneIn(4) ? press(fuzz) : fuzz.spoiled(press(fuzz))));
            case 2 -> payload(fuzz.written(fuzz.spoiled(submission(fuzz))));
            default -> fuzz.written(fuzz.spoiled(event(fuzz)));
        };
        var body = Fuzz.utf8(text);
        return door.handle(signed(body, fuzz), body).status();
    }

    private Map<String, String> signed(byte[] body, Fuzz fuzz) {
        var now = Long.toString(clock.instant().getEpochSecond());
        return Map.of(
                "X-Slack-Request-Timestamp",
                now,
                "X-Slack-Signature",
                new SlackSignatures(SECRET, clock).signature(now, body),
                "Content-Type",
                body.length > 0 && body[0] == '{'
                        ? "application/json"
                        : fuzz.of("application/x-www-form-urlencoded", ""));
    }

    private Map<String, String> forged(byte[] body, Fuzz fuzz) {
        var signature = new SlackSignatures(new Secret("another"), clock).signature("1", body);
        return Map.of(
                "X-Slack-Request-Timestamp",
                fuzz.of("1", fuzz.hostile(), Long.toString(clock.instant().getEpochSecond())),
                "X-Slack-Signature",
                fuzz.of(signature, fuzz.hostile(), "v0=", "v1" + signature));
    }

    private static ObjectNode command(Fuzz fuzz) {
        return SlackJson.object()
                .put("team_id", SlackServer.TEAM)
                .put("channel_id", fuzz.one(CHANNELS))
                .put("user_id", fuzz.one(USERS))
                .put("command", fuzz.of("/playcall", "/deploy", "/ping"))
                .put("text", fuzz.oneIn(3) ? fuzz.spoiled(fuzz.one(LINES)) : fuzz.one(LINES))
                .put("trigger_id", UUID.randomUUID().toString());
    }

    private static String form(Fuzz fuzz, ObjectNode fields) {
        var text = fields.properties().stream()
                .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue().asText()))
                .collect(Collectors.joining("&"));
        return fuzz.oneIn(10) ? fuzz.spoiled(text) : text;
    }

    private static String payload(String json) {
        return "payload=" + encoded(json);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ObjectNode interaction(String type, Fuzz fuzz) {
        var payload = SlackJson.object(type).put("trigger_id", UUID.randomUUID().toString());
        payload.putObject("user").put("id", fuzz.one(USERS)).put("team_id", SlackServer.TEAM);
        payload.putObject("team").put("id", SlackServer.TEAM);
        return payload;
    }

    private static ObjectNode press(Fuzz fuzz) {
        var payload = interaction("block_actions", fuzz);
        payload.putObject("channel").put("id", fuzz.one(CHANNELS));
        payload.putObject("container")
                .put("type", "message")
                .put("message_ts", "1700000000.000100")
                .put("channel_id", SlackChannel.OPS)
                .put("is_ephemeral", fuzz.oneIn(2));
        payload.putArray("actions")
                .addObject()
                .put("type", "button")
                .put("action_id", "a")
                .put("block_id", "b")
                .put(
                        "value",
                        "v1:" + fuzz.of("cancel", "retry", "rerun", "log", "yes", "fill", "details") + ":"
                                + fuzz.below(9));
        if (fuzz.oneIn(4)) {
            payload.set("view", window(fuzz));
        }
        if (fuzz.oneIn(6)) {
            payload.put("response_url", fuzz.of("https://example.org/x", "http://[", fuzz.hostile()));
        }
        return payload;
    }

    private static ObjectNode window(Fuzz fuzz) {
        var view = SlackJson.object("modal").put("id", "V" + fuzz.below(9)).put("callback_id", SlackViews.FORM);
        view.put("private_metadata", new SlackViews.Metadata("slack:" + SlackChannel.OPS, fuzz.below(9)).written());
        view.set("title", SlackJson.object("plain_text").put("text", "Form"));
        view.putArray("blocks").addObject().put("type", "input").put("block_id", SlackViews.block("target"));
        view.putObject("state")
                .putObject("values")
                .putObject(SlackViews.block("target"))
                .putObject("value")
                .put("value", fuzz.of("blue", "red", fuzz.hostile()));
        return view;
    }

    private static ObjectNode submission(Fuzz fuzz) {
        var payload = interaction("view_submission", fuzz);
        payload.set("view", window(fuzz));
        return payload;
    }

    private static ObjectNode event(Fuzz fuzz) {
        var payload = SlackJson.object("event_callback")
                .put("team_id", SlackServer.TEAM)
                .put("event_id", "Ev" + UUID.randomUUID());
        var event = payload.putObject("event")
                .put("type", fuzz.of("app_mention", "message", "app_home_opened"))
                .put("user", fuzz.one(USERS))
                .put("channel", fuzz.one(CHANNELS))
                .put("channel_type", fuzz.of("im", "channel"))
                .put("ts", "1700000000.000" + (100 + fuzz.below(800)))
                .put("text", "<@" + SlackServer.BOT_USER + "> " + fuzz.one(LINES));
        if (fuzz.oneIn(4)) {
            event.put("thread_ts", "1700000000.000100");
        }
        return payload;
    }
}
