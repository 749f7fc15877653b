package dev.playcall.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes as a body is refused in one clear line, quickly, and never before the missing right of whoever sent it. */
@Timeout(120)
class RequestBodiesTest {
    private static final String RULES = """
        access:
          bindings:
            - { role: admin, people: ["token:admin"] }
            - { role: operator, people: ["console:sam"], environments: [staging] }
        notify:
          sources:
            ops: { kind: notices, token: token-of-ops }
        """;
    private static final String DEPLOY =
            "{\"operation\":\"deploy\",\"environment\":\"production\",\"variables\":{\"version\":\"v1\"}}";
    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder, RULES, true);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private record Sent(String type, String body) {}

    private HttpResponse<String> send(String method, String path, Sent sent, String... headers) throws Exception {
        return fixture.send(HttpRequest.newBuilder(fixture.at(path))
                .method(method, BodyPublishers.ofString(sent.body()))
                .header("Content-Type", sent.type())
                .headers(headers));
    }

    private static String[] admin() {
        return new String[] {"Authorization", "Bearer " + WebFixture.TOKEN};
    }

    private static String[] as(String user) {
        return new String[] {"Authorization", "Bearer console-secret-for-tests-only", "Playcall-User", user};
    }

    private HttpResponse<String> start(String type, String body) throws Exception {
        return send("POST", "/api/v1/runs", new Sent(type, body), admin());
    }

    @Test
    void whatIsInAnotherCharsetIsRefusedAndNotGuessed() throws Exception {
        for (var charset : List.of("utf-7", "UTF-16", "iso-8859-1", "\"utf-7\"", "no such thing", "")) {
            var answer = start(JSON + "; charset=" + charset, DEPLOY);
            assertThat(answer.statusCode()).as(charset).isEqualTo(415);
            assertThat(answer.body()).contains("the body must be in UTF-8, not in");
            var form = send(
                    "POST",
                    "/settings/people",
                    new Sent("application/x-www-form-urlencoded; charset=" + charset, "name=x"),
                    admin());
            assertThat(form.statusCode()).as("form in " + charset).isEqualTo(415);
        }
        for (var type : List.of("text/plain", "application/jsonp", "application/json5", "multipart/form-data")) {
            assertThat(start(type, DEPLOY).statusCode()).as(type).isEqualTo(415);
        }
        for (var type :
                List.of(JSON + ";charset=UTF-8", "Application/JSON; charset=\"utf-8\"", JSON + "; charset=utf8")) {
            assertThat(start(type, DEPLOY).statusCode()).as(type).isEqualTo(201);
        }
    }

    @Test
    void aNameThatIsGivenTwiceIsRefusedByName() throws Exception {
        for (var body : List.of(
                DEPLOY.replace("\"operation\"", "\"environment\":\"staging\",\"operation\""),
                DEPLOY.replace("{\"version\":\"v1\"}", "{\"environment\":\"v1\",\"environment\":\"v2\"}"))) {
            var answer = start(JSON, body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).contains("\\\"environment\\\" is given twice", "\"field\":\"environment\"");
        }
        var notice = send(
                "POST",
                "/api/v1/notifications",
                new Sent(JSON, "{\"title\":\"a\",\"title\":\"b\",\"severity\":\"info\"}"),
                admin());
        assertThat(notice.statusCode()).isEqualTo(400);
        assertThat(notice.body()).contains("\\\"title\\\" is given twice");
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    @Test
    @Timeout(60)
    void howeverManyNamesAreUnknownTheAnswerIsShort() throws Exception {
        var few = start(JSON, DEPLOY.replace("\"version\"", unknown(900) + ",\"version\""));
        assertThat(few.statusCode()).isEqualTo(400);
        assertThat(few.body())
                .contains("\\\"unknown0\\\", \\\"unknown1\\\", \\\"unknown10\\\" and 897 more are not variables of this"
                        + " playbook");
        var more = start(JSON, DEPLOY.replace("\"version\"", unknown(5000) + ",\"version\""));
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(more.body()).contains("5001 variables are too many; at most 1000 are accepted");
        var many = start(JSON, DEPLOY.replace("\"version\"", unknown(40_000) + ",\"version\""));
        assertThat(many.statusCode()).isEqualTo(400);
        assertThat(many.body()).contains("the body has more than 20000 names, values and brackets");
        for (var place : List.of("registered", "hosts")) {
            var host = send(
                    "POST",
                    "/api/v1/inventory/production/" + place,
                    new Sent(JSON, "{\"name\":\"new-1\",\"variables\":{" + unknown(9000) + "}}"),
                    admin());
            assertThat(host.statusCode()).as(host.body()).isEqualTo(400);
        }
        assertThat(start(JSON, "[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(start(JSON, DEPLOY.replace("operation", "o".repeat(500_000))).body())
                .hasSizeLessThan(1000);
    }

    private static String unknown(int count) {
        return IntStream.range(0, count).mapToObj(i -> "\"unknown" + i + "\":1").collect(Collectors.joining(","));
    }

    private static List<Sent> wrong() {
        return List.of(
                new Sent(JSON, ""),
                new Sent(JSON, "{"),
                new Sent(JSON, "[]"),
                new Sent(JSON, "{\"there\":{\"is\":\"no such field\"}}"),
                new Sent(JSON, "{\"reason\":1,\"reason\":2}"),
                new Sent(JSON, "{\"reason\":7,\"environment\":\"production\"}"),
                new Sent(JSON + "; charset=utf-7", "{}"),
                new Sent("text/plain", "hello"));
    }

    @Test
    void whatIsTooLargeIsNoReasonToSayMoreEither() throws Exception {
        var large = new Sent(JSON, "{\"reason\":\"" + "x".repeat(1 << 20) + "\"}");
        for (var path : List.of("/api/v1/runs", "/api/v1/queue/pause")) {
            assertThat(send("POST", path, large, as("eve")).statusCode()).isEqualTo(403);
            assertThat(send("POST", path, large, admin()).statusCode()).isEqualTo(413);
        }
    }

    /** Method and path of what changes something, with a place in production where one is named. */
    private List<String> writing() throws Exception {
        var paths = new ObjectMapper()
                .readTree(fixture.get("/api/v1/openapi.json", admin()).body())
                .path("paths");
        var all = new ArrayList<String>();
        paths.properties()
                .forEach(p -> p.getValue().fieldNames().forEachRemaining(method -> {
                    if (!method.equals("get")) {
                        all.add(method.toUpperCase(java.util.Locale.ROOT) + " " + p.getKey());
                    }
                }));
        assertThat(all).hasSizeGreaterThan(40);
        return all;
    }

    private static String here(String path) {
        return path.replace("{env}", "production")
                .replace("{scope}", "production")
                .replace("{id}", "1")
                .replaceAll("\\{\\w+}", "x");
    }

    /** These are for everybody who came in: a conversation, own tokens; and what shows itself who it is. */
    private static final Set<String> FOR_EVERYBODY = Set.of(
            "POST /api/v1/console",
            "POST /api/v1/console/suggestions",
            "POST /api/v1/console/words",
            "POST /api/v1/tokens",
            "DELETE /api/v1/tokens/{name}",
            "POST /ingest/metrics",
            "DELETE /ingest/agents/{server_id}",
            "POST /hooks/{source}");

    @Test
    void whoMayDoNothingIsToldThatAndNothingOfWhatIsWrong() throws Exception {
        work();
        for (var route : writing()) {
            if (FOR_EVERYBODY.contains(route)) {
                continue;
            }
            for (var sent : wrong()) {
                refused(route, sent, "eve");
            }
        }
    }

    /** The rights of staging are none in production. */
    @Test
    void whoMayDoItElsewhereIsToldThatTheyMayNotHere() throws Exception {
        work();
        var about = writing().stream()
                .filter(r -> r.contains("{env}") || r.contains("{scope}") || r.matches(".*/(runs|batches)/\\{id}/.*"))
                .toList();
        assertThat(about).hasSizeGreaterThan(20);
        for (var route : about) {
            for (var sent : wrong()) {
                refused(route, sent, "sam");
            }
        }
        for (var sent : wrong()) {
            assertThat(send("POST", "/api/v1/schedules/1/pause", sent, as("sam"))
                            .statusCode())
                    .as("a schedule that is not theirs to see")
                    .isEqualTo(404);
        }
        for (var route : List.of("POST /api/v1/runs", "POST /api/v1/runs/review", "POST /api/v1/schedules")) {
            refused(route, new Sent(JSON, DEPLOY.replace("\"variables\"", "\"varaibles\"")), "sam");
        }
        var batch = DEPLOY.replace("\"environment\":\"production\"", "\"environments\":[\"production\"],\"tgas\":[]");
        refused("POST /api/v1/batches", new Sent(JSON, batch), "sam");
    }

    private void refused(String route, Sent sent, String who) throws Exception {
        var parts = route.split(" ", 2);
        var answer = send(parts[0], here(parts[1]), sent, as(who));
        var body = sent.body().substring(0, Math.min(60, sent.body().length()));
        assertThat(answer.statusCode())
                .as(route + " of " + who + " with " + sent.type() + " " + body + ": " + answer.body())
                .isEqualTo(403);
    }

    /** A run, a batch and a schedule of production, each the first of its kind. */
    private void work() throws Exception {
        assertThat(start(JSON, DEPLOY).statusCode()).isEqualTo(201);
        var environments = DEPLOY.replace("\"environment\":\"production\"", "\"environments\":[\"production\"]");
        assertThat(send("POST", "/api/v1/batches", new Sent(JSON, environments), admin())
                        .statusCode())
                .isEqualTo(201);
        var later = DEPLOY.replaceFirst("\\{", "{\"cron\":\"0 3 * * *\",");
        assertThat(send("POST", "/api/v1/schedules", new Sent(JSON, later), admin())
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aTokenIsToldThatItMakesNoTokensWhateverItSends() throws Exception {
        fixture.entrance.identity().accounts().add("anna", true, "four words and more");
        var made = send(
                "POST",
                "/api/v1/tokens",
                new Sent(JSON, "{\"name\":\"ci\",\"scopes\":[\"view\"],\"days\":1}"),
                admin());
        var token = new ObjectMapper().readTree(made.body()).path("token").asText();
        for (var sent : wrong()) {
            assertThat(send("POST", "/api/v1/tokens", sent, "Authorization", "Bearer " + token)
                            .statusCode())
                    .as(sent.type())
                    .isEqualTo(403);
        }
    }

    @Test
    void aSourceShowsItsTokenBeforeItsBodyIsLookedAt() throws Exception {
        for (var sent : List.of(new Sent(JSON, "{"), new Sent(JSON, " ".repeat(2 << 20)))) {
            assertThat(send("POST", "/hooks/ops", sent, "Authorization", "Bearer guessed")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    /** Forms are asked by pages, which lead back; what a form lacks is nothing to somebody who may not send it. */
    @Test
    void aFormOfSomebodyWithoutTheRightIsRefusedForThat() throws Exception {
        work();
        var identity = fixture.entrance.identity();
        identity.accounts().add("anna", true, "four words and more");
        identity.accounts().add("bert", false, "four words and more");
        try (var browser = new Browser(fixture)) {
            browser.login("bert", "four words and more");
            browser.get("/account");
            var forms = fixture.server.allRoutes().stream()
                    .filter(r -> r.startsWith("POST /")
                            && !r.matches("POST /(api|hooks|slack|login|logout|setup|ingest|account).*"))
                    .map(r -> r.substring("POST ".length()))
                    .toList();
            assertThat(forms).hasSizeGreaterThan(20);
            for (var form : forms) {
                var path = here(form.replace("{deed}", "reject")
                        .replace("{action}", "cancel")
                        .replace("{name}/revoke", "ci/revoke"));
                var answer = browser.submit(path, Map.of());
                assertThat(answer.statusCode()).as(path + ": " + answer.body()).isIn(303, 403);
                if (answer.statusCode() == 303) {
                    assertThat(browser.cookies.get("playcall-said")).as(path).isNotNull();
                }
            }
        }
    }
}
