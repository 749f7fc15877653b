package dev.playcall.store.schedule;

import static dev.playcall.testing.Runs.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.JournalEntry;
import dev.playcall.store.Database;
import dev.playcall.store.run.SqlEventStore;
import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.NamedParameters;
import dev.playcall.store.sql.Transactions;
import dev.playcall.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Two nodes on one queue that look for work by themselves once in ten minutes. */
class WorkOffersTest {
    private static final Duration NEVER = Duration.ofMinutes(10);
    private static final SchedulerQueue.Pace SELDOM = new SchedulerQueue.Pace(NEVER, NEVER, NEVER);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String LISTENERS =
            " from pg_stat_activity where datname = current_database() and query ilike 'listen %'";

    private final List<SchedulerQueue> queues = new ArrayList<>();
    private final Set<String> nodes = ConcurrentHashMap.newKeySet();
    private PGSimpleDataSource source;

    @BeforeEach
    void open() {
        var server = PostgresServer.shared();
        var url = server.url(server.create());
        Database.open(url, CLOCK).close();
        source = new PGSimpleDataSource();
        source.setURL(url);
    }

    @AfterEach
    void close() {
        queues.forEach(SchedulerQueue::close);
    }

    /** @param places how many runs it works on at a time */
    private SqlEventStore node(String name, int places) {
        var transactions = new Transactions(source, Dialect.POSTGRESQL);
        var reading = NamedParameters.over(source, Dialect.POSTGRESQL);
        var due = new DueWork(transactions.joining(), CLOCK);
        var alarm = new SchedulerAlarm(transactions, transactions.joining(), CLOCK);
        var offers = new WorkOffers(Optional.of(source), CLOCK);
        var queue = new SchedulerQueue(transactions, due, alarm, offers, SELDOM, CLOCK);
        var events = new SqlEventStore(transactions, reading, due, queue::wakeUp);
        queues.add(queue);
        queue.share();
        queue.start(
                name,
                lock -> events.claim(lock, places, name, (run, _) -> run.id() + ".log", Instant::now)
                        .map(JournalEntry::run)
                        .ifPresent(run -> nodes.add(run.node())));
        return events;
    }

    private static RunId ask(SqlEventStore events, String lock) {
        return events.create(asked(lock), Instant.now()).run().id();
    }

    private static void awaitStart(SqlEventStore events, int running) {
        await().atMost(SOON).until(() -> events.running().size() == running);
    }

    private void awaitListeners() {
        await().atMost(SOON).until(() -> number("select count(*)" + LISTENERS) == queues.size());
    }

    private long number(String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void whatTheNodeThatWasAskedDoesNotTakeAnotherOneTakesAtOnce() {
        var full = node("node-1", 0);
        node("node-2", 20);
        awaitListeners();
        for (int i = 1; i <= 5; i++) {
            ask(full, "lock-" + i);
            awaitStart(full, i);
        }
        assertThat(nodes).containsExactly("node-2");
    }

    @Test
    void whatWasPutOffIsTakenOnceAPlaceIsFree() {
        var first = node("node-1", 1);
        node("node-2", 0);
        awaitListeners();
        var working = ask(first, "lock-1");
        awaitStart(first, 1);
        var waiting = ask(first, "lock-2");
        await().atMost(SOON)
                .until(() -> number("select count(*) from scheduled_tasks where task_instance = 'lock-2'"
                                + " and not picked and execution_time > now() + interval '5 minutes'")
                        == 1);
        first.append(working, new RunEvent.Finished(new Outcome.Success()), Instant.now());
        await().atMost(SOON)
                .until(() -> first.running().stream().anyMatch(run -> run.id().equals(waiting)));
    }

    @Test
    void aLostConnectionIsMadeAnew() throws SQLException {
        var full = node("node-1", 0);
        node("node-2", 20);
        awaitListeners();
        assertThat(number("select count(pg_terminate_backend(pid))" + LISTENERS))
                .isEqualTo(2);
        await().atMost(SOON).until(() -> number("select count(*)" + LISTENERS) == 0);
        awaitListeners();
        ask(full, "lock-1");
        awaitStart(full, 1);
    }
}
