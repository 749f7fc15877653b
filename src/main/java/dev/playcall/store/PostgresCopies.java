package dev.playcall.store;

import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.NamedParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SortedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is in PostgreSQL, as a file of SQLite, and the other way round. */
final class PostgresCopies {
    private static final Logger log = LoggerFactory.getLogger(PostgresCopies.class);

    private PostgresCopies() {}

    /** Writes it as it is at one moment; the file may be there, and be empty. */
    static void write(Connection postgres, Path to) throws SQLException {
        try {
            Files.deleteIfExists(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var sqlite = Sqlite.of("jdbc:sqlite:" + to);
        try (var pool = sqlite.writer()) {
            sqlite.migrate(pool);
            postgres.setAutoCommit(false);
            postgres.setReadOnly(true);
            postgres.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            var tables = CopiedTable.all(postgres);
            NamedParameters.over(pool, Dialect.SQLITE)
                    .useTransaction(h -> new DatabaseCopy(new PostgresEnd(postgres), new SqliteEnd(h), tables).run());
        }
    }

    /**
     * Fills it with what a database of SQLite has: all of it, or nothing stays behind. What a process left that was killed while
     * it filled it is removed first.
     *
     * @param postgres nobody else may use the database meanwhile
     * @param migrate makes the tables
     * @param check looks at the whole; what it throws undoes the whole
     * @return how many rows each table has got, by its name
     * @throws IllegalStateException when there is something in it
     */
    static SortedMap<String, Long> fill(Connection postgres, Runnable migrate, Sqlite from, Runnable check)
            throws SQLException {
        if (EmptyPostgres.isUnfinished(postgres)) {
            EmptyPostgres.erase(postgres);
        }
        EmptyPostgres.check(postgres);
        boolean done = false;
        try {
            EmptyPostgres.begin(postgres);
            migrate.run();
            var rows = filled(from, postgres);
            check.run();
            done = true;
            return rows;
        } finally {
            if (!done) {
                attempt(() -> EmptyPostgres.erase(postgres));
            }
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    /** After a failure, which is what people have to read of. Without a connection the next one to fill it does this. */
    private static void attempt(Work work) {
        try {
            work.run();
        } catch (SQLException e) {
            log.debug("After a failed copy: {}", e.toString());
        }
    }

    private static SortedMap<String, Long> filled(Sqlite from, Connection postgres) throws SQLException {
        postgres.setAutoCommit(false);
        boolean done = false;
        try (var source = from.writer()) {
            var to = new PostgresEnd(postgres);
            var tables = CopiedTable.all(postgres);
            var rows = NamedParameters.over(source, Dialect.SQLITE)
                    .inTransaction(h -> new DatabaseCopy(new SqliteEnd(h), to, tables).run());
            EmptyPostgres.end(postgres);
            postgres.commit();
            postgres.setAutoCommit(true);
            done = true;
            return rows;
        } finally {
            if (!done) {
                attempt(postgres::rollback);
                attempt(() -> postgres.setAutoCommit(true));
            }
        }
    }
}
