package dev.playcall.notify.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.Config.Secret;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.NotifyConfig.JsonForm;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
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
        var source = new NotifyConfig.Source(kind, new Secret("t0ken"), new Secret("s3cret"));
        return new InboundHook("am", source, notificationEngine.outbox(), clock);
    }

    private InboundHook.Reply post(NotifyConfig.Kind kind, Map<String, String> headers, String body) {
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
           "startsAt":"2026-03-01T10:00:00Z","endsAt":"2026-03-01T11:00:00Z","fingerprint":"f2"}]}\
        """;

    @Test
    void alertsOfAlertmanagerAreTakenOnceHoweverOftenTheyAreRepeated() {
        assertThat(post(NotifyConfig.Kind.ALERTMANAGER, BEARER, ALERTS))
                .isEqualTo(new InboundHook.Reply(202, "{\"accepted\":2,\"known\":0}"));
        assertThat(post(NotifyConfig.Kind.ALERTMANAGER, BEARER, ALERTS))
                .isEqualTo(new InboundHook.Reply(202, "{\"accepted\":0,\"known\":2}"));
    }

    @Test
    void oneBadAlertDoesNotLoseTheGoodOnesAndIsNamed() {
        var reply = post(
                NotifyConfig.Kind.ALERTMANAGER,
                BEARER,
                ALERTS.replace("\"startsAt\":\"2026-03-01T10:00:00Z\"", "\"startsAt\":\"yesterday\""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("\"accepted\":1", "/alerts/1/startsAt: \\\"yesterday\\\" is not a time");
    }

    @Test
    void ourOwnFormIsReadOneOrMany() {
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, "{\"title\":\"backup failed\",\"severity\":\"error\"}")
                        .status())
                .isEqualTo(202);
        var many = post(
                NotifyConfig.Kind.NOTICES,
                BEARER,
                "{\"notifications\":[{\"title\":\"a\"},{\"text\":\"no"
                        + " title\"},{\"title\":\"c\",\"severity\":\"loud\"}]}");
        assertThat(many.status()).isEqualTo(400);
        assertThat(many.body())
                .contains(
                        "\"accepted\":1",
                        "/notifications/1/title",
                        "/notifications/2/severity: \\\"loud\\\" is not info, warning, error or critical");
    }

    @Test
    void anIdempotencyKeyMakesARepetitionKnownAndAnotherBodyAClash() {
        var headers = Map.of("Authorization", "Bearer t0ken", "Idempotency-Key", "once");
        assertThat(post(NotifyConfig.Kind.NOTICES, headers, "{\"title\":\"a\"}").status())
                .isEqualTo(202);
        assertThat(post(NotifyConfig.Kind.NOTICES, headers, "{\"title\":\"a\"}").body())
                .contains("\"known\":1");
        assertThat(post(NotifyConfig.Kind.NOTICES, headers, "{\"title\":\"b\"}").status())
                .isEqualTo(409);
    }

    @Test
    void aCloudEventIsNamedByItsSourceAndId() {
        var event =
                "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/backup\",\"type\":\"org.example.backup.failed\","
                        + "\"subject\":\"nightly\",\"data\":{\"severity\":\"critical\"}}";
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, event).body()).contains("\"accepted\":1");
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, event).body()).contains("\"known\":1");
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, event.replace("\"id\":\"7\",", ""))
                        .body())
                .contains("/id: a CloudEvent");
    }

    @Test
    void aCloudEventMayStandInHeadersWithItsDataAsTheBody() {
        var headers = Map.of(
                "Authorization", "Bearer t0ken",
                "Content-Type", "application/json",
                "ce-specversion", "1.0",
                "Ce-Id", "8",
                "ce-source", "/backup",
                "ce-type", "org.example.backup.failed",
                "ce-subject", "n%C3%A4chtlich 1+1");
        assertThat(post(NotifyConfig.Kind.NOTICES, headers, "{\"severity\":\"critical\"}")
                        .body())
                .contains("\"accepted\":1");
        assertThat(post(NotifyConfig.Kind.NOTICES, headers, "{\"severity\":\"critical\"}")
                        .body())
                .contains("\"known\":1");
        var inboundResult = new NotificationsReader("s", "", "k", headers, clock.instant())
                .read(json("{\"severity\":\"critical\"}"));
        assertThat(inboundResult.notices().getFirst().title()).isEqualTo("nächtlich 1+1");
        assertThat(inboundResult.notices().getFirst().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(post(NotifyConfig.Kind.NOTICES, headers, "{\"severity\":\"loud\"}")
                        .body())
                .as("the body is the data")
                .contains("\"/severity: ");
    }

    @Test
    void manyCloudEventsAreTakenAndABadOneIsNamed() {
        var events = """
            [{"specversion":"1.0","id":"1","source":"/b","type":"t","data":{"title":"one"}},
             {"specversion":"1.0","source":"/b","type":"t"},
             {"title":"no event"},
             {"specversion":"1.0","id":"4","source":"/b","type":"t","data":{"severity":"loud"}},
             {"specversion":"1.0","id":"5","source":"/b","type":"t","time":"yesterday"}]\
            """;
        var reply = post(NotifyConfig.Kind.NOTICES, BEARER, events);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .contains(
                        "\"accepted\":1",
                        "/1/id: a CloudEvent needs one",
                        "/2: must be a CloudEvent",
                        "/3/data/severity: ",
                        "/4/time: ");
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, events).body()).contains("\"known\":1");
    }

    @Test
    void aStormOfAlertmanagerIsTakenInOnePost() {
        var alerts = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            alerts.append(i == 0 ? "" : ",").append("""
                {"status":"firing","labels":{"alertname":"DiskFull","instance":"web-%d","severity":"warning"},
                 "annotations":{"summary":"disk of web-%d is full","description":"97 %% of /var are in use and it grows"},
                 "startsAt":"2026-03-01T11:59:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f%d",
                 "generatorURL":"http://prometheus.example.org/graph?g0.expr=node_filesystem_avail_bytes"}\
                """.formatted(i, i, i));
        }
        var body = "{\"version\":\"4\",\"alerts\":[" + alerts + "]}";
        assertThat(body.length()).isGreaterThan(3_000_000);
        assertThat(post(NotifyConfig.Kind.ALERTMANAGER, BEARER, body))
                .isEqualTo(new InboundHook.Reply(202, "{\"accepted\":10000,\"known\":0}"));
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, body).status()).isEqualTo(413);
    }

    @Test
    void githubIsKnownByItsSignature() throws Exception {
        var body =
                "{\"repository\":{\"full_name\":\"a/b\"},\"workflow_run\":{\"name\":\"ci\",\"conclusion\":\"failure\","
                        + "\"head_branch\":\"main\",\"html_url\":\"https://github.com/a/b/1\"}}";
        var signature = "sha256=" + HexFormat.of().formatHex(hmac(body));
        var headers =
                Map.of("X-Hub-Signature-256", signature, "X-GitHub-Event", "workflow_run", "X-GitHub-Delivery", "d1");
        assertThat(post(NotifyConfig.Kind.GITHUB, headers, body).status()).isEqualTo(202);
        assertThat(post(NotifyConfig.Kind.GITHUB, headers, body + " ").status()).isEqualTo(401);
    }

    private NotificationEvent github(String verdict) throws IOException {
        var body = new ObjectMapper().readTree("""
            {"action": "completed", "repository": {"full_name": "a/b"}, "workflow_run": {"name": "ci",
             "head_branch": "main", "conclusion": "%s", "html_url": "https://github.com/a/b/1"}}\
            """.formatted(verdict));
        return new GithubReader("github", "workflow_run", "d-" + verdict, clock.instant())
                .read(body)
                .notices()
                .getFirst();
    }

    @Test
    void onlyAWorkflowThatSucceedsEndsTheAlertOfOneThatFailed() throws IOException {
        var failed = github("failure");
        assertThat(failed.status()).isEqualTo(NotificationEvent.Status.OPEN);
        assertThat(github("success"))
                .returns(NotificationEvent.Status.RESOLVED, NotificationEvent::status)
                .returns(failed.subject(), NotificationEvent::subject);
        for (var neither : List.of("cancelled", "skipped", "neutral", "stale", "action_required")) {
            assertThat(github(neither))
                    .as(neither)
                    .returns(NotificationEvent.Status.EVENT, NotificationEvent::status)
                    .returns(Severity.INFO, NotificationEvent::severity)
                    .doesNotReturn(failed.subject(), NotificationEvent::subject);
        }
    }

    @Test
    void whatGithubReportsIsOneLineThatSaysWhatAndWhere() throws IOException {
        record Row(String event, String body, String title, String link) {}
        var rows = List.of(
                new Row(
                        "pull_request",
                        "{'action':'opened','pull_request':{'number':7,'title':'Faster"
                                + " start','html_url':'https://github.com/a/b/pull/7'}}",
                        "a/b: pull request #7 opened: Faster start",
                        "https://github.com/a/b/pull/7"),
                new Row(
                        "issue_comment",
                        "{'action':'created','issue':{'number':3,'title':'Slow'},'comment':{'body':'me"
                                + " too','html_url':'https://github.com/a/b/issues/3#c1'}}",
                        "a/b: issue comment #3 created: Slow",
                        "https://github.com/a/b/issues/3#c1"),
                new Row(
                        "push",
                        "{'ref':'refs/heads/main','forced':true,'commits':[{},{}],'compare':'https://github.com/a/b/compare/1...2'}",
                        "a/b: forced push to main, 2 commits",
                        "https://github.com/a/b/compare/1...2"),
                new Row(
                        "workflow_run",
                        "{'action':'completed','workflow_run':{'name':'ci','conclusion':'timed_out','head_branch':'main','html_url':'https://github.com/a/b/1'}}",
                        "a/b: ci timed out on main",
                        "https://github.com/a/b/1"),
                new Row("star", "{'action':'created'}", "a/b: star created", "https://github.com/a/b"));
        for (var row : rows) {
            var body = "{'repository':{'full_name':'a/b','html_url':'https://github.com/a/b'},"
                    + row.body().substring(1);
            assertThat(new GithubReader("github", row.event(), "d1", clock.instant())
                            .read(new ObjectMapper().readTree(body.replace('\'', '"')))
                            .notices())
                    .as(row.event())
                    .singleElement()
                    .returns(row.title(), NotificationEvent::title)
                    .returns(row.link(), NotificationEvent::link);
        }
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
            assertThat(post(NotifyConfig.Kind.NOTICES, headers, body).status())
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
            assertThat(post(NotifyConfig.Kind.NOTICES, headers, "{\"title\":\"x\"}")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void whatCannotBeReadIsAnsweredWithAReason() {
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, "not json").status()).isEqualTo(400);
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, "").status()).isEqualTo(400);
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, "[".repeat(100_000)).status())
                .isEqualTo(400);
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, "[]").status()).isEqualTo(400);
        assertThat(post(NotifyConfig.Kind.ALERTMANAGER, BEARER, "{}").status()).isEqualTo(400);
        assertThat(post(NotifyConfig.Kind.NOTICES, BEARER, "{\"title\":\"" + "x".repeat(1_100_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    private static final JsonForm ZABBIX = new JsonForm(
            "/problems",
            map("title", "/trigger/name", "severity", "/severity", "status", "/state", "key", "/id", "at", "/clock")
                    .with("event", "zabbix.problem")
                    .with("text", "/trigger/comments")
                    .with("link", "/url"),
            map("host", "/host", "environment", "production", "site", "/site"),
            map("5", "critical", "high", "error", "*", "info"),
            map("PROBLEM".toLowerCase(java.util.Locale.ROOT), "open", "done", "resolved"));

    private static Pairs map(String... pairs) {
        var map = new Pairs();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static final class Pairs extends java.util.TreeMap<String, String> {
        private static final long serialVersionUID = 1;

        Pairs with(String key, String value) {
            put(key, value);
            return this;
        }
    }

    private InboundHook.Reply postZabbix(String body) {
        var source = new NotifyConfig.Source(
                NotifyConfig.Kind.JSON, new Secret("t0ken"), new Secret(""), Optional.of(ZABBIX));
        return new InboundHook("zabbix", source, notificationEngine.outbox(), clock)
                .handle(BEARER, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anybodysJsonIsReadAsTheConfigurationSays() {
        var read = new JsonFormReader("zabbix", ZABBIX, "request", clock.instant());
        var body = """
            {"site": "ber1", "problems": [
              {"id": 7, "trigger": {"name": "disk full", "comments": "97 %"}, "severity": "5", "state": "PROBLEM",
               "host": "web-1", "clock": 1772366340, "url": "javascript:alert(1)"},
              {"id": 7, "trigger": {"name": "disk full"}, "severity": "High", "state": "done", "host": "web-1"},
              {"id": 8, "trigger": {"name": "noise"}, "severity": "who knows", "state": "whatever"}]}\
            """;
        var events = read.read(json(body)).notices();
        assertThat(events).hasSize(3);
        var first = events.getFirst();
        assertThat(first.title()).isEqualTo("disk full");
        assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(first.status()).isEqualTo(NotificationEvent.Status.OPEN);
        assertThat(first.kind()).isEqualTo("zabbix.problem");
        assertThat(first.at()).isEqualTo(Instant.ofEpochSecond(1772366340));
        assertThat(first.link()).as("no page").isEmpty();
        assertThat(first.labels())
                .contains(
                        Map.entry("host", "web-1"), Map.entry("environment", "production"), Map.entry("site", "ber1"));
        assertThat(events.get(1).status()).isEqualTo(NotificationEvent.Status.RESOLVED);
        assertThat(events.get(1).subject()).isEqualTo(first.subject());
        assertThat(events.get(1).key()).isNotEqualTo(first.key());
        assertThat(events.get(2).severity()).isEqualTo(Severity.INFO);
        assertThat(events.get(2).status()).isEqualTo(NotificationEvent.Status.EVENT);
    }

    @Test
    void whatDoesNotFitTheFormIsToldByItsPlaceAndTheRestIsTaken() {
        var reply = postZabbix("""
            {"problems": [
              {"id": 1, "trigger": {"name": "good"}},
              {"id": 2, "trigger": {"name": {"nested": true}}},
              {"id": 3, "trigger": {}},
              {"id": [4], "trigger": {"name": "x"}},
              {"id": 5, "trigger": {"name": "x"}, "clock": "yesterday"},
              7]}\
            """);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .contains(
                        "\"accepted\":1",
                        "/problems/1/trigger/name: must be a string, a number or a boolean",
                        "/problems/2/trigger/name: the event has no title",
                        "/problems/3/id: must be a string, a number or a boolean",
                        "/problems/4/clock: \\\"yesterday\\\" is not a time",
                        "/problems/5: must be an object");
        assertThat(postZabbix("{}").body()).contains("/problems: nothing found");
        assertThat(postZabbix("{\"problems\": {\"id\": 9, \"trigger\": {\"name\": \"one alone\"}}}")
                        .status())
                .isEqualTo(202);
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void whatGrafanaSaysBesideIsRead() {
        var body = json("""
            {"receiver":"pc","status":"firing","orgId":1,"version":"1","state":"alerting","title":"[FIRING:1]",
             "message":"**Firing**","truncatedAlerts":12,"groupKey":"{}:{alertname='High'}",
             "commonLabels":{"alertname":"High"},"externalURL":"https://grafana.example.org/",
             "alerts":[{"status":"firing","labels":{"alertname":"High","grafana_folder":"web"},
              "annotations":{"summary":"CPU of web-1 is high"},"startsAt":"2026-03-01T11:59:00.1+01:00",
              "endsAt":"0001-01-01T00:00:00Z","values":{"A":97.5,"B":null},"valueString":"[ var='A' ]",
              "generatorURL":"https://grafana.example.org/alerting/1/edit","fingerprint":"c6ead",
              "dashboardURL":"https://grafana.example.org/d/1","panelURL":"https://grafana.example.org/d/1?viewPanel=4"}]}\
            """);
        var inboundResult = new AlertmanagerReader("grafana", clock.instant()).read(body);
        assertThat(inboundResult.problems()).isEmpty();
        var alert = inboundResult.notices().getFirst();
        assertThat(alert.title()).isEqualTo("CPU of web-1 is high");
        assertThat(alert.text()).isEqualTo("A = 97.5, B = null");
        assertThat(alert.link()).isEqualTo("https://grafana.example.org/d/1?viewPanel=4");
        assertThat(inboundResult.notices().get(1).title())
                .isEqualTo("12 more alerts of the same group were truncated by grafana");
        var wrong = new AlertmanagerReader("grafana", clock.instant())
                .read(json("{\"alerts\":[{\"labels\":{\"a/b\":[1]},\"annotations\":{\"summary\":{}}}]}"));
        assertThat(wrong.problems())
                .containsExactlyInAnyOrder(
                        "/alerts/0/labels/a~1b: must be a string", "/alerts/0/annotations/summary: must be a string");
    }
}
