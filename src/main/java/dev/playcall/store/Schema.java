package dev.playcall.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;

/** Brings a database to the tables that this version knows. */
final class Schema {
    private static final String HISTORY = "select group_concat(script || ' ' || checksum || ' ' || success, char(10))"
            + " from (select * from flyway_schema_history order by installed_rank)";

    private Schema() {}

    /** @param place the folder of the migrations, as resources have it */
    static void migrate(HikariDataSource database, String place) {
        var flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:" + place)
                .loggers("slf4j")
                .load();
        // Flyway passes over migrations it does not know; working on tables one does not know loses what is in them.
        for (var migration : flyway.info().applied()) {
            if (migration.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new IllegalStateException("it was made by a newer Playcall (schema " + migration.getVersion()
                        + "); use that version, or restore a backup");
            }
        }
        flyway.migrate();
    }

    /** What was done to this database of SQLite, in order; empty for a database in which there is nothing yet. */
    static Optional<String> history(HikariDataSource database) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            try (var there = statement.executeQuery(
                    "select 1 from sqlite_master where type = 'table' and name = 'flyway_schema_history'")) {
                if (!there.next()) {
                    return Optional.empty();
                }
            }
            try (var rows = statement.executeQuery(HISTORY)) {
                return Optional.ofNullable(rows.getString(1));
            }
        }
    }
}
