package dev.playcall.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.playcall.journal.EventStore;
import dev.playcall.runner.Lanes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/**
 * The database: one writer, several readers. A method of what it hands out blocks its thread on native code; run the
 * JVM with {@code -Djdk.virtualThreadScheduler.parallelism=16}, or a few slow queries hold every virtual thread.
 */
public final class Database implements AutoCloseable {
    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final SqlEventStore events;
    private final SchedulerLanes lanes;

    private Database(HikariDataSource writer, HikariDataSource readers, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        var due = new DueLanes(clock);
        this.lanes = new SchedulerLanes(writer, due);
        this.events = new SqlEventStore(Jdbi.create(writer), Jdbi.create(readers), due, lanes::nudge);
    }

    /**
     * Opens the database of this JDBC URL, making or upgrading it where needed.
     *
     * @throws IllegalStateException with one line for the operator when it cannot be used
     */
    public static Database open(String url, Clock clock) {
        var sqlite = Sqlite.of(url);
        HikariDataSource writer = null;
        HikariDataSource readers = null;
        try {
            writer = sqlite.writer();
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(writer)
                    .locations("classpath:dev/playcall/store/migration/sqlite")
                    .loggers("slf4j")
                    .load()
                    .migrate();
            readers = sqlite.readers();
            return new Database(writer, readers, clock);
        } catch (FlywayException | com.zaxxer.hikari.pool.HikariPool.PoolInitializationException e) {
            close(writer);
            close(readers);
            throw new IllegalStateException("the database " + url + " cannot be used: " + rootMessage(e), e);
        }
    }

    public EventStore events() {
        return events;
    }

    public Lanes lanes() {
        return lanes;
    }

    /** Whether it answers. */
    public boolean isHealthy() {
        try {
            return Jdbi.create(readers)
                            .withHandle(h -> h.createQuery("select 1")
                                    .mapTo(Integer.class)
                                    .one())
                    == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Writes a consistent copy while the database is in use; the file must not exist. */
    public void backup(Path to) {
        if (Files.exists(to)) {
            throw new IllegalStateException(to + " exists already");
        }
        Jdbi.create(writer).useHandle(h -> h.execute("vacuum into ?", to.toString()));
    }

    @Override
    public void close() {
        lanes.close();
        readers.close();
        writer.close();
    }

    private static void close(@org.jspecify.annotations.Nullable HikariDataSource pool) {
        if (pool != null) {
            pool.close();
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        var message = root.getMessage();
        return message == null ? root.toString() : message.lines().findFirst().orElse(message);
    }
}
