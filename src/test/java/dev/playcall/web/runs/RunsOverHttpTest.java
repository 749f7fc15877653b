package dev.playcall.web.runs;

import static dev.playcall.web.WebFixture.host;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsOverHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private JsonNode json(String path) throws Exception {
        var answer = fixture.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HostResult begun(HostResult h, String at) {
        return new HostResult(
                h.host(),
                h.outcome(),
                h.stats(),
                h.failedTask(),
                h.message(),
                h.duration(),
                h.versions(),
                h.access(),
                Optional.of(Instant.parse(at)));
    }

    @Test
    void aHostTellsWhenItBeganAndWhenItHadEnded() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        fixture.progress(
                run, "Copy", 1, 3, List.of(begun(host("web-1", HostOutcome.OK, "", ""), "2026-11-22T10:00:00.250Z")));
        var path = "/api/v1/runs/" + run.id().value() + "/hosts";
        assertThat(json(path).at("/hosts/0/started").asText()).isEqualTo("2026-11-22T10:00:00.250Z");
        assertThat(json(path).at("/hosts/0/completed").isNull()).isTrue();
        fixture.end(run, new Outcome.Success());
        assertThat(json(path).at("/hosts/0/completed").asText()).isEqualTo("2026-11-22T10:00:04.450Z");
    }

    @Test
    void aHostHasItsOwnLog() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        fixture.progress(
                run,
                "Copy",
                2,
                2,
                List.of(host("web-1", HostOutcome.OK, "", ""), host("web-2", HostOutcome.FAILED, "Copy", "no")));
        fixture.log(run, """
            TASK [Copy] ***
            ok: [web-1] => web-2 is not this one
            fatal: [web-2]: FAILED! => {
                "msg": "no"
            }
            web-2                      : ok=0    changed=0
            """);
        var path = "/api/v1/runs/" + run.id().value() + "/hosts/";
        var log = fixture.get(path + "web-2/log");
        assertThat(log.body()).isEqualTo("""
            TASK [Copy] ***
            fatal: [web-2]: FAILED! => {
                "msg": "no"
            }
            web-2                      : ok=0    changed=0
            """);
        assertThat(log.headers().firstValue("X-Log-Complete")).contains("false");
        assertThat(fixture.get(path + "web-3/log").statusCode()).isEqualTo(404);
    }

    private void many() throws Exception {
        for (int i = 1; i <= 5; i++) {
            fixture.deploy("v" + i);
            var run = fixture.begin("deploy");
            fixture.progress(
                    run,
                    "Copy",
                    2,
                    2,
                    List.of(
                            host("web-1", HostOutcome.CHANGED, "", ""),
                            host("web-2", HostOutcome.FAILED, "Copy", "no")));
            fixture.end(run, new Outcome.Failed(2, "failed on web-2"));
        }
        ask("{\"operation\":\"validate\",\"environment\":\"production\"}");
    }

    private void ask(String body) throws Exception {
        var answer = fixture.post("/api/v1/runs", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private List<String> ids(String query) throws Exception {
        return json("/api/v1/runs" + query).path("runs").findValuesAsText("id");
    }

    @Test
    void rowsOfTheListTellOfTheirHosts() throws Exception {
        many();
        var row = json("/api/v1/runs?type=playbook").at("/runs/0");
        assertThat(row.at("/stats/web-2/failed").asInt()).isEqualTo(1);
        assertThat(row.path("failed").toString()).isEqualTo("[\"web-2\"]");
        assertThat(row.path("unreachable").toString()).isEqualTo("[]");
        assertThat(row.path("changed").asBoolean()).isTrue();
        assertThat(row.path("stats_complete").asBoolean()).isTrue();
    }

    @Test
    void aRunOfManyHostsIsListedWithItsBadOnes() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        var hosts = new ArrayList<HostResult>();
        for (int i = 1; i <= 60; i++) {
            hosts.add(host("web-" + i, i > 50 ? HostOutcome.UNREACHABLE : HostOutcome.OK, "", ""));
        }
        fixture.progress(run, "Copy", 2, 2, hosts);
        fixture.end(run, new Outcome.Failed(4, "10 unreachable"));
        var row = json("/api/v1/runs").at("/runs/0");
        assertThat(row.path("stats")).hasSize(50);
        assertThat(row.path("unreachable")).hasSize(10);
        assertThat(row.path("stats_complete").asBoolean()).isFalse();
        assertThat(row.path("total_servers").asInt()).isEqualTo(60);
    }

    @Test
    void onlyTheFieldsAskedForAreSentAndAnUnknownOneIsNamed() throws Exception {
        many();
        assertThat(json("/api/v1/runs?fields=id,failed&limit=1&type=playbook")
                        .path("runs")
                        .toString())
                .isEqualTo("[{\"id\":5,\"failed\":[\"web-2\"]}]");
        var wrong = fixture.get("/api/v1/runs?fields=id,fialed");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("a run has no field \\\"fialed\\\"", "failed");
    }

    @Test
    void everyFieldThatIsDescribedCanBeChosen() throws Exception {
        var described = json("/api/v1/openapi.json").at("/components/schemas/ListedRun/properties");
        assertThat(RunFields.NAMES).containsExactlyInAnyOrderElementsOf((Iterable<String>) described::fieldNames);
    }

    @Test
    void runsAreFilteredByTypeAndByPlaybookWithItsEnding() throws Exception {
        many();
        assertThat(ids("?type=validate")).containsExactly("6");
        assertThat(ids("?type=playbook")).containsExactly("5", "4", "3", "2", "1");
        assertThat(ids("?type=validate&operation=deploy")).isEmpty();
        assertThat(ids("?playbook=deploy.yml&limit=1")).isEqualTo(ids("?playbook=deploy&limit=1"));
        assertThat(fixture.get("/api/v1/runs?type=adhocc").body()).contains("is not a type of run");
    }

    @Test
    void pagesHaveNumbersAndTotals() throws Exception {
        many();
        var second = json("/api/v1/runs?page=2&per_page=2&fields=id");
        assertThat(second.path("runs").findValuesAsText("id")).containsExactly("4", "3");
        assertThat(second.path("total").asInt()).isEqualTo(6);
        assertThat(second.path("total_pages").asInt()).isEqualTo(3);
        assertThat(second.path("next_cursor").asText()).isEqualTo("3");
        assertThat(json("/api/v1/runs?page=9").path("runs")).isEmpty();
        for (var filter : List.of(
                "operation=deploy",
                "status=failed",
                "status=failed&environment=production",
                "q=deploy",
                "host=web-2")) {
            var page = json("/api/v1/runs?page=2&per_page=3&fields=id&" + filter);
            assertThat(page.path("total").asInt()).as(filter).isEqualTo(5);
            assertThat(page.path("runs").findValuesAsText("id")).as(filter).containsExactly("2", "1");
        }
        assertThat(fixture.get("/api/v1/runs?page=2&cursor=4").body()).contains("either cursor or page");
        assertThat(fixture.get("/api/v1/runs?page=500&per_page=500").body()).contains("use next_cursor");
    }

    @Test
    void howManyServersARunIsForIsKnownFromTheStart() throws Exception {
        fixture.deploy("v1");
        assertThat(json("/api/v1/runs/1").path("total_servers").asInt()).isEqualTo(3);
        ask("{\"operation\":\"deploy\",\"environment\":\"production\",\"limit\":\"web-2\","
                + "\"variables\":{\"version\":\"v1\"}}");
        assertThat(json("/api/v1/runs/2").path("total_servers").asInt()).isEqualTo(1);
        var run = fixture.begin("deploy");
        assertThat(json("/api/v1/runs/1").path("total_servers").asInt()).isEqualTo(3);
        fixture.progress(run, "Copy", 1, 0, List.of(host("web-1", HostOutcome.OK, "", "")));
        assertThat(json("/api/v1/runs/1").path("total_servers").asInt()).isEqualTo(3);
        fixture.end(run, new Outcome.Success());
        assertThat(json("/api/v1/runs/1").path("total_servers").asInt()).isEqualTo(1);
    }
}
