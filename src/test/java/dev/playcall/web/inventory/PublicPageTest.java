package dev.playcall.web.inventory;

import static dev.playcall.web.WebFixture.host;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.web.WebFixture;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody may see is what was chosen, and nothing else. */
class PublicPageTest {
    private static final String PASSWORD = "four words and more";

    @TempDir
    Path folder;

    private WebFixture open(String settings) throws Exception {
        var fixture = new WebFixture(folder, settings);
        assertThat(fixture.entrance.identity().accounts().add("anna", true, PASSWORD))
                .isEqualTo(new AccountChange.Done());
        return fixture;
    }

    private static void troubled(WebFixture fixture) throws Exception {
        var request =
                "{\"operation\":\"deploy\",\"environment\":\"production\",\"variables\":{\"version\":\"v77-private\"}}";
        var made = fixture.ask("admin", "POST", "/api/v1/runs", request);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var run = fixture.begin("deploy");
        fixture.log(run, "words of the log\n");
        fixture.progress(
                run,
                "Health check",
                3,
                3,
                List.of(
                        host("web-1", HostOutcome.OK, "", ""),
                        host("web-2", HostOutcome.FAILED, "Health check", "words of the error")));
        fixture.end(run, new Outcome.Failed(2, "words of the reason"));
    }

    @Test
    void itIsOffUntilItIsSwitchedOn() throws Exception {
        try (var fixture = open("")) {
            assertThat(fixture.get("/public").statusCode()).isEqualTo(401);
            assertThat(fixture.get("/public.json").statusCode()).isEqualTo(401);
            assertThat(fixture.ask("admin", "GET", "/public.json", "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void itCountsWhatIsChosenAndNamesNobodyAndNothing() throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production] } }\n")) {
            troubled(fixture);
            var page = fixture.get("/public", "Accept", "text/html");
            var json = fixture.get("/public.json");
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            assertThat(page.body()).contains("1 server failing", "production: failing");
            var row = new ObjectMapper().readTree(json.body()).at("/environments/0");
            assertThat(row.at("/servers/total").asInt()).isEqualTo(3);
            assertThat(row.at("/servers/trouble").asInt()).isEqualTo(1);
            assertThat(row.at("/servers/unknown").asInt()).isEqualTo(1);
            assertThat(row.path("last_deployment").asText()).endsWith("Z");
            for (var answer : List.of(page, json)) {
                assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=10");
                assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
                assertThat(answer.body())
                        .doesNotContain("web-1")
                        .doesNotContain("web-2")
                        .doesNotContain("staging")
                        .doesNotContain("stage-1")
                        .doesNotContain("words of")
                        .doesNotContain("v77-private")
                        .doesNotContain("Health check")
                        .doesNotContain("admin")
                        .doesNotContain("anna")
                        .doesNotContain("/runs");
            }
        }
    }

    @Test
    void whatNobodyLookedAtIsNotSaidToWork() throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production] } }\n")) {
            var request = "{\"operation\":\"ping\",\"environment\":\"production\"}";
            assertThat(fixture.ask("admin", "POST", "/api/v1/runs", request).statusCode())
                    .isEqualTo(201);
            var run = fixture.begin("ping");
            fixture.progress(run, "Ping", 1, 1, List.of(host("web-1", HostOutcome.OK, "", "")));
            fixture.end(run, new Outcome.Success());
            assertThat(fixture.get("/public", "Accept", "text/html").body())
                    .contains("No known problems; 2 servers not checked yet")
                    .doesNotContain("All systems operational");
        }
    }

    private static void allAnswer(WebFixture fixture) throws Exception {
        var request = "{\"operation\":\"ping\",\"environment\":\"production\"}";
        assertThat(fixture.ask("admin", "POST", "/api/v1/runs", request).statusCode())
                .isEqualTo(201);
        var run = fixture.begin("ping");
        var all = List.of("web-1", "web-2", "db-1");
        fixture.progress(
                run,
                "Ping",
                1,
                1,
                all.stream().map(h -> host(h, HostOutcome.OK, "", "")).toList());
        fixture.end(run, new Outcome.Success());
    }

    @Test
    void whereAllAnswerEverythingIsOperational() throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production] } }\n")) {
            allAnswer(fixture);
            assertThat(fixture.get("/public", "Accept", "text/html").body()).contains("All systems operational");
        }
    }

    @Test
    void anOpenAlertThatNamesAServerIsTroubleOnThePublicPageAndInTheEnvironment() throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production] } }\n")) {
            allAnswer(fixture);
            var alert = "{\"title\":\"disk full\",\"status\":\"open\",\"severity\":\"critical\","
                    + "\"labels\":{\"environment\":\"production\",\"host\":\"web-2\"}}";
            assertThat(fixture.ask("admin", "POST", "/api/v1/notifications", alert)
                            .statusCode())
                    .isEqualTo(202);
            assertThat(fixture.get("/public", "Accept", "text/html").body())
                    .contains("1 server failing")
                    .doesNotContain("All systems operational");
            var servers = new ObjectMapper()
                    .readTree(fixture.ask("admin", "GET", "/api/v1/environments/production", "")
                            .body())
                    .path("servers");
            assertThat(servers.findValuesAsText("title")).containsExactly("disk full");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"environment\":\"production\"", "\"host\":\"router-7\""})
    void anOpenCriticalAlertThatNamesNoServerIsSaidOnThePublicPage(String labels) throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production] } }\n")) {
            allAnswer(fixture);
            alert(fixture, "the payment provider is down", labels);
            assertThat(fixture.get("/public", "Accept", "text/html").body())
                    .contains("Critical alert open", "production: critical alert open")
                    .doesNotContain("All systems operational", "payment", "router-7");
            var json = new ObjectMapper().readTree(fixture.get("/public.json").body());
            assertThat(json.path("status").asText()).isEqualTo("trouble");
            assertThat(json.at("/environments/0/critical_alerts").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aCriticalAlertOfAnotherEnvironmentIsNotSaidOnThePublicPage() throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production] } }\n")) {
            allAnswer(fixture);
            alert(fixture, "elsewhere", "\"environment\":\"staging\"");
            alert(fixture, "on a server elsewhere", "\"host\":\"stage-1\"");
            assertThat(fixture.get("/public", "Accept", "text/html").body()).contains("All systems operational");
        }
    }

    private static void alert(WebFixture fixture, String title, String labels) throws Exception {
        var alert = "{\"title\":\"" + title + "\",\"status\":\"open\",\"severity\":\"critical\",\"labels\":{" + labels
                + "}}";
        assertThat(fixture.ask("admin", "POST", "/api/v1/notifications", alert).statusCode())
                .isEqualTo(202);
    }

    @Test
    void aServerWhoseLastRunOfAnyPlaybookFailedSaysSoInTheEnvironment() throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production] } }\n")) {
            troubled(fixture);
            var servers = new ObjectMapper()
                    .readTree(fixture.ask("admin", "GET", "/api/v1/environments/production", "")
                            .body())
                    .path("servers");
            assertThat(servers)
                    .filteredOn(s -> s.path("name").asText().equals("web-2"))
                    .extracting(s -> s.at("/last/status").asText())
                    .containsExactly("failed");
        }
    }

    @Test
    void hostsAreNamedOnlyWhereThatIsChosen() throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production, nowhere], hosts: true } }\n")) {
            troubled(fixture);
            var json = new ObjectMapper().readTree(fixture.get("/public.json").body());
            assertThat(json.path("environments")).hasSize(1);
            assertThat(json.at("/environments/0/hosts").findValuesAsText("name"))
                    .containsExactly("web-2", "db-1", "web-1");
            assertThat(fixture.get("/public", "Accept", "text/html").body())
                    .contains("web-2", "failing")
                    .doesNotContain("words of")
                    .doesNotContain("stage-1");
        }
    }

    @Test
    void everythingElseStaysClosed() throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production], hosts: true } }\n")) {
            troubled(fixture);
            var reached = fixture.server.allRoutes().stream()
                    .filter(r -> !r.matches("GET /(healthz|readyz|login|setup|public|public\\.json)"))
                    .filter(r -> !r.matches("POST /(login|setup|slack/events|hooks/\\{source}|ingest/metrics)"))
                    .filter(r -> status(fixture, r) != 401)
                    .toList();
            assertThat(reached).isEmpty();
            for (var path : List.of("/public/", "/public/../runs", "/public.json/", "//public", "/publicity")) {
                assertThat(status(fixture, "GET " + path)).as(path).isNotEqualTo(200);
            }
            for (var method : List.of("POST", "PUT", "DELETE")) {
                assertThat(status(fixture, method + " /public")).as(method).isIn(401, 403, 405);
            }
            assertThat(fixture.raw("GET /public.json HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421");
        }
    }

    private static int status(WebFixture fixture, String route) {
        var parts = route.split(" ", 2);
        try {
            return fixture.send(HttpRequest.newBuilder(fixture.at(parts[1].replaceAll("\\{\\w+}", "1")))
                            .header("Content-Type", "application/json")
                            .method(parts[0], BodyPublishers.ofString("{}")))
                    .statusCode();
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyWhoLookAreShownTheSame() throws Exception {
        try (var fixture = open("server: { public_status: { environments: [production] } }\n")) {
            var first = fixture.get("/public.json").body();
            troubled(fixture);
            assertThat(fixture.get("/public.json").body())
                    .as("within ten seconds")
                    .isEqualTo(first);
        }
    }
}
