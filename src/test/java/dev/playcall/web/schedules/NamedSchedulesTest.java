package dev.playcall.web.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedSchedulesTest {
    private static final String NIGHTLY = "{\"cron\":\"30 2 * * *\",\"operation\":\"provision\","
            + "\"environment\":\"production\",\"name\":\"nightly\"}";

    @TempDir
    Path folder;

    private WebFixture house;

    @BeforeEach
    void open() throws IOException {
        house = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void aNameStandsWhereverANumberDoes() throws Exception {
        var added = house.post("/api/v1/schedules", NIGHTLY);
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        assertThat(json(added).path("name").asText()).isEqualTo("nightly");
        assertThat(json(added).path("message").asText()).startsWith("Schedule 1 (nightly): ");
        assertThat(json(house.get("/api/v1/schedules/Nightly")).path("id").asInt())
                .isEqualTo(1);
        assertThat(house.post("/api/v1/schedules/nightly/pause", "{}").body())
                .contains("Schedule 1 (nightly) is paused");
        assertThat(house.post("/api/v1/schedules/nightly/resume", "{}").statusCode())
                .isEqualTo(200);
        var run = house.post("/api/v1/schedules/nightly/run", "{}");
        assertThat(json(run).path("name").asText()).isEqualTo("nightly");
        var removed = house.send(
                HttpRequest.newBuilder(house.at("/api/v1/schedules/nightly")).DELETE());
        assertThat(removed.body()).contains("Schedule 1 (nightly) is removed");
        assertThat(house.get("/api/v1/schedules/nightly").statusCode()).isEqualTo(404);
    }

    @Test
    void aNameStandsForOneScheduleAndIsNoNumber() throws Exception {
        house.post("/api/v1/schedules", NIGHTLY);
        var second = house.post("/api/v1/schedules", NIGHTLY.replace("nightly", "NIGHTLY"));
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).contains("another schedule is called NIGHTLY");
        assertThat(house.post("/api/v1/schedules", NIGHTLY.replace("nightly", "#7"))
                        .body())
                .contains("the name of a schedule cannot be a number");
        house.send(HttpRequest.newBuilder(house.at("/api/v1/schedules/nightly")).DELETE());
        assertThat(house.post("/api/v1/schedules", NIGHTLY).statusCode()).isEqualTo(201);
    }

    @Test
    void aRepeatedRequestKeepsItsSchedule() throws Exception {
        var first = house.post("/api/v1/schedules", NIGHTLY, "Idempotency-Key", "a");
        var again = house.post("/api/v1/schedules", NIGHTLY, "Idempotency-Key", "a");
        assertThat(json(again).path("id")).isEqualTo(json(first).path("id"));
    }

    @Test
    void aPlaybookHasAButtonToScheduleItAndWhatIsScheduledBesideIt() throws Exception {
        house.post("/api/v1/schedules", NIGHTLY);
        for (var page : new String[] {"/playbooks", "/playbooks/provision"}) {
            assertThat(house.get(page, "Accept", "text/html").body())
                    .contains("operation=provision&amp;environment=production&amp;when=cron")
                    .contains("href=\"/queue#schedule-1\">nightly (production)</a>");
        }
        assertThat(house.get("/queue", "Accept", "text/html").body()).contains("<h3>nightly: provision production");
    }
}
