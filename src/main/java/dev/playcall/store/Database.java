package dev.playcall.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.playcall.agent.HostAgentStore;
import dev.playcall.catalog.inventory.EnvironmentRecords;
import dev.playcall.catalog.inventory.HostRegister;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.config.SettingsStore;
import dev.playcall.journal.EventStore;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.routing.RoutingStore;
import dev.playcall.runner.OutputStore;
import dev.playcall.runner.queue.HoldStore;
import dev.playcall.runner.queue.WorkQueue;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleStore.Alarm;
import dev.playcall.security.access.AllowanceStore;
import dev.playcall.security.access.IdentityLinks.LinkStore;
import dev.playcall.security.approval.LockStore;
import dev.playcall.security.audit.AuditStore;
import dev.playcall.security.identity.AccountStore;
import dev.playcall.security.identity.TokenStore;
import dev.playcall.security.secret.SecretStore;
import dev.playcall.store.notify.NotifyStores;
import dev.playcall.store.run.SqlEventStore;
import dev.playcall.store.run.SqlOutputs;
import dev.playcall.store.schedule.ScheduleStores;
import dev.playcall.store.security.SecurityStores;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.NamedParameters;
import dev.playcall.store.sql.ReleaseHold;
import dev.playcall.store.sql.Transactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * The database: one writer, several readers. A method of what it hands out blocks its thread on native code; run the
 * JVM with {@code -Djdk.virtualThreadScheduler.parallelism=16}, or a few slow queries hold every virtual thread.
 */
public final class Database implements AutoCloseable {
    private final Backend backend;
    private static final int AT_THE_END_MILLIS = 2_000;

    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Jdbi reading;
    private final SqlEventStore events;
    private final ScheduleStores due;
    private final NotifyStores messages;
    private final SecurityStores security;
    private final SqlHostRegister hosts;
    private final SqlHostAgents agents;
    private final SqlEnvironmentRecords environments;
    private final SqlAdjustments settings;
    private final SqlOutputs outputs;

    /** Of a database that is up to date; the pools are its own from now on. */
    Database(Backend backend, HikariDataSource writer, HikariDataSource readers, Clock clock) {
        this.backend = backend;
        this.writer = writer;
        this.readers = readers;
        this.reading = NamedParameters.over(readers, backend.dialect());
        var transactions = new Transactions(writer, backend.dialect());
        var work = new DueWork(transactions.joining(), clock);
        this.due = ScheduleStores.of(transactions, reading, work, backend.notices(), clock);
        this.events = new SqlEventStore(transactions, reading, work, due.wakeUp());
        this.messages = NotifyStores.of(transactions, reading);
        this.security = SecurityStores.of(transactions, reading, new ReleaseHold(transactions, work, due.wakeUp()));
        this.hosts = new SqlHostRegister(transactions, reading);
        this.agents = new SqlHostAgents(transactions, reading);
        this.environments = new SqlEnvironmentRecords(transactions);
        this.settings = new SqlAdjustments(transactions, reading);
        this.outputs = new SqlOutputs(transactions, reading);
    }

    /**
     * Opens the database of this JDBC URL, making or upgrading it where needed.
     *
     * @throws IllegalStateException with one line for the operator when it cannot be used
     */
    public static Database open(String url, Clock clock) {
        return open(Backend.of(url), Backend::writer, clock);
    }

    /**
     * The same for a gateway.
     *
     * @param sharedAs what it is called among other gateways that have it at the same time; empty when it has it alone
     * @throws IllegalStateException also when another gateway has it alone, or this one is to have it alone
     */
    public static Database openForGateway(String url, Optional<String> sharedAs, Clock clock) {
        return open(Backend.of(url), b -> b.gatewayWriter(sharedAs), clock);
    }

    /**
     * Copies a database of SQLite into an empty one of PostgreSQL, while no gateway uses either.
     *
     * @param check looks at the copy before it is kept; what it throws undoes it
     * @return how many rows each table has got, by its name
     * @throws IllegalStateException with one line for the operator when it cannot be done; then nothing stays behind
     */
    public static SortedMap<String, Long> copy(String from, String to, Clock clock, Consumer<Database> check) {
        var source = Sqlite.of(from);
        var target = Postgres.of(to);
        open(from, clock).close(); // brings it to the tables of this version
        try {
            target.probe();
            return target.fill(source, () -> {
                try (var copy = open(to, clock)) {
                    check.accept(copy);
                }
            });
        } catch (SQLException | RuntimeException e) {
            throw new IllegalStateException(
                    "the database " + target.shown() + " cannot be filled: " + target.explain(e), e);
        }
    }

    private static Database open(Backend backend, Function<Backend, HikariDataSource> pool, Clock clock) {
        HikariDataSource writer = null;
        HikariDataSource readers = null;
        try {
            backend.probe();
            writer = pool.apply(backend);
            backend.refuseUnfinished(writer);
            backend.migrate(writer);
            readers = backend.readers();
            return new Database(backend, writer, readers, clock);
        } catch (SQLException | RuntimeException e) {
            close(writer);
            close(readers);
            throw new IllegalStateException(
                    "the database " + backend.shown() + " cannot be used: " + backend.explain(e), e);
        }
    }

    public EventStore events() {
        return events;
    }

    public ChatStore chat() {
        return messages.chat();
    }

    public LinkStore links() {
        return security.links();
    }

    public AuditStore audit() {
        return security.audit();
    }

    public AccountStore accounts() {
        return security.accounts();
    }

    public TokenStore tokens() {
        return security.tokens();
    }

    public EnvironmentRecords environments() {
        return environments;
    }

    public HoldStore holds() {
        return security.holds();
    }

    public LockStore locks() {
        return security.locks();
    }

    public AllowanceStore allowances() {
        return security.allowances();
    }

    public SecretStore secrets() {
        return security.secrets();
    }

    public HostRegister hosts() {
        return hosts;
    }

    public HostAgentStore agents() {
        return agents;
    }

    public NotifyStore notices() {
        return messages.notices();
    }

    public RoutingStore routing() {
        return messages.routing();
    }

    public ScheduleStore schedules() {
        return due.schedules();
    }

    public SettingsStore settings() {
        return settings;
    }

    public Alarm alarm() {
        return due.alarm();
    }

    public AlertStore alerts() {
        return messages.alerts();
    }

    public WorkQueue workQueue() {
        return due.queue();
    }

    /** What runs write, for other gateways. */
    public OutputStore outputs() {
        return outputs;
    }

    /** Lets the waiting for connections and their use be measured, and the size of the database. */
    public void measure(MeterRegistry registry) {
        writer.setMetricRegistry(registry);
        readers.setMetricRegistry(registry);
        Gauge.builder("playcall.db.bytes", backend, b -> b.bytes(reading))
                .description("Size of the database including its write-ahead log")
                .strongReference(true)
                .register(registry);
    }

    /** Which server it is, for people; empty for a file. */
    public Optional<String> server() {
        return backend.server(reading);
    }

    /** Whether it answers. */
    public boolean isHealthy() {
        try {
            return reading.withHandle(
                            h -> h.createQuery("select 1").mapTo(Integer.class).one())
                    == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Writes a consistent copy while the database is in use; the file must not exist. */
    public void backup(Path to) {
        try {
            Sqlite.createPrivate(to);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalStateException(to + " exists already", e);
        } catch (IOException e) {
            throw new IllegalStateException("the backup " + to + " cannot be written: " + e, e);
        }
        try {
            backend.copy(to);
        } catch (SQLException e) {
            to.toFile().delete();
            throw new IllegalStateException("the backup " + to + " cannot be written: " + Sqlite.rootMessage(e), e);
        }
    }

    /** This program is about to end: nobody waits any more for a server that does not answer. */
    public void endSoon() {
        if (!backend.dialect().hasOneGateway()) {
            for (var pool : List.of(writer, readers)) {
                pool.getHikariConfigMXBean().setValidationTimeout(AT_THE_END_MILLIS / 2);
                pool.getHikariConfigMXBean().setConnectionTimeout(AT_THE_END_MILLIS);
            }
            if (!isHealthy()) {
                readers.close();
                writer.close();
            }
        }
    }

    @Override
    public void close() {
        due.queue().close();
        readers.close();
        writer.close();
    }

    private static void close(@org.jspecify.annotations.Nullable HikariDataSource pool) {
        if (pool != null) {
            pool.close();
        }
    }
}
