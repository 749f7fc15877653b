package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.security.identity.Accounts.AccountChange;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is open and what is muted, over HTTP and on the page. */
class AlertsOverHttpTest {
    private static final String PASSWORD = "four words and more";
    private static final String RULES = """
        access:
          bindings:
            - { role: operator, people: ["console:alice"], environments: [production] }
            - { role: viewer, people: ["console:vera", "web:vera"] }
            - { role: viewer, people: ["web:olga"], environments: [staging] }
            - { role: admin, people: ["token:admin"] }
        notify:
          sources:
            am: { kind: alertmanager, token: token-of-am-0123 }
            ours: { kind: notices, token: token-of-ours-01 }
        """;

    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder, RULES);
        for (var name : new String[] {"anna", "vera"}) {
            assertThat(fixture.entrance.identity().accounts().add(name, name.equals("anna"), PASSWORD))
                    .isEqualTo(new AccountChange.Done());
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new ObjectMapper().readTree(response.body());
    }

    @Test
    void aMuteIsMadeSeenAndEndedByThoseWhoMay() throws Exception {
        var body = "{\"what\": \"production\", \"for\": \"2h\", \"reason\": \"disks are replaced\"}";
        assertThat(fixture.ask("vera", "POST", "/api/v1/mutes", body).statusCode())
                .isEqualTo(403);
        var made = fixture.ask("alice", "POST", "/api/v1/mutes", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(json(made).path("message").asText()).contains("production for 2 h", "unmute 1");
        var mute = json(fixture.ask("vera", "GET", "/api/v1/mutes", "")).at("/mutes/0");
        assertThat(mute.path("reason").asText()).isEqualTo("disks are replaced");
        assertThat(mute.at("/matchers/0").asText()).isEqualTo("environment=\"production\"");
        assertThat(mute.path("until").asText()).endsWith("Z");
        assertThat(fixture.ask("alice", "POST", "/api/v1/mutes", body.replace("production", "staging"))
                        .statusCode())
                .as("an environment that is not hers")
                .isEqualTo(403);
        assertThat(fixture.ask("vera", "DELETE", "/api/v1/mutes/1", "").statusCode())
                .isEqualTo(403);
        assertThat(fixture.ask("alice", "DELETE", "/api/v1/mutes/1", "").statusCode())
                .isEqualTo(200);
        assertThat(json(fixture.ask("vera", "GET", "/api/v1/mutes", "")).path("mutes"))
                .isEmpty();
        assertThat(fixture.ask("alice", "DELETE", "/api/v1/mutes/1", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatIsWrongWithAMuteIsSaidByItsField() throws Exception {
        for (var row : Map.of(
                        "{}", "what",
                        "{\"what\":\"all\",\"for\":\"soon\"}", "for",
                        "{\"what\":\"all\",\"for\":\"400d\"}", "for")
                .entrySet()) {
            var answer = fixture.ask("admin", "POST", "/api/v1/mutes", row.getKey());
            assertThat(answer.statusCode()).as(row.getKey()).isEqualTo(400);
            assertThat(json(answer).path("field").asText()).as(row.getKey()).isEqualTo(row.getValue());
        }
    }

    @Test
    void anAlertIsSeenAndAcknowledgedOnce() throws Exception {
        var taken = fixture.ask(
                "admin",
                "POST",
                "/api/v1/notifications",
                "{\"title\": \"disk full\", \"status\": \"open\", \"severity\": \"error\","
                        + " \"labels\": {\"environment\": \"production\"}}");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        var alert = json(fixture.ask("vera", "GET", "/api/v1/alerts", "")).at("/alerts/0");
        assertThat(alert.path("title").asText()).isEqualTo("disk full");
        assertThat(alert.path("acknowledged_by").isNull()).isTrue();
        var ack = "/api/v1/alerts/" + alert.path("id").asLong() + "/ack";
        assertThat(fixture.ask("vera", "POST", ack, "").statusCode()).isEqualTo(403);
        assertThat(fixture.ask("alice", "POST", ack, "").statusCode()).isEqualTo(200);
        assertThat(json(fixture.ask("vera", "GET", "/api/v1/alerts", ""))
                        .at("/alerts/0/acknowledged_by")
                        .asText())
                .contains("alice");
        assertThat(fixture.ask("alice", "POST", "/api/v1/alerts/x/ack", "").statusCode())
                .isEqualTo(400);
        assertThat(fixture.ask("admin", "POST", "/api/v1/deliveries/77/redeliver", "")
                        .statusCode())
                .isIn(404, 409);
    }

    @Test
    void anAlertIsResolvedByHandWithAReasonByThoseWhoMayOverHttpAndOnThePage() throws Exception {
        for (var title : List.of("disk full", "deploy failed", "elsewhere")) {
            var environment = title.equals("elsewhere") ? "staging" : "production";
            fixture.ask(
                    "admin",
                    "POST",
                    "/api/v1/notifications",
                    "{\"title\": \"" + title + "\", \"status\": \"open\", \"key\": \"" + title
                            + "\", \"labels\": {\"environment\": \"" + environment + "\"}}");
        }
        var resolve = "/api/v1/alerts/1/resolve";
        var why = "{\"reason\": \"the playbook was deleted\"}";
        assertThat(fixture.ask("vera", "POST", resolve, why).statusCode()).isEqualTo(403);
        assertThat(fixture.ask("alice", "POST", "/api/v1/alerts/3/resolve", why).statusCode())
                .as("an environment that is not hers")
                .isEqualTo(403);
        var silent = fixture.ask("alice", "POST", resolve, "{}");
        assertThat(silent.statusCode()).isEqualTo(400);
        assertThat(json(silent).path("field").asText()).isEqualTo("reason");
        assertThat(fixture.ask("alice", "POST", "/api/v1/alerts/99/resolve", why)
                        .statusCode())
                .isEqualTo(404);
        var done = fixture.ask("alice", "POST", resolve, why);
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(json(done).path("message").asText()).startsWith("alert 1 is resolved: disk full");
        assertThat(fixture.ask("alice", "POST", resolve, why).statusCode())
                .as("it is over already")
                .isEqualTo(409);
        assertThat(fixture.ask("admin", "GET", "/api/v1/audit?limit=50", "").body())
                .contains("\"resolve\"", "the playbook was deleted");
        try (var browser = new Browser(fixture)) {
            browser.login("anna", PASSWORD);
            assertThat(browser.get("/alerts").body())
                    .contains("deploy failed", "/alerts/2/ack", "<title>(2) Alerts")
                    .doesNotContain("disk full");
            assertThat(browser.get("/alerts/2").body()).contains("Resolve alert 2");
            browser.submit("/alerts/2/resolve", Map.of("reason", " "));
            assertThat(browser.get("/alerts/2").body()).contains("say why the alert is resolved", "Resolve alert 2");
            browser.submit("/alerts/2/resolve", Map.of("reason", "renamed"));
            assertThat(browser.get("/alerts/2").body())
                    .contains("alert 2 is resolved", "resolved by hand by web:anna: renamed")
                    .doesNotContain("Resolve alert 2");
            assertThat(browser.get("/alerts?state=resolved").body()).contains("disk full", "deploy failed");
        }
    }

    private HttpResponse<String> hook(String source, String body) throws Exception {
        var token = source.equals("am") ? "token-of-am-0123" : "token-of-ours-01";
        return fixture.post("/hooks/" + source, body, "Authorization", "Bearer " + token);
    }

    @Test
    void aPostThatIsTakenInPartIsToldWhatWasTakenAndWhatIsWrongWhere() throws Exception {
        var alerts = """
            {"version":"4","alerts":[{"status":"firing","labels":{"alertname":"Good"},"annotations":{},
              "startsAt":"2026-11-29T02:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"g1"},
             {"status":"firing","labels":"nonsense","startsAt":"x"}]}\
            """;
        var events = "{\"notifications\":[{\"title\":\"fine\"},{\"text\":\"no title\"}]}";
        for (var row : Map.of(
                        "/alerts/1/labels: must be an object of strings", hook("am", alerts),
                        "/notifications/1/title: a notification needs one", hook("ours", events),
                        "/notifications/1/title: ", fixture.ask("admin", "POST", "/api/v1/notifications", events))
                .entrySet()) {
            var answer = json(row.getValue());
            assertThat(row.getValue().statusCode()).as(row.getValue().body()).isEqualTo(400);
            assertThat(answer.path("accepted").asInt(-1)).isEqualTo(1);
            assertThat(answer.path("known").asInt(-1)).isZero();
            assertThat(answer.at("/problems/0").asText()).startsWith(row.getKey());
            assertThat(answer.path("detail").asText())
                    .isEqualTo(answer.at("/problems/0").asText());
        }
    }

    @Test
    void allThatIsOpenIsCountedAndReadPageByPage() throws Exception {
        var alerts = IntStream.range(0, 230)
                .mapToObj(i -> "{\"labels\":{\"alertname\":\"A\",\"environment\":\""
                        + (i % 2 == 0 ? "production" : "staging") + "\"},\"fingerprint\":\"f" + i + "\"}")
                .collect(Collectors.joining(",", "{\"alerts\":[", "]}"));
        assertThat(hook("am", alerts).statusCode()).isEqualTo(202);
        for (var row : Map.of("vera", 230, "alice", 115).entrySet()) {
            var seen = new HashSet<Long>();
            var cursor = "";
            do {
                var page = json(fixture.ask(row.getKey(), "GET", "/api/v1/alerts?limit=100" + cursor, ""));
                assertThat(page.path("total").asInt()).as(row.getKey()).isEqualTo(row.getValue());
                page.path("alerts").forEach(a -> seen.add(a.path("id").asLong()));
                cursor = "&cursor=" + page.path("next_cursor").asText();
            } while (!cursor.endsWith("=null"));
            assertThat(seen).as(row.getKey()).hasSize(row.getValue());
        }
    }

    @Test
    void whateverIsRefusedIsToldWhy() throws Exception {
        assertThat(json(hook("am", "{not json")).path("detail").asText()).startsWith("the body is not JSON: ");
        assertThat(json(fixture.ask("admin", "POST", "/api/v1/notifications", "{not json"))
                        .path("detail")
                        .asText())
                .startsWith("the body is not JSON: ");
        var large = hook("am", "x".repeat((8 << 20) + 1));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(json(large).path("detail").asText()).contains("larger than 8 MB");
        var small = fixture.ask("admin", "POST", "/api/v1/notifications", "x".repeat((1 << 20) + 1));
        assertThat(small.statusCode()).isEqualTo(413);
        assertThat(json(small).path("detail").asText()).contains("larger than 1 MB");
        assertThat(json(fixture.ask("admin", "POST", "/hooks/nobody", "{}"))
                        .path("detail")
                        .asText())
                .contains("unknown source");
        assertThat(json(fixture.ask("admin", "GET", "/hooks/am", ""))
                        .path("detail")
                        .asText())
                .contains("GET is not possible");
    }

    @Test
    void theAlertSaysThatItIsSilencedAndTheSilenceWhichAlert() throws Exception {
        assertThat(hook(
                                "am",
                                "{\"alerts\":[{\"labels\":{\"alertname\":\"Disk full\",\"environment\":\"production\"},"
                                        + "\"fingerprint\":\"f1\"}]}")
                        .statusCode())
                .isEqualTo(202);
        try (var browser = new Browser(fixture)) {
            browser.login("anna", PASSWORD);
            assertThat(browser.get("/alerts/1").body()).doesNotContain("Silenced by");
            browser.submit("/alerts/silences", Map.of("alert", "1", "what", "1", "for", "30m", "reason", "new disk"));
            assertThat(browser.get("/alerts/1").body())
                    .contains("Silenced by web:anna for another ")
                    .contains(": new disk");
            assertThat(browser.get("/alerts").body())
                    .contains("alert 1: Disk full")
                    .doesNotContain("subject=");
            browser.submit("/alerts/silences/1/expire", Map.of());
            assertThat(browser.get("/alerts/1").body()).doesNotContain("Silenced by");
        }
    }

    @Test
    void aSilenceIsMadeExtendedAndExpiredOnThePage() throws Exception {
        try (var browser = new Browser(fixture)) {
            browser.login("anna", PASSWORD);
            assertThat(browser.get("/alerts").body()).contains("No active silences.");
            browser.submit("/alerts/silences", Map.of("what", "host=web-1", "for", "30m", "reason", "new <b>disk</b>"));
            assertThat(browser.get("/alerts").body())
                    .contains("notifications muted", "new &lt;b&gt;disk")
                    .containsPattern("in (30 min|29 min \\d+ s)</span>")
                    .doesNotContain("new <b>disk");
            browser.submit("/alerts/silences", Map.of("what", "all", "for", "soon", "reason", "x"));
            assertThat(browser.get("/alerts").body()).contains("is not a duration", "host=");
            browser.submit("/alerts/silences/1/extend", Map.of("for", "1h"));
            assertThat(browser.get("/alerts").body())
                    .contains("mute 1 lasts until")
                    .containsPattern("in 1 h (30|29) min</span>");
            browser.submit("/alerts/silences/1/expire", Map.of());
            assertThat(browser.get("/alerts").body()).contains("is unmuted", "No active silences.");
            browser.submit("/alerts/silences/1/extend", Map.of("for", "1h"));
            assertThat(browser.get("/alerts").body()).contains("there is no mute 1");
        }
    }

    @Test
    void aMuteIsExtendedOverHttpByThoseWhoMay() throws Exception {
        var body = "{\"what\": \"production\", \"for\": \"2h\", \"reason\": \"disks\"}";
        assertThat(fixture.ask("alice", "POST", "/api/v1/mutes", body).statusCode())
                .isEqualTo(201);
        var before = json(fixture.ask("vera", "GET", "/api/v1/mutes", "")).at("/mutes/0/until");
        var extend = "/api/v1/mutes/1/extend";
        assertThat(fixture.ask("vera", "POST", extend, "{\"for\":\"1h\"}").statusCode())
                .isEqualTo(403);
        for (var wrong : List.of("{}", "{\"for\":\"soon\"}", "{\"for\":\"400d\"}")) {
            var answer = fixture.ask("alice", "POST", extend, wrong);
            assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
            assertThat(json(answer).path("field").asText()).isEqualTo("for");
        }
        assertThat(fixture.ask("alice", "POST", extend, "{\"for\":\"1h\"}").statusCode())
                .isEqualTo(200);
        var after = json(fixture.ask("vera", "GET", "/api/v1/mutes", "")).at("/mutes/0/until");
        assertThat(Instant.parse(after.asText()))
                .isEqualTo(Instant.parse(before.asText()).plus(Duration.ofHours(1)));
    }

    @Test
    void thePageFiltersAlertsAndHidesThoseOfOtherEnvironments() throws Exception {
        fixture.entrance.identity().accounts().add("olga", false, PASSWORD);
        var alerts = """
            {"alerts":[
             {"labels":{"alertname":"Disk","severity":"critical","environment":"production","host":"web-1"},"fingerprint":"a"},
             {"labels":{"alertname":"Load","severity":"warning","environment":"staging"},"fingerprint":"b"}]}\
            """;
        assertThat(hook("am", alerts).statusCode()).isEqualTo(202);
        try (var browser = new Browser(fixture)) {
            browser.login("anna", PASSWORD);
            assertThat(browser.get("/alerts").body()).contains("Disk", "Load", "production · web-1");
            assertThat(browser.get("/alerts?severity=error").body())
                    .contains("Disk")
                    .doesNotContain("Load");
            assertThat(browser.get("/alerts?environment=staging&q=LOAD").body())
                    .contains("Load")
                    .doesNotContain("Disk");
            assertThat(browser.get("/alerts?acknowledged=yes").body()).contains("No alert matches.");
            assertThat(browser.get("/alerts?severity=dreadful").statusCode()).isEqualTo(400);
            var disk = browser.get("/alerts/1").body();
            assertThat(disk).contains("Disk", "host=web-1", "environment=production", "Acknowledge");
            browser.submit("/alerts/1/ack", Map.of());
            assertThat(browser.get("/alerts/1").body()).contains("web:anna acknowledged it at");
        }
        try (var browser = new Browser(fixture)) {
            browser.login("olga", PASSWORD);
            assertThat(browser.get("/alerts").body())
                    .contains("Load", "(1) Alerts")
                    .doesNotContain("Disk");
            assertThat(browser.get("/alerts/1").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void thePageSaysWhoWouldBeToldAndWhy() throws Exception {
        try (var browser = new Browser(fixture)) {
            browser.login("anna", PASSWORD);
            assertThat(browser.get("/notifications?test=environment%3Dproduction")
                            .body())
                    .contains("<b>No receiver</b> matches", "notify.route is not set");
            assertThat(browser.get("/notifications?test=%3Cb%3Eproduction").body())
                    .contains("is not a label (try environment=production)", "&lt;b&gt;production")
                    .doesNotContain("<b>production");
        }
    }
}
