package dev.playcall.web.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents report with a token of their environment, and whoever deployed them asks with it. */
class IngestOverHttpTest {
    /** What {@code ansible -m debug -a "msg={{ 'production/web-1' | to_uuid }}"} says. */
    private static final String WEB_1 = "3fe9ae0c-71c1-5435-87be-5f4828a44aac";

    @TempDir
    Path folder;

    private WebFixture fixture;
    private String token;

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder);
        fixture.agents.step();
        token = token("agents", "agent.ingest:production");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String token(String name, String scopes) throws Exception {
        var made = created(name, "\"" + scopes + "\"");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return json(made).path("token").asText();
    }

    private HttpResponse<String> created(String name, String scopes) throws Exception {
        return fixture.ask(
                "admin", "POST", "/api/v1/tokens", "{\"name\":\"" + name + "\",\"scopes\":[" + scopes + "]}");
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    private HttpResponse<String> report(String body) throws Exception {
        return fixture.post("/ingest/metrics", body, "Authorization", "Bearer " + token);
    }

    private HttpResponse<String> asked(String id) throws Exception {
        return fixture.get("/ingest/agents/" + id, "Authorization", "Bearer " + token);
    }

    private static void refused(HttpResponse<String> answer, int status, String why) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).path("detail").asText()).contains(why);
    }

    @Test
    void theLastReportIsWhatTheRoleAsksFor() throws Exception {
        refused(asked(WEB_1), 404, "has reported with this server_id");
        report("{\"server_id\":\"" + WEB_1 + "\",\"version\":\"v1.0.0\",\"at\":1}");
        fixture.clock.go(Duration.ofSeconds(5));
        var taken = report(
                "{\"server_id\":\"" + WEB_1 + "\",\"version\":\"v1.1.0\",\"at\":\"2001-01-01T00:00:00Z\",\"cpu\":[1]}");
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        assertThat(json(taken).path("host").asText()).isEqualTo("web-1");
        var last = json(asked(WEB_1));
        assertThat(last.path("version").asText()).isEqualTo("v1.1.0");
        assertThat(last.path("last_seen").asText())
                .startsWith(fixture.clock.instant().toString().substring(0, 19));
        assertThat(asked(WEB_1).headers().firstValue("Date")).isPresent();
    }

    @Test
    void theFirstPageTheApiAndMetricsSayHowAgentsAre() throws Exception {
        assertThat(page()).doesNotContain("Agent</th>");
        report("{\"server_id\":\"" + WEB_1 + "\",\"version\":\"v1.1.0\"}");
        report("{\"server_id\":\"nobody's\",\"version\":\"v1.1.0\"}");
        assertThat(page()).contains("Agent</th>", "v1.1.0, ", "never reported", "1 agent of no server here", "nobody");
        assertThat(environment()
                        .path("unknown_agents")
                        .path(0)
                        .path("server_id")
                        .asText())
                .isEqualTo("nobody's");
        assertThat(server("web-1").path("agent").path("state").asText()).isEqualTo("reporting");
        assertThat(server("web-1").path("agent").path("version").asText()).isEqualTo("v1.1.0");
        assertThat(server("web-2").has("agent")).isFalse();
        fixture.clock.go(Duration.ofHours(1));
        assertThat(page()).contains("v1.1.0, silent for ");
        assertThat(server("web-1").path("agent").path("state").asText()).isEqualTo("silent");
        assertThat(fixture.ask("admin", "GET", "/metrics", "").body())
                .contains("playcall_agents{state=\"silent\"} 1", "playcall_agents{state=\"reporting\"} 0")
                .contains("playcall_agents_unknown 1");
    }

    @Test
    void aRemovedAgentIsNotMissed() throws Exception {
        report("{\"server_id\":\"" + WEB_1 + "\",\"version\":\"v1.1.0\"}");
        assertThat(removed(WEB_1).statusCode()).isEqualTo(204);
        assertThat(server("web-1").has("agent")).isFalse();
        refused(removed(WEB_1), 404, "has reported with this server_id");
    }

    private HttpResponse<String> removed(String id) throws Exception {
        return fixture.send(HttpRequest.newBuilder(fixture.at("/ingest/agents/" + id))
                .DELETE()
                .header("Authorization", "Bearer " + token));
    }

    private String page() throws Exception {
        return fixture.ask("admin", "GET", "/?environment=production", "").body();
    }

    private JsonNode environment() throws Exception {
        return json(fixture.ask("admin", "GET", "/api/v1/environments/production", ""));
    }

    private JsonNode server(String name) throws Exception {
        for (var server : environment().path("servers")) {
            if (server.path("name").asText().equals(name)) {
                return server;
            }
        }
        throw new AssertionError(name);
    }

    @Test
    void anIdThatNoHostHasIsCountedAndIsNoHost() throws Exception {
        var taken = report("{\"server_id\":\"7\",\"hostname\":\"stray\",\"version\":\"v1.1.0\"}");
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(json(taken).path("host").isNull()).isTrue();
        assertThat(fixture.agents.unknown(new EnvironmentName("production")))
                .singleElement()
                .matches(u -> u.serverId().equals("7") && u.hostname().equals("stray"));
        refused(asked("7"), 404, "has reported");
    }

    @Test
    void badInputGetsOneLineThatSaysWhatIsWrong() throws Exception {
        refused(report("{"), 400, "not JSON");
        refused(report("[]"), 400, "must be a JSON object with server_id");
        refused(report("{\"hostname\":\"x\"}"), 400, "server_id is required");
        refused(report("{\"server_id\":7}"), 400, "server_id must be a text of at most 128 characters");
        refused(report("{\"server_id\":\"a\",\"version\":\"" + "v".repeat(65) + "\"}"), 400, "at most 64");
        refused(report("{\"server_id\":\"a\",\"x\":\"" + "x".repeat(64 << 10) + "\"}"), 413, "at most 64 KiB");
        refused(report("x".repeat(1 << 20)), 413, "at most 64 KiB");
    }

    @Test
    void aTokenOfAgentsOpensNothingElseAndNoOtherTokenOpensThis() throws Exception {
        for (var path :
                new String[] {"/api/v1/tokens", "/api/v1/inventory/production", "/metrics", "/", "/api/v1/openapi.json"
                }) {
            refused(fixture.get(path, "Authorization", "Bearer " + token), 403, "is for reports of agents only");
        }
        refused(
                fixture.post("/api/v1/runs", "{}", "Authorization", "Bearer " + token),
                403,
                "is for reports of agents only");
        var other = token("ci", "view");
        refused(
                fixture.post("/ingest/metrics", "{}", "Authorization", "Bearer " + other),
                403,
                "the token ci was not made for agent.ingest");
        refused(fixture.post("/ingest/metrics", "{"), 401, "--scope agent.ingest:production");
        refused(fixture.post("/ingest/metrics", "{", "Authorization", "Bearer guessed"), 401, "unknown token");
    }

    @Test
    void aTokenIsForTheAgentsOfOneEnvironment() throws Exception {
        refused(created("a", "\"agent.ingest\""), 400, "agent.ingest needs an environment: agent.ingest:production");
        refused(created("a", "\"agent.ingest:no/where\""), 400, "agent.ingest needs an environment");
        refused(created("a", "\"agent.ingest:staging\",\"view\""), 400, "has no other scope");
        report("{\"server_id\":\"" + WEB_1 + "\"}");
        var staging = token("staging", "agent.ingest:staging");
        refused(
                fixture.get("/ingest/agents/" + WEB_1, "Authorization", "Bearer " + staging),
                404,
                "no agent of staging");
    }
}
