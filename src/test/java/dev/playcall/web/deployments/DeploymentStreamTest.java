package dev.playcall.web.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DeploymentStreamTest {
    private static final String EVENTS = "/api/v1/deployments/1/events";

    private WebFixture fixture;

    @BeforeEach
    void open(@TempDir Path home) throws Exception {
        fixture = new WebFixture(home);
        var asked = fixture.post("/api/v1/deployments", """
            {"name": "d", "operation": "deploy", "environment": "production", "limit": "web-1,web-2",
             "variables": {"version": "v1"}, "rollout": {"waves": [1, "rest"], "max_failed": "100%"}}\
            """);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** One event with what it says. */
    private record Event(String name, JsonNode data) {}

    private static Event next(Iterator<String> lines) throws IOException {
        var line = lines.next();
        while (!line.startsWith("event: ")) {
            line = lines.next();
        }
        return new Event(
                line.substring("event: ".length()),
                new ObjectMapper().readTree(lines.next().substring("data: ".length())));
    }

    private static List<Event> until(Iterator<String> lines, String name) throws IOException {
        var events = new ArrayList<Event>();
        do {
            events.add(next(lines));
        } while (!events.getLast().name().equals(name));
        return events;
    }

    private static List<String> names(List<Event> events) {
        return events.stream().map(Event::name).toList();
    }

    @Test
    void whoeverListensIsToldEachChangeAndTheEnd() throws Exception {
        var request = HttpRequest.newBuilder(fixture.at(EVENTS)).build();
        try (var answer = fixture.http.send(request, BodyHandlers.ofLines()).body()) {
            var lines = answer.iterator();
            assertThat(names(until(lines, "progress"))).containsExactly("wave", "wave", "progress");
            var first = fixture.begin("deploy");
            assertThat(names(until(lines, "wave"))).containsExactly("started", "wave");
            fixture.progress(first, "Copy", 1, 1, List.of(WebFixture.host("web-1", HostOutcome.FAILED, "Copy", "no")));
            fixture.end(first, new Outcome.Failed(2, "no"));
            var failed = until(lines, "progress").getLast().data();
            assertThat(failed.path("failed").asInt()).isEqualTo(1);
            assertThat(failed.path("total").asInt()).isEqualTo(2);
            var second = fixture.begin("deploy");
            fixture.progress(second, "Copy", 1, 1, List.of(WebFixture.host("web-2", HostOutcome.OK, "", "")));
            fixture.end(second, new Outcome.Success());
            var end = until(lines, "completed").getLast().data();
            assertThat(end.path("status").asText()).isEqualTo("completed");
            assertThat(end.path("success_rate").asDouble()).isEqualTo(50.0);
            assertThat(lines).toIterable().allMatch(String::isEmpty);
        }
        assertThat(fixture.get(EVENTS).body())
                .as("who comes late is told how it ended")
                .containsSubsequence("event: started", "event: wave", "event: progress", "event: completed");
    }
}
