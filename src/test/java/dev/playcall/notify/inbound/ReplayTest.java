package dev.playcall.notify.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.Config.Secret;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.NotifyConfig.JsonForm;
import dev.playcall.notify.StandardWebhook;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signed post that somebody caught and posts again changes nothing, whatever they put beside it. */
class ReplayTest {
    private static final String SECRET = "s3cret";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Database database;
    private NotificationEngine notificationEngine;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("n.db"), clock);
        notificationEngine = new NotificationEngine(
                database.notices(),
                database.alerts(),
                database.events(),
                () -> NotificationRules.of(Optional.empty()),
                () -> Map.of(),
                new NotificationEngine.Texts(t -> t, ""),
                new NotificationEngine.Timing(clock, () -> clock.millis() * 1_000_000, new Random(1)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private InboundHook hook(NotifyConfig.Kind kind) {
        var form = kind == NotifyConfig.Kind.JSON
                ? Optional.of(new JsonForm(
                        "",
                        new TreeMap<>(Map.of("title", "/title")),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeMap<>()))
                : Optional.<JsonForm>empty();
        return new InboundHook(
                "src",
                new NotifyConfig.Source(kind, new Secret("t0ken"), new Secret(SECRET), form),
                notificationEngine.outbox(),
                clock);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> hub(String body, String... beside) {
        var headers = new TreeMap<String, String>();
        headers.put(
                "X-Hub-Signature-256",
                "sha256=" + HexFormat.of().formatHex(StandardWebhook.hmac(bytes(SECRET), bytes(body))));
        for (int i = 0; i < beside.length; i += 2) {
            headers.put(beside[i], beside[i + 1]);
        }
        return headers;
    }

    private Map<String, String> standard(String id, String body, String... beside) {
        var at = Long.toString(clock.instant().getEpochSecond());
        var headers = new TreeMap<String, String>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", at);
        headers.put("webhook-signature", StandardWebhook.sign(bytes(SECRET), id, at, bytes(body)));
        for (int i = 0; i < beside.length; i += 2) {
            headers.put(beside[i], beside[i + 1]);
        }
        return headers;
    }

    private String post(NotifyConfig.Kind kind, Map<String, String> headers, String body) {
        var reply = hook(kind).handle(headers, bytes(body));
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        return reply.body();
    }

    private void assertNew(String answer) {
        assertThat(answer).isEqualTo("{\"accepted\":1,\"known\":0}");
    }

    private void assertKnown(String answer) {
        assertThat(answer).isEqualTo("{\"accepted\":0,\"known\":1}");
    }

    private static final String FAILED =
            "{\"repository\":{\"full_name\":\"a/b\"},\"workflow_run\":{\"name\":\"ci\",\"conclusion\":\"failure\","
                    + "\"head_branch\":\"main\",\"updated_at\":\"2026-03-01T11:00:00Z\"}}";

    @Test
    void aDeliveryOfGithubIsKnownByItsBodyAndNotByTheHeadersBesideIt() {
        for (var body : new String[] {FAILED, "payload=" + URLEncoder.encode(FAILED + " ", StandardCharsets.UTF_8)}) {
            var type = body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
            var sent = hub(body, "Content-Type", type, "X-GitHub-Event", "workflow_run", "X-GitHub-Delivery", "d1");
            assertNew(post(NotifyConfig.Kind.GITHUB, sent, body));
            sent.put("X-GitHub-Delivery", "d2");
            assertKnown(post(NotifyConfig.Kind.GITHUB, sent, body));
            sent.put("X-GitHub-Event", "push");
            assertKnown(post(NotifyConfig.Kind.GITHUB, sent, body));
            clock.go(Duration.ofDays(200));
            notificationEngine.outbox();
            assertKnown(post(NotifyConfig.Kind.GITHUB, sent, body));
        }
    }

    @Test
    void theBodyOfAFormIsWhatIsSigned() {
        var body = "payload=" + URLEncoder.encode(FAILED, StandardCharsets.UTF_8);
        var type = Map.of("Content-Type", "application/x-www-form-urlencoded");
        var sent = hub(body, "X-GitHub-Event", "workflow_run", "X-GitHub-Delivery", "d1");
        sent.putAll(type);
        var other = new TreeMap<>(sent);
        other.put("X-Hub-Signature-256", hub(FAILED).get("X-Hub-Signature-256"));
        assertThat(hook(NotifyConfig.Kind.GITHUB).handle(other, bytes(body)).status())
                .isEqualTo(401);
        assertNew(post(NotifyConfig.Kind.GITHUB, sent, body));
        assertThat(database.alerts().open(10)).hasSize(1);
        for (var bad : Map.of(
                        "a=b", "application/json",
                        "payload=%7Bnot", "not JSON",
                        "payload=%zz", "not URL-encoded")
                .entrySet()) {
            var headers = hub(bad.getKey(), "X-GitHub-Event", "push", "X-GitHub-Delivery", "d9");
            headers.putAll(type);
            var reply = hook(NotifyConfig.Kind.GITHUB).handle(headers, bytes(bad.getKey()));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).contains(bad.getValue());
        }
    }

    @Test
    void everyKindThatIsSignedWithoutATimeIsKnownByItsBody() {
        for (var kind : new NotifyConfig.Kind[] {NotifyConfig.Kind.NOTICES, NotifyConfig.Kind.JSON}) {
            var body = "{\"title\":\"" + kind + "\"}";
            assertNew(post(kind, hub(body), body));
            assertKnown(post(kind, hub(body, "Idempotency-Key", "another"), body));
            assertKnown(post(kind, hub(body, "webhook-id", "another", "ce-id", "7"), body));
        }
    }

    @Test
    void aCaughtAlertDoesNotOpenAgainWhatIsOver() {
        var open = """
            {"version":"4","alerts":[{"status":"firing","labels":{"alertname":"Down"},"annotations":{},
             "startsAt":"2026-03-01T11:59:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1"}]}\
            """;
        var over = open.replace("firing", "resolved").replace("0001-01-01T00:00:00Z", "2026-03-01T12:00:00Z");
        assertNew(post(NotifyConfig.Kind.ALERTMANAGER, standard("m1", open), open));
        var again = standard("m2", open);
        assertKnown(post(NotifyConfig.Kind.ALERTMANAGER, again, open));
        assertNew(post(NotifyConfig.Kind.ALERTMANAGER, standard("m3", over), over));
        assertKnown(post(NotifyConfig.Kind.ALERTMANAGER, again, open));
        assertThat(database.alerts().open(10)).isEmpty();
        assertNew(post(NotifyConfig.Kind.ALERTMANAGER, standard("m4", open), open));
        assertThat(database.alerts().open(10)).as("the source itself says so").hasSize(1);
    }

    @Test
    void aStandardWebhookIsKnownByItsSignedIdAndNotByAKeyBesideIt() {
        var body = "{\"title\":\"x\"}";
        var sent = standard("m1", body);
        assertNew(post(NotifyConfig.Kind.NOTICES, sent, body));
        assertKnown(post(NotifyConfig.Kind.NOTICES, standard("m1", body, "Idempotency-Key", "another"), body));
        clock.go(Duration.ofMinutes(4));
        assertKnown(post(NotifyConfig.Kind.NOTICES, standard("m1", body), body));
        clock.go(Duration.ofMinutes(2));
        assertThat(hook(NotifyConfig.Kind.NOTICES).handle(sent, bytes(body)).status())
                .as("too old")
                .isEqualTo(401);
    }

    @Test
    void whoeverKnowsTheTokenNamesWhatTheyPostThemselves() {
        var body = "{\"title\":\"x\"}";
        var bearer = new TreeMap<>(Map.of("Authorization", "Bearer t0ken"));
        assertNew(post(NotifyConfig.Kind.NOTICES, bearer, body));
        assertNew(post(NotifyConfig.Kind.NOTICES, bearer, body));
        bearer.put("Idempotency-Key", "one");
        assertNew(post(NotifyConfig.Kind.NOTICES, bearer, body));
        assertKnown(post(NotifyConfig.Kind.NOTICES, bearer, body));
    }

    @Test
    void whatIsTooLargeIsToldTheLimitOfItsKind() {
        var body = "x".repeat((8 << 20) + 1);
        var bearer = Map.of("Authorization", "Bearer t0ken");
        assertThat(hook(NotifyConfig.Kind.ALERTMANAGER)
                        .handle(bearer, bytes(body))
                        .body())
                .contains("\"status\":413", "larger than 8 MB");
        assertThat(hook(NotifyConfig.Kind.NOTICES).handle(bearer, bytes(body)).body())
                .contains("\"status\":413", "larger than 1 MB");
    }
}
