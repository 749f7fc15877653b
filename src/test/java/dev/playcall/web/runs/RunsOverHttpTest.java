package dev.playcall.web.runs;

import static dev.playcall.web.WebHouse.host;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.web.WebHouse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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

    private WebHouse house;

    @BeforeEach
    void open() throws IOException {
        house = new WebHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private JsonNode json(String path) throws Exception {
        var answer = house.get(path);
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
                h.way(),
                Optional.of(Instant.parse(at)));
    }

    @Test
    void aHostTellsWhenItBeganAndWhenItHadEnded() throws Exception {
        house.deploy("v1");
        var run = house.begin("deploy");
        house.progress(
                run, "Copy", 1, 3, List.of(begun(host("web-1", HostOutcome.OK, "", ""), "2026-11-22T10:00:00.250Z")));
        var path = "/api/v1/runs/" + run.id().value() + "/hosts";
        assertThat(json(path).at("/hosts/0/started").asText()).isEqualTo("2026-11-22T10:00:00.250Z");
        assertThat(json(path).at("/hosts/0/completed").isNull()).isTrue();
        house.end(run, new Outcome.Success());
        assertThat(json(path).at("/hosts/0/completed").asText()).isEqualTo("2026-11-22T10:00:04.450Z");
    }

    @Test
    void aHostHasItsOwnLog() throws Exception {
        house.deploy("v1");
        var run = house.begin("deploy");
        house.progress(
                run,
                "Copy",
                2,
                2,
                List.of(host("web-1", HostOutcome.OK, "", ""), host("web-2", HostOutcome.FAILED, "Copy", "no")));
        house.log(run, """
            TASK [Copy] ***
            ok: [web-1] => web-2 is not this one
            fatal: [web-2]: FAILED! => {
                "msg": "no"
            }
            web-2                      : ok=0    changed=0
            """);
        var path = "/api/v1/runs/" + run.id().value() + "/hosts/";
        var log = house.get(path + "web-2/log");
        assertThat(log.body()).isEqualTo("""
            TASK [Copy] ***
            fatal: [web-2]: FAILED! => {
                "msg": "no"
            }
            web-2                      : ok=0    changed=0
            """);
        assertThat(log.headers().firstValue("X-Log-Complete")).contains("false");
        assertThat(house.get(path + "web-3/log").statusCode()).isEqualTo(404);
    }
}
