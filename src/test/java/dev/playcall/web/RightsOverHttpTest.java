package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused and left out over HTTP. The token of the environment is an admin. */
class RightsOverHttpTest {
    private static final String VIEWER =
            "access: { bindings: [{ role: viewer, people: [console:vera], environments: [staging] }] }\n";
    private static final String CONSOLE = "console-secret-for-tests-only";
    private static final String ADMIN = "Bearer " + WebFixture.TOKEN;

    @TempDir
    Path folder;

    /** What a command of this person on this machine sends. */
    private static String[] as(String user) {
        return new String[] {"Authorization", "Bearer " + CONSOLE, "Playcall-User", user};
    }

    private WebFixture open(String access) throws Exception {
        var fixture = new WebFixture(folder, access);
        for (var environment : new String[] {"production", "staging"}) {
            var body = "{\"operation\":\"deploy\",\"environment\":\"" + environment
                    + "\",\"variables\":{\"version\":\"v1\"}}";
            var made = fixture.post("/api/v1/runs", body, "Authorization", ADMIN);
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        }
        return fixture;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/runs",
                "/runs/1",
                "/queue",
                "/playbooks",
                "/inventory",
                "/start?operation=deploy&environment=production",
                "/notifications",
                "/metrics",
                "/api/v1/runs",
                "/api/v1/runs/1",
                "/api/v1/runs/99",
                "/api/v1/runs/1/hosts",
                "/api/v1/runs/1/log",
                "/api/v1/runs/1/log/stream",
                "/api/v1/runs/1/hosts/web-1/log",
                "/api/v1/runs/1/log/lines",
                "/api/v1/runs/1/log/search?q=a",
                "/api/v1/deliveries",
                "/api/v1/runs/1/events",
                "/api/v1/deployments/1/events",
                "/api/v1/runs/1/card",
                "/api/v1/events",
                "/api/v1/queue",
                "/api/v1/environments",
                "/api/v1/environments/production",
                "/api/v1/environments/nowhere",
                "/api/v1/playbooks",
                "/api/v1/audit"
            })
    void whoMayDoNothingIsShownNothing(String path) throws Exception {
        try (var fixture = open(VIEWER)) {
            var answer = fixture.get(path, as("eve"));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("web-1").doesNotContain("staging");
        }
    }

    @Test
    void whoMaySeeOneEnvironmentSeesNoOther() throws Exception {
        try (var fixture = open(VIEWER)) {
            for (var path : new String[] {
                "/",
                "/runs",
                "/queue",
                "/playbooks",
                "/inventory",
                "/start?operation=deploy",
                "/api/v1/runs",
                "/api/v1/queue",
                "/api/v1/environments"
            }) {
                var answer = fixture.get(path, as("vera"));
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(answer.body()).as(path).contains("staging").doesNotContain("production");
            }
            assertThat(fixture.get("/api/v1/runs?environment=production", as("vera"))
                            .body())
                    .doesNotContain("\"id\"");
            assertThat(fixture.get("/api/v1/runs/2", as("vera")).statusCode()).isEqualTo(200);
            assertThat(fixture.get("/api/v1/environments/staging", as("vera")).statusCode())
                    .isEqualTo(200);
            for (var path : new String[] {
                "/runs/1",
                "/?environment=production",
                "/api/v1/runs/1",
                "/api/v1/runs/1/log",
                "/api/v1/runs/1/log/stream",
                "/api/v1/runs/1/hosts/web-1/log",
                "/api/v1/runs/1/log/lines",
                "/api/v1/runs/1/log/search?q=a",
                "/api/v1/runs/1/hosts",
                "/api/v1/runs/1/events",
                "/api/v1/runs/1/card",
                "/api/v1/environments/production"
            }) {
                var answer = fixture.get(path, as("vera"));
                assertThat(answer.statusCode()).as(path).isEqualTo(403);
                assertThat(answer.body()).as(path).contains("you may not view production");
            }
        }
    }

    @Test
    void aDeedIsRefusedAsAProblemAndChangesNothing() throws Exception {
        try (var fixture = open(VIEWER)) {
            var request = "{\"operation\":\"deploy\",\"environment\":\"staging\",\"variables\":{\"version\":\"v2\"}}";
            for (var answer : List.of(
                    fixture.post("/api/v1/runs", request, as("vera")),
                    fixture.post("/api/v1/runs/2/cancel", "", as("vera")),
                    fixture.post("/api/v1/runs/2/retry", "", as("vera")),
                    fixture.post("/api/v1/runs/2/rerun", "", as("vera")))) {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
                assertThat(answer.body()).contains("you may not").contains("\"status\":403");
            }
            assertThat(fixture.get("/api/v1/queue", "Authorization", ADMIN).body())
                    .contains("\"id\":1")
                    .contains("\"id\":2")
                    .doesNotContain("\"id\":3");
        }
    }

    @Test
    void whatWasNotShownIsOnRecordOnce() throws Exception {
        try (var fixture = open(VIEWER)) {
            fixture.get("/api/v1/environments/production", as("vera"));
            fixture.get("/api/v1/environments/production", as("vera"));
            var audit = fixture.get("/api/v1/audit?person=console:vera", "Authorization", ADMIN)
                    .body();
            assertThat(audit.split("\"deed\":\"view\"", -1)).as(audit).hasSize(2);
            assertThat(audit).contains("you may not view production");
        }
    }
}
