package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.name.Person;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleTiming;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs by itself for somebody does not go on when they are removed, and the answer says what was paused. */
class AccountRemovalTest {
    private static final String PEOPLE = """
        access:
          bindings:
            - { role: operator, people: [web:bob, "console:*"] }
        """;
    private static final String SCHEDULE =
            "{\"operation\":\"ping\",\"environment\":\"staging\",\"cron\":\"0 3 * * *\"}";

    @TempDir
    Path folder;

    private static String token(HttpResponse<String> made) throws Exception {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return "Bearer "
                + new ObjectMapper().readTree(made.body()).path("token").asText();
    }

    private static void paused(WebFixture fixture, int schedule, String why) throws Exception {
        var shown =
                fixture.ask("admin", "GET", "/api/v1/schedules/" + schedule, "").body();
        assertThat(shown).contains("\"paused\"").contains(why);
    }

    @Test
    void aRevokedTokenTakesItsSchedulesAlong() throws Exception {
        try (var fixture = new WebFixture(folder, PEOPLE)) {
            var token = token(fixture.ask("admin", "POST", "/api/v1/tokens", """
                {"name":"ci","scopes":["view","start"]}\
                """));
            assertThat(fixture.post("/api/v1/schedules", SCHEDULE, "Authorization", token)
                            .statusCode())
                    .isEqualTo(201);
            var revoked = fixture.ask("admin", "DELETE", "/api/v1/tokens/ci", "");
            assertThat(revoked.statusCode()).isEqualTo(200);
            assertThat(revoked.body()).contains("\"paused_schedules\":[1]", "Paused: schedule 1.");
            paused(fixture, 1, "the token ci was revoked");
        }
    }

    @Test
    void aRemovedAccountTakesItsTokensAndSchedulesAlong() throws Exception {
        try (var fixture = new WebFixture(folder, PEOPLE)) {
            fixture.ask("admin", "POST", "/api/v1/users", """
                {"name":"bob","password":"correct horse battery"}\
                """);
            fixture.database
                    .schedules()
                    .add(
                            new ScheduleStore.Draft(
                                    new Person("web:bob"),
                                    "api",
                                    SchedulePlan.report("all"),
                                    new ScheduleTiming.Repeated("0 3 * * *", ZoneOffset.UTC),
                                    MissedRun.SKIP,
                                    Duration.ZERO,
                                    Instant.now().plusSeconds(999),
                                    Optional.empty()),
                            Instant.now());
            var removed = fixture.ask("admin", "DELETE", "/api/v1/users/bob", "");
            assertThat(removed.statusCode()).as(removed.body()).isEqualTo(200);
            assertThat(removed.body()).contains("\"paused_schedules\":[1]", "Paused: schedule 1.");
            paused(fixture, 1, "the account bob was removed");
            var none = fixture.ask("admin", "DELETE", "/api/v1/users/bob", "");
            assertThat(none.statusCode()).isEqualTo(400);
        }
    }
}
