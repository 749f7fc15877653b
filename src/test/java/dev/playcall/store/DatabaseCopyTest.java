package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.playcall.bench.InventedRuns;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.RunQuery;
import dev.playcall.runner.queue.Hold;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import dev.playcall.security.audit.AuditSignature;
import dev.playcall.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An installation that goes from SQLite to PostgreSQL, and back as a backup, is the same. {@code -Druns=100000} makes it larger. */
class DatabaseCopyTest {
    private static final int RUNS = Integer.getInteger("runs", 3_000);
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    private Path folder;

    /** Runs of every state, with what hangs on them; an audit log; a pause; numbers that were given and are gone. */
    private String installation() {
        var url = "jdbc:sqlite:" + folder.resolve("playcall.db");
        try (var database = Database.open(url, CLOCK)) {
            InventedRuns.make(folder.resolve("playcall.db"), RUNS, Instant.now());
            var audit = new AuditLog(database.audit(), new AuditSignature(folder), t -> t, CLOCK);
            for (int i = 0; i < 50; i++) {
                audit.record(AuditNote.done(new Person("web:anna"), "web", "deploy", "run #" + i));
            }
            database.holds().take(new Hold(Hold.Kind.QUEUE, "", new Person("web:anna"), "a \0 disk", Instant.now()));
            database.events().create(asked("deploy"), Instant.now());
            var works = database.events().create(asked("ping"), Instant.now()).run();
            database.events().claim("ping", 9, "node", (_, _) -> "ping.log", Instant::now);
            database.events()
                    .append(works.id(), new RunEvent.Finished(new Outcome.Failed(2, "unreachable")), Instant.now());
            sql(
                    url,
                    "insert into registered_host (environment, name, address, port, user, tags, variables, by, at)"
                            + " values ('production', 'vm-1', '10.7.0.1', 22, 'deploy', '[]', '{}', 'web:anna', 1)");
            sql(url, "update sqlite_sequence set seq = seq + 1000 where name = 'run'");
        }
        return url;
    }

    private static void sql(String url, String statement) {
        try (var connection = DriverManager.getConnection(url);
                var made = connection.createStatement()) {
            made.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every row of a table, its columns in the order of their names. */
    private static List<String> rows(String url, String table, List<String> columns) throws SQLException {
        var rows = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var found = statement.executeQuery("select \"" + String.join("\", \"", columns) + "\" from " + table)) {
            while (found.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= columns.size(); i++) {
                    var value = found.getObject(i);
                    row.add(
                            value instanceof byte[] bytes
                                    ? Base64.getEncoder().encodeToString(bytes)
                                    : String.valueOf(value).replace('\0', '\ufffd'));
                }
                rows.add(String.join("|", row));
            }
        }
        rows.sort(null);
        return rows;
    }

    private static void isTheSame(String one, String other, String postgres) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres)) {
            var tables = CopiedTable.all(connection);
            assertThat(tables).hasSizeGreaterThan(40);
            for (var table : tables) {
                var columns = new TreeSet<String>();
                table.columns().forEach(c -> columns.add(c.name()));
                assertThat(rows(one, table.name(), List.copyOf(columns)))
                        .as(table.name())
                        .isEqualTo(rows(other, table.name(), List.copyOf(columns)));
            }
        }
    }

    private static List<Long> found(Database database, String words) {
        return database.events().list(RunQuery.newest(50).text(Optional.of(words))).runs().stream()
                .map(r -> r.id().value())
                .toList();
    }

    @Test
    void everythingIsThereAndGoesOn() throws Exception {
        var sqlite = installation();
        var server = PostgresServer.shared();
        var postgres = server.url(server.create());
        var copied = Database.copy(sqlite, postgres, CLOCK, copy -> {
            var audit = new AuditLog(copy.audit(), new AuditSignature(folder), t -> t, CLOCK);
            assertThat(audit.verify().isSound()).isTrue();
        });
        assertThat(copied).containsEntry("run", RUNS + 2L).containsEntry("audit", 50L);
        isTheSame(sqlite, postgres, postgres);
        var back = folder.resolve("backup.db");
        try (var there = Database.open(postgres, CLOCK);
                var here = Database.open(sqlite, CLOCK)) {
            for (var words : List.of("deploy", "\"answered 503\"", "web-17", "nothing-of-it")) {
                assertThat(found(there, words)).as(words).isEqualTo(found(here, words));
            }
            assertThat(found(there, "deploy")).isNotEmpty();
            there.backup(back);
            isTheSame("jdbc:sqlite:" + back, postgres, postgres);
            long next = there.events()
                    .create(asked("next"), Instant.now())
                    .run()
                    .id()
                    .value();
            assertThat(next).isEqualTo(RUNS + 2L + 1000 + 1);
        }
        try (var there = Database.open("jdbc:sqlite:" + back, CLOCK);
                var here = Database.open(sqlite, CLOCK)) {
            for (var words : List.of("deploy", "\"answered 503\"", "web-17")) {
                assertThat(found(there, words)).as(words).isEqualTo(found(here, words));
            }
            assertThat(there.events()
                            .create(asked("next"), Instant.now())
                            .run()
                            .id()
                            .value())
                    .isEqualTo(RUNS + 2L + 1000 + 1);
        }
    }

    @Test
    void whatIsNotEmptyIsRefusedAndStaysAsItIs() throws Exception {
        var sqlite = "jdbc:sqlite:" + folder.resolve("playcall.db");
        Database.open(sqlite, CLOCK).close();
        var server = PostgresServer.shared();
        var postgres = server.url(server.create());
        sql(postgres, "create table mine (id bigint)");
        assertThatThrownBy(() -> Database.copy(sqlite, postgres, CLOCK, _ -> {}))
                .hasMessageContaining("it is not empty, there is mine");
        assertThat(tables(postgres)).containsExactly("mine");
    }

    @Test
    void aCopyThatIsNotSoundLeavesNothing() throws Exception {
        var sqlite = installation();
        var server = PostgresServer.shared();
        var postgres = server.url(server.create());
        assertThatThrownBy(() -> Database.copy(sqlite, postgres, CLOCK, _ -> {
                    throw new IllegalStateException("not like this");
                }))
                .hasMessageContaining("not like this");
        assertThat(tables(postgres)).isEmpty();
        assertThat(Database.copy(sqlite, postgres, CLOCK, _ -> {})).containsEntry("run", RUNS + 2L);
    }

    /** As when its process is killed: the server ends what it was at, and nobody tidies up. */
    @Test
    void aCopyThatIsCutOffIsRefusedToOthersAndBegunAnew() throws Exception {
        var sqlite = installation();
        var server = PostgresServer.shared();
        var name = server.create();
        var postgres = server.url(name);
        var cut = Thread.ofVirtual().start(() -> {
            await().atMost(Duration.ofSeconds(60)).until(() -> tables(postgres).contains("run"));
            server.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        });
        assertThatThrownBy(() -> Database.copy(sqlite, postgres, CLOCK, _ -> {}))
                .hasMessageContaining("cannot be filled");
        cut.join();
        assertThat(tables(postgres)).contains("run");
        assertThatThrownBy(() -> Database.openForGateway(postgres, Optional.of("node-1"), CLOCK))
                .hasMessageContaining(
                        "a migrate or restore into it did not reach its end; re-run it, which begins anew");
        assertThat(Database.copy(sqlite, postgres, CLOCK, _ -> {})).containsEntry("run", RUNS + 2L);
        isTheSame(sqlite, postgres, postgres);
        Database.openForGateway(postgres, Optional.of("node-1"), CLOCK).close();
    }

    private static List<String> tables(String postgres) throws SQLException {
        var names = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(postgres);
                var rows = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                names.add(rows.getString("TABLE_NAME"));
            }
        }
        return names;
    }
}
