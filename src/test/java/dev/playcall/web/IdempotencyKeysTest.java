package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key belongs to whoever says it, on the route it is said on, and no name that Playcall gives can be said. */
class IdempotencyKeysTest {
    private static final String PEOPLE = """
        access:
          bindings:
            - { role: operator, people: [console:pia], environments: [production] }
            - { role: operator, people: [console:sam], environments: [staging] }
            - { role: operator, people: [console:sue], environments: [staging] }
            - { role: admin, people: [web:root] }
        """;

    @TempDir
    Path folder;

    private static String deploy(String environment) {
        return "{\"operation\":\"deploy\",\"environment\":\"" + environment
                + "\",\"variables\":{\"version\":\"v1.0.0\"}}";
    }

    private static String[] as(String user, String key) {
        return new String[] {
            "Authorization", "Bearer console-secret-for-tests-only", "Playcall-User", user, "Idempotency-Key", key
        };
    }

    @Test
    void theKeyOfSomebodyElseFindsNothingOfTheirs() throws Exception {
        try (var fixture = new WebFixture(folder, PEOPLE)) {
            assertThat(fixture.post("/api/v1/runs", deploy("production"), as("pia", "k1"))
                            .statusCode())
                    .isEqualTo(201);
            var mine = fixture.post("/api/v1/runs", deploy("staging"), as("sam", "k1"));
            assertThat(mine.statusCode()).as(mine.body()).isEqualTo(201);
            assertThat(mine.body()).contains("\"staging\"").doesNotContain("production");
            var hers = fixture.post("/api/v1/runs", deploy("staging"), as("sue", "k1"));
            assertThat(hers.statusCode()).isEqualTo(201);
            assertThat(fixture.post("/api/v1/runs", deploy("staging"), as("sam", "k1"))
                            .statusCode())
                    .isEqualTo(200);
            for (var route : List.of("batches", "schedules")) {
                var said = route.equals("batches")
                        ? deploy("x").replace("\"environment\":\"x\"", "\"environments\":[\"staging\"]")
                        : deploy("staging").replaceFirst("\\{", "{\"cron\":\"0 3 * * *\",");
                for (var who : List.of("sam", "sue")) {
                    var made = fixture.post("/api/v1/" + route, said, as(who, "k1"));
                    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
                    assertThat(fixture.post("/api/v1/" + route, said, as(who, "k1"))
                                    .body())
                            .isEqualTo(made.body());
                }
            }
        }
    }

    @Test
    void theKeyOfANotificationBelongsToItsSenderToo() throws Exception {
        var both = PEOPLE.replaceAll("people: \\[console:(pia|sam)], environments: .*", "people: [console:$1] }");
        try (var fixture = new WebFixture(folder, both, true)) {
            for (var said : List.of("{\"title\":\"disk\"}", "{\"title\":\"disk\",\"key\":\"k2\"}")) {
                for (var who : List.of("pia", "sam")) {
                    var first = fixture.post("/api/v1/notifications", said, as(who, "k1"));
                    assertThat(first.body()).as(who + " " + said).contains("\"accepted\":1");
                    var again = fixture.post("/api/v1/notifications", said, as(who, "k1"));
                    assertThat(again.body()).as(who + " " + said).contains("\"accepted\":0", "\"known\":1");
                }
                var other = fixture.post("/api/v1/notifications", said.replace("disk", "cpu"), as("pia", "k1"));
                assertThat(other.statusCode()).isEqualTo(409);
            }
        }
    }

    @Test
    void theSameKeyOnAnotherRouteIsAnotherWish() throws Exception {
        try (var fixture = new WebFixture(folder, PEOPLE)) {
            fixture.post("/api/v1/runs", deploy("staging"), as("sam", "k1"));
            var again = fixture.post("/api/v1/runs/1/rerun", "", as("sam", "k1"));
            assertThat(again.statusCode()).as(again.body()).isEqualTo(201);
            var none = fixture.post("/api/v1/runs/1/rerun", "", as("sam", " "));
            assertThat(none.statusCode()).isEqualTo(400);
            assertThat(none.body()).contains("an idempotency key has 1 to 200 characters");
            assertThat(fixture.post("/api/v1/runs/1/rerun", "", as("sam", "k1")).statusCode())
                    .isEqualTo(200);
            assertThat(fixture.post("/api/v1/runs/2/rerun", "", as("sam", "k1")).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void noNameThatPlaycallGivesCanBeSaid() throws Exception {
        try (var fixture = new WebFixture(folder, PEOPLE)) {
            for (var name : List.of(
                    "schedule:4:2026-11-22T01:30:00Z",
                    "retry-by-itself:1",
                    "look-ahead:1",
                    "retry:1",
                    "rerun:1:0",
                    "form:00000000-0000-0000-0000-000000000000",
                    "http /api/v1/runs console:pia k1",
                    "http * console:pia k1")) {
                var made = fixture.post("/api/v1/runs", deploy("staging"), as("sam", name));
                assertThat(made.statusCode()).as(name).isEqualTo(201);
                assertThat(fixture.journal.read().made(new Origin("api", Optional.of(name))))
                        .as(name)
                        .isEmpty();
            }
        }
    }
}
