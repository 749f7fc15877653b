package dev.playcall.notify.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.Config.Secret;
import dev.playcall.config.Notify;
import dev.playcall.notify.Notifications;
import dev.playcall.store.Database;
import dev.playcall.testing.HandClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookTest {
    private static final Map<String, String> BEARER = Map.of("authorization", "Bearer t0ken");

    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Database database;
    private Notifications notifications;

    @TempDir
    Path folder;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("n.db"), clock);
        notifications = new Notifications(
                database.notices(), database.events(), Optional.empty(), Map.of(), t -> t, "", clock, new Random(1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Hook hook(Notify.Kind kind) {
        var source = new Notify.Source(kind, new Secret("t0ken"), new Secret("s3cret"));
        return new Hook("am", source, notifications.outbox(), clock);
    }

    private Hook.Reply post(Notify.Kind kind, Map<String, String> headers, String body) {
        return hook(kind).handle(headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final String ALERTS = """
            {"version":"4","groupKey":"g","status":"firing","alerts":[
              {"status":"firing","labels":{"alertname":"DiskFull","instance":"web-1","severity":"critical"},
               "annotations":{"summary":"disk of web-1 is full","description":"97 %"},
               "startsAt":"2026-03-01T11:59:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1"},
              {"status":"resolved","labels":{"alertname":"Up"},"annotations":{},
               "startsAt":"2026-03-01T10:00:00Z","endsAt":"2026-03-01T11:00:00Z","fingerprint":"f2"}]}""";

    @Test
    void alertsOfAlertmanagerAreTakenOnceHoweverOftenTheyAreRepeated() {
        assertThat(post(Notify.Kind.ALERTMANAGER, BEARER, ALERTS))
                .isEqualTo(new Hook.Reply(202, "{\"accepted\":2,\"known\":0}"));
        assertThat(post(Notify.Kind.ALERTMANAGER, BEARER, ALERTS))
                .isEqualTo(new Hook.Reply(202, "{\"accepted\":0,\"known\":2}"));
    }

    @Test
    void oneBadAlertDoesNotLoseTheGoodOnesAndIsNamed() {
        var reply = post(
                Notify.Kind.ALERTMANAGER,
                BEARER,
                ALERTS.replace("\"startsAt\":\"2026-03-01T10:00:00Z\"", "\"startsAt\":\"yesterday\""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("\"accepted\":1", "/alerts/1/startsAt: \\\"yesterday\\\" is not a time");
    }

    @Test
    void ourOwnFormIsReadOneOrMany() {
        assertThat(post(Notify.Kind.NOTICES, BEARER, "{\"title\":\"backup failed\",\"severity\":\"error\"}")
                        .status())
                .isEqualTo(202);
        var many = post(
                Notify.Kind.NOTICES,
                BEARER,
                "{\"notifications\":[{\"title\":\"a\"},{\"text\":\"no title\"},{\"title\":\"c\",\"severity\":\"loud\"}]}");
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.body())
                .contains(
                        "\"accepted\":1",
                        "/notifications/1/title",
                        "/notifications/2/severity: \\\"loud\\\" is none of");
    }

    @Test
    void anIdempotencyKeyMakesARepetitionKnownAndAnotherBodyAClash() {
        var headers = Map.of("Authorization", "Bearer t0ken", "Idempotency-Key", "once");
        assertThat(post(Notify.Kind.NOTICES, headers, "{\"title\":\"a\"}").status())
                .isEqualTo(202);
        assertThat(post(Notify.Kind.NOTICES, headers, "{\"title\":\"a\"}").body())
                .contains("\"known\":1");
        assertThat(post(Notify.Kind.NOTICES, headers, "{\"title\":\"b\"}").status())
                .isEqualTo(409);
    }

    @Test
    void aCloudEventIsNamedByItsSourceAndId() {
        var event =
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/backup\",\"type\":\"org.example.backup.failed\","
                        + "\"subject\":\"nightly\",\"data\":{\"severity\":\"critical\"}}";
        assertThat(post(Notify.Kind.NOTICES, BEARER, event).body()).contains("\"accepted\":1");
        assertThat(post(Notify.Kind.NOTICES, BEARER, event).body()).contains("\"known\":1");
        assertThat(post(Notify.Kind.NOTICES, BEARER, event.replace("\"id\":\"7\",", ""))
                        .body())
                .contains("/id: a CloudEvent");
    }

    @Test
    void githubIsKnownByItsSignature() throws Exception {
        var body =
                "{\"repository\":{\"full_name\":\"a/b\"},\"workflow_run\":{\"name\":\"ci\",\"conclusion\":\"failure\","
                        + "\"head_branch\":\"main\",\"html_url\":\"https://github.com/a/b/1\"}}";
        var signature = "sha256=" + HexFormat.of().formatHex(hmac(body));
        var headers =
                Map.of("X-Hub-Signature-256", signature, "X-GitHub-Event", "workflow_run", "X-GitHub-Delivery", "d1");
        assertThat(post(Notify.Kind.GITHUB, headers, body).status()).isEqualTo(202);
        assertThat(post(Notify.Kind.GITHUB, headers, body + " ").status()).isEqualTo(401);
    }

    @Test
    void aStandardWebhookIsKnownByItsSignatureWithinFiveMinutes() throws Exception {
        var body = "{\"title\":\"x\"}";
        for (var seconds :
                Map.of(0L, 202, 290L, 202, -290L, 202, 400L, 401, -400L, 401).entrySet()) {
            var at = Long.toString(clock.instant().getEpochSecond() + seconds.getKey());
            var id = "m" + seconds.getKey();
            var signature = "v1," + Base64.getEncoder().encodeToString(hmac(id + "." + at + "." + body));
            var headers =
                    Map.of("webhook-id", id, "webhook-timestamp", at, "webhook-signature", "v1,AAAA " + signature);
            assertThat(post(Notify.Kind.NOTICES, headers, body).status())
                    .as("%d s", seconds.getKey())
                    .isEqualTo(seconds.getValue());
        }
    }

    @Test
    void strangersAreRefusedAndToldNothing() {
        for (var headers : java.util.List.of(
                Map.<String, String>of(),
                Map.of("Authorization", "Bearer wrong"),
                Map.of("Authorization", "Bearer "))) {
            assertThat(post(Notify.Kind.NOTICES, headers, "{\"title\":\"x\"}").status())
                    .isEqualTo(401);
        }
    }

    @Test
    void whatCannotBeReadIsAnsweredWithAReason() {
        assertThat(post(Notify.Kind.NOTICES, BEARER, "not json").status()).isEqualTo(400);
        assertThat(post(Notify.Kind.NOTICES, BEARER, "").status()).isEqualTo(400);
        assertThat(post(Notify.Kind.NOTICES, BEARER, "[".repeat(100_000)).status())
                .isEqualTo(400);
        assertThat(post(Notify.Kind.NOTICES, BEARER, "[]").status()).isEqualTo(400);
        assertThat(post(Notify.Kind.ALERTMANAGER, BEARER, "{}").status()).isEqualTo(400);
        assertThat(post(Notify.Kind.NOTICES, BEARER, "{\"title\":\"" + "x".repeat(1_100_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }
}
