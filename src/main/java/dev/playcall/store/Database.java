package dev.playcall.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.playcall.catalog.inventory.EnvironmentRecords;
import dev.playcall.catalog.inventory.HostRegister;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.config.SettingsStore;
import dev.playcall.journal.EventStore;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.runner.queue.HoldStore;
import dev.playcall.runner.queue.WorkQueue;
import dev.playcall.schedule.Alarm;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.access.LinkStore;
import dev.playcall.security.approval.LockStore;
import dev.playcall.security.audit.AuditStore;
import dev.playcall.security.identity.AccountStore;
import dev.playcall.security.identity.TokenStore;
import dev.playcall.security.secret.SecretStore;
import dev.playcall.store.notify.SqlAlertStore;
import dev.playcall.store.notify.SqlChatStore;
import dev.playcall.store.notify.SqlNotifyStore;
import dev.playcall.store.run.SqlEventStore;
import dev.playcall.store.schedule.SchedulerAlarm;
import dev.playcall.store.schedule.SchedulerQueue;
import dev.playcall.store.schedule.SqlScheduleStore;
import dev.playcall.store.security.SqlAccounts;
import dev.playcall.store.security.SqlAuditStore;
import dev.playcall.store.security.SqlHoldStore;
import dev.playcall.store.security.SqlLinkStore;
import dev.playcall.store.security.SqlLockStore;
import dev.playcall.store.security.SqlSecretStore;
import dev.playcall.store.security.SqlTokens;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.ReleaseHold;
import dev.playcall.store.sql.Transactions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.jdbi.v3.core.Jdbi;

/**
 * The database: one writer, several readers. A method of what it hands out blocks its thread on native code; run the
 * JVM with {@code -Djdk.virtualThreadScheduler.parallelism=16}, or a few slow queries hold every virtual thread.
 */
public final class Database implements AutoCloseable {
    private final Sqlite sqlite;
    private final HikariDataSource writer;
    private final HikariDataSource readers;
    private final Jdbi reading;
    private final SqlEventStore events;
    private final SchedulerAlarm alarm;
    private final SchedulerQueue lanes;
    private final SqlScheduleStore schedules;
    private final SqlChatStore chat;
    private final SqlLinkStore links;
    private final SqlAuditStore audit;
    private final SqlAccounts accounts;
    private final SqlTokens tokens;
    private final SqlHoldStore holds;
    private final SqlLockStore locks;
    private final SqlSecretStore secrets;
    private final SqlHostRegister hosts;
    private final SqlEnvironmentRecords environments;
    private final SqlNotifyStore all;
    private final SqlAlertStore alerts;
    private final SqlAdjustments settings;

    private Database(Sqlite sqlite, HikariDataSource writer, HikariDataSource readers, Clock clock) {
        this.sqlite = sqlite;
        this.writer = writer;
        this.readers = readers;
        this.reading = Jdbi.create(readers);
        var transactions = new Transactions(writer);
        var due = new DueWork(transactions.joining(), clock);
        this.alarm = new SchedulerAlarm(transactions, transactions.joining(), clock);
        this.lanes = new SchedulerQueue(transactions, due, alarm, clock);
        this.schedules = new SqlScheduleStore(transactions, reading, alarm);
        this.events = new SqlEventStore(transactions, reading, due, lanes::nudge);
        this.chat = new SqlChatStore(transactions, reading);
        this.links = new SqlLinkStore(transactions, reading);
        this.audit = new SqlAuditStore(transactions, reading);
        this.accounts = new SqlAccounts(transactions, reading);
        this.tokens = new SqlTokens(transactions, reading);
        var releaseHold = new ReleaseHold(transactions, due, lanes::nudge);
        this.holds = new SqlHoldStore(transactions, reading, releaseHold);
        this.locks = new SqlLockStore(transactions, reading, releaseHold);
        this.secrets = new SqlSecretStore(transactions, reading);
        this.hosts = new SqlHostRegister(transactions, reading);
        this.environments = new SqlEnvironmentRecords(transactions);
        this.all = new SqlNotifyStore(transactions, reading);
        this.alerts = new SqlAlertStore(transactions, reading);
        this.settings = new SqlAdjustments(transactions, reading);
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
            sqlite.probe();
            writer = sqlite.writer();
            Schema.migrate(writer);
            readers = sqlite.readers();
            return new Database(sqlite, writer, readers, clock);
        } catch (SQLException | RuntimeException e) {
            close(writer);
            close(readers);
            throw new IllegalStateException(
                    "the database " + url + " cannot be used: " + rootMessage(e) + nextStep(e), e);
        }
    }

    public EventStore events() {
        return events;
    }

    public ChatStore chat() {
        return chat;
    }

    public LinkStore links() {
        return links;
    }

    public AuditStore audit() {
        return audit;
    }

    public AccountStore accounts() {
        return accounts;
    }

    public TokenStore tokens() {
        return tokens;
    }

    public EnvironmentRecords environments() {
        return environments;
    }

    public HoldStore holds() {
        return holds;
    }

    public LockStore locks() {
        return locks;
    }

    public SecretStore secrets() {
        return secrets;
    }

    public HostRegister hosts() {
        return hosts;
    }

    public NotifyStore notices() {
        return all;
    }

    public ScheduleStore schedules() {
        return schedules;
    }

    public SettingsStore settings() {
        return settings;
    }

    public Alarm alarm() {
        return alarm;
    }

    public AlertStore alerts() {
        return alerts;
    }

    public WorkQueue lanes() {
        return lanes;
    }

    /** Lets the waiting for connections and their use be measured, and the size of the file. */
    public void measure(MeterRegistry registry) {
        writer.setMetricRegistry(registry);
        readers.setMetricRegistry(registry);
        Gauge.builder("playcall.db.bytes", sqlite, Sqlite::bytes)
                .description("Size of the database including its write-ahead log")
                .strongReference(true)
                .register(registry);
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
            sqlite.copy(to);
        } catch (SQLException e) {
            to.toFile().delete();
            throw new IllegalStateException("the backup " + to + " cannot be written: " + rootMessage(e), e);
        }
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

    private static String nextStep(Throwable fault) {
        return Sqlite.isDamaged(fault) ? "; restore a backup: ./playcall restore --force FILE" : "";
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
