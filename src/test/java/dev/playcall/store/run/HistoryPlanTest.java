package dev.playcall.store.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.History;
import dev.playcall.journal.RunQuery;
import dev.playcall.journal.Stats;
import dev.playcall.store.Database;
import dev.playcall.store.sql.Dialect;
import dev.playcall.store.sql.DueWork;
import dev.playcall.store.sql.Transactions;
import dev.playcall.testing.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No question to the history reads a table from one end to the other. */
class HistoryPlanTest {
    private static final List<String> TABLES = List.of("run", "host_result", "event", "tally");

    @TempDir
    private Path folder;

    private final Set<String> asked = new LinkedHashSet<>();
    private Database database;
    private Jdbi jdbi;

    @BeforeEach
    void open() {
        var url = "jdbc:sqlite:" + folder.resolve("playcall.db");
        database = Database.open(url, Clock.systemUTC());
        jdbi = Jdbi.create(url);
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                asked.add(context.getRenderedSql());
            }
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Run run() {
        return database.events().create(Runs.asked("deploy"), Instant.now()).run();
    }

    private static RunQuery query(int chosen) {
        var query = RunQuery.newest(50)
                .states((chosen & 1) == 0 ? Set.of() : Set.of(RunState.FAILED, RunState.SUCCESS))
                .operation(some(chosen, 2, "deploy"))
                .playbook(some(chosen, 4, "deploy"))
                .environment(some(chosen, 8, "production"))
                .host(some(chosen, 16, "web-1"))
                .requestedBy(some(chosen, 32, "alice"))
                .between(some(chosen, 64, Instant.EPOCH), some(chosen, 128, Instant.now()))
                .text(some(chosen, 256, "answered 503"))
                .within(some(chosen, 1024, Set.of("production", "staging")));
        return (chosen & 512) == 0 ? query : query.before(99);
    }

    private static <T> Optional<T> some(int chosen, int bit, T value) {
        return (chosen & bit) == 0 ? Optional.empty() : Optional.of(value);
    }

    @Test
    void eachFilterAndAnyTwoOfThemAreAnsweredByAnIndex() {
        run();
        for (int a = 1; a < 2048; a <<= 1) {
            for (int b = a; b < 2048; b <<= 1) {
                int chosen = a | b;
                asked.clear();
                jdbi.useHandle(h -> new RunSearch(h, query(chosen)).page());
                jdbi.useHandle(h -> new RunSearch(h, query(chosen).skip(3)).page());
                jdbi.useHandle(h -> new RunSearch(h, query(chosen)).total());
                // Without a filter, or with nothing but a time or a cursor, the newest numbers are read and no others.
                boolean bounded = (chosen & ~(64 | 128 | 512)) == 0;
                assertPlans("filters " + Integer.toBinaryString(chosen), bounded);
            }
        }
    }

    @Test
    void figuresLikeRunsAndWhatIsForgottenAreAnsweredByAnIndex() {
        var run = run();
        var history = new SqlHistory(new Transactions(source(), Dialect.SQLITE), jdbi);
        var environments = Set.of("production", "staging");
        history.stats(new Stats.Question(
                LocalDate.EPOCH, LocalDate.now(java.time.ZoneOffset.UTC), Optional.of(environments)));
        history.stats(new Stats.Question(LocalDate.EPOCH, LocalDate.now(java.time.ZoneOffset.UTC), Optional.empty()));
        history.costs(List.of(run.id()));
        history.pin(run.id());
        history.repeats(run.id());
        history.environments();
        history.unknown(List.of(new RunId(7)));
        history.delete(new History.Rule(environments, Optional.of(Instant.now()), OptionalInt.of(0)), 10);
        var store = new SqlEventStore(
                new Transactions(source(), Dialect.SQLITE), jdbi, new DueWork(source(), Clock.systemUTC()), () -> {});
        store.like(run, 20);
        store.queue();
        store.running();
        store.hosts(run.id());
        store.hosts(List.of(run.id()), 50);
        store.entries(run.id());
        store.entriesAfter(0, 10);
        store.made(run.origin());
        store.find(run.id());
        assertPlans("questions", false);
    }

    private org.sqlite.SQLiteDataSource source() {
        var source = new org.sqlite.SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("playcall.db"));
        return source;
    }

    private void assertPlans(String what, boolean bounded) {
        var statements = asked.stream().filter(s -> !s.startsWith("explain")).toList();
        assertThat(statements).as(what).isNotEmpty();
        for (var sql : statements) {
            var plan = plan(sql);
            for (var table : TABLES) {
                assertThat(plan)
                        .as("%s: %s", what, sql)
                        .noneMatch(step -> !bounded && step.matches("SCAN " + table + "( .*)?"));
            }
        }
    }

    private List<String> plan(String sql) {
        var steps = new ArrayList<String>();
        try (var connection = source().getConnection();
                var statement = connection.prepareStatement("explain query plan " + sql.replace("?", "null"));
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        } catch (java.sql.SQLException e) {
            throw new AssertionError(sql, e);
        }
        return steps;
    }
}
