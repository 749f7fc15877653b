package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.store.sql.RequestJson;
import dev.playcall.testing.Runs;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was kept before keys belonged to somebody, and before it was recorded who stands behind a run. */
class UpgradeOfNamesTest {
    @TempDir
    private Path folder;

    private void old(String state, String by, String name, String extra) throws SQLException {
        sql("insert into run (state, operation, environment, playbook, lock_name, priority, is_check, host_limit,"
                + " requested_by, channel, message_id, name, description, request, requested_at, retry_of) values ('"
                + state + "', 'deploy', 'production', 'deploy', 'deploy', 0, 0, '', '" + by + "', 'api', '" + name
                + "', '', '', '" + RequestJson.write(Runs.request("deploy")) + "', 1, " + extra + ")");
    }

    private void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("old.db"));
                var s = connection.createStatement()) {
            s.execute(statement);
        }
    }

    private static Optional<Long> made(Database database, String name) {
        return database.events()
                .made(new Origin("api", Optional.of(name)))
                .map(Run::id)
                .map(RunId::value);
    }

    @Test
    void whatWasDealtWithBeforeTheUpgradeIsDealtWithAfterIt() throws SQLException {
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + folder.resolve("old.db"), "", "")
                .locations("classpath:" + Sqlite.MIGRATIONS)
                .target("24")
                .load()
                .migrate();
        sql("insert into schedule (id, owner, channel, plan, missed, jitter, at) values"
                + " (4, 'token:ci', 'api', '{}', 1, 0, 1)");
        sql("insert into api_token (name, hash, owner, scopes, created, expires, revoked) values"
                + " ('ci', 'x', 'web:alice', '[]', 1, 2, 3)");
        old("success", "schedule:4", "schedule:4:2026-11-22T01:30:00Z", "null");
        old("success", "web:eve", "schedule:4:2026-11-23T01:30:00Z", "null");
        old("success", "web:bob", "retry-by-itself:1", "1");
        old("success", "web:eve", "retry-by-itself:3", "null");
        old("success", "token:ci", "build 77", "null");
        old("awaiting_approval", "schedule:4", "schedule:4:2026-11-24T01:30:00Z", "null");
        try (var database = Database.open("jdbc:sqlite:" + folder.resolve("old.db"), Clock.systemUTC())) {
            assertThat(made(database, "schedule:4:2026-11-22T01:30:00Z")).contains(1L);
            // That one was a client.
            assertThat(made(database, "schedule:4:2026-11-23T01:30:00Z")).isEmpty();
            assertThat(made(database, "retry-by-itself:1")).contains(3L);
            assertThat(made(database, "retry-by-itself:3")).isEmpty();
            assertThat(made(database, "http /api/v1/runs token:ci build 77")).contains(5L);
            assertThat(made(database, "http /api/v1/runs token:cd build 77")).isEmpty();
            assertThat(made(database, "build 77")).isEmpty();
            var waits = database.events().find(new RunId(6)).orElseThrow().provenance();
            assertThat(waits.human()).isEqualTo(new Person("web:alice"));
            assertThat(waits.identities()).contains(new Person("token:ci"), new Person("schedule:4"));
            var ended = database.events().find(new RunId(5)).orElseThrow().provenance();
            assertThat(ended.human()).isEqualTo(new Person("token:ci"));
        }
    }
}
