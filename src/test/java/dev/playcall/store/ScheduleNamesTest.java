package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.Person;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleTiming;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name stands for one schedule that will come again, whatever writes to the database. */
class ScheduleNamesTest {
    private static final Instant T = Instant.parse("2026-01-31T09:30:00Z");

    @TempDir
    private Path folder;

    private String url() {
        return "jdbc:sqlite:" + folder.resolve("kept.db");
    }

    private static ScheduleStore.Draft draft(String name) {
        var plan = new SchedulePlan(
                "deploy",
                "production",
                Optional.empty(),
                "",
                List.of(),
                false,
                false,
                Map.of(),
                name,
                "",
                "",
                AnsibleOptions.NONE,
                Optional.empty());
        return new ScheduleStore.Draft(
                new Person("console:alice"),
                "console:main",
                plan,
                new ScheduleTiming.Once(T),
                MissedRun.RUN_ONCE,
                Duration.ZERO,
                T,
                Optional.empty());
    }

    @Test
    void theDatabaseRefusesASecondOneOfAName() {
        try (var database = Database.open(url(), Clock.systemUTC());
                var other = Database.open(url(), Clock.systemUTC())) {
            var first = database.schedules().add(draft("nightly"), T);
            assertThatThrownBy(() -> other.schedules().add(draft("Nightly"), T))
                    .isInstanceOf(ScheduleStore.NameTakenException.class)
                    .hasMessage("another schedule is called Nightly");
            other.schedules().add(draft(""), T);
            other.schedules().add(draft(""), T);
            database.schedules().advance(first, T, Optional.empty(), Optional.empty());
            assertThat(other.schedules().add(draft("nightly"), T).name()).isEqualTo("nightly");
        }
    }

    @Test
    void thoseThatHadOneNameBeforeKeepItWithTheirNumber() throws SQLException {
        Flyway.configure()
                .dataSource(url(), "", "")
                .locations("classpath:" + Sqlite.MIGRATIONS)
                .target("46")
                .load()
                .migrate();
        try (var connection = DriverManager.getConnection(url());
                var s = connection.createStatement()) {
            s.execute(old("deploy", "nightly", "9"));
            s.execute(old("deploy", "Nightly", "9"));
            s.execute(old("report", "nightly", "9"));
            s.execute(old("deploy", "nightly", "null"));
        }
        try (var database = Database.open(url(), Clock.systemUTC())) {
            assertThat(database.schedules().all())
                    .extracting(Schedule::name)
                    .containsExactly("nightly", "Nightly 2", "", "nightly");
        }
    }

    private static String old(String operation, String name, String next) {
        return "insert into schedule (owner, channel, plan, missed, jitter, next_at, at) values ('token:ci', 'api',"
                + " '{\"operation\":\"" + operation + "\",\"environment\":\"production\",\"variables\":{},\"name\":\""
                + name
                + "\"}', 1, 0, " + next + ", 1)";
    }
}
