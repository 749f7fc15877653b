package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new installation begins with exactly what the migrations make. */
class EmptyDatabaseTest {
    @TempDir
    private Path folder;

    private static List<String> rows(Path file, String query) throws SQLException {
        var all = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                var row = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.append(rows.getString(i)).append(" | ");
                }
                all.add(row.toString());
            }
        }
        return all;
    }

    /** Every table, index and trigger, what was applied, and every row there is. */
    private static List<String> everything(Path file) throws SQLException {
        var all =
                new ArrayList<String>(rows(file, "select type, name, tbl_name, sql from sqlite_master order by 1, 2"));
        for (var table : rows(file, "select name from sqlite_master where type = 'table' order by 1")) {
            var name = table.replace(" | ", "");
            var what = name.equals("flyway_schema_history")
                    ? "select version, script, checksum, success from flyway_schema_history order by installed_rank"
                    : "select * from \"" + name + "\"";
            rows(file, what).forEach(r -> all.add(name + ": " + r));
        }
        return all;
    }

    @Test
    void aNewDatabaseIsWhatTheMigrationsMake() throws SQLException, IOException {
        var made = folder.resolve("made.db");
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + made, "", "")
                .locations("classpath:" + Sqlite.MIGRATIONS)
                .load()
                .migrate();
        var opened = folder.resolve("opened.db");
        Database.open("jdbc:sqlite:" + opened, Clock.systemUTC()).close();
        assertThat(everything(opened)).isEqualTo(everything(made)).hasSizeGreaterThan(50);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(opened)))
                .isEqualTo("rw-------");
        try (var left = Files.list(folder)) {
            assertThat(left.map(f -> f.getFileName().toString())).noneMatch(f -> f.startsWith("."));
        }
    }

    @Test
    void ofManyWhoBeginAtOnceEachFindsTheSameDatabase() throws Exception {
        var url = "jdbc:sqlite:" + folder.resolve("data/playcall.db");
        var openings = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 6; i++) {
            var key = "key" + i;
            openings.add(() -> {
                try (var database = Database.open(url, Clock.systemUTC())) {
                    database.events()
                            .create(
                                    dev.playcall.testing.Runs.asked("deploy", key),
                                    Clock.systemUTC().instant());
                    return database.isHealthy();
                }
            });
        }
        try (var pool = Executors.newFixedThreadPool(openings.size())) {
            for (var opened : pool.invokeAll(openings)) {
                assertThat(opened.get()).isTrue();
            }
        }
        assertThat(rows(folder.resolve("data/playcall.db"), "select id from run"))
                .hasSize(openings.size());
    }
}
