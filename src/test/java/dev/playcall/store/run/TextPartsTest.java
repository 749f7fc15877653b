package dev.playcall.store.run;

import static dev.playcall.testing.Runs.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.History;
import dev.playcall.journal.RunQuery;
import dev.playcall.store.Database;
import dev.playcall.store.SqliteFile;
import dev.playcall.store.StoreFixture;
import dev.playcall.testing.Runs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of runs are found wherever the index is cut, and leave nothing behind. */
class TextPartsTest extends StoreFixture {
    private static final long SIZE = 16_384;
    private static final String PARTS = "run_text(_\\d+)?";

    @TempDir
    private Path other;

    /** As if so many runs had been there already. */
    private static String[] sequence(long last) {
        return new String[] {
            "delete from sqlite_sequence where name = 'run'",
            "insert into sqlite_sequence (name, seq) values ('run', " + last + ")"
        };
    }

    private long make(long id) {
        file().sql(sequence(id - 1));
        var run = create(asked("deploy"));
        assertThat(claim("deploy", 9)).isPresent();
        finish(run, new Outcome.Success());
        return run.id().value();
    }

    private static RunQuery words(String text, int limit) {
        return RunQuery.newest(limit).text(Optional.of(text));
    }

    private static List<Long> found(EventStore store, String text, int limit) {
        var all = new ArrayList<Long>();
        var query = Optional.of(words(text, limit));
        while (query.isPresent()) {
            var asked = query.get();
            var page = store.list(asked);
            assertThat(page.runs()).hasSizeLessThanOrEqualTo(limit);
            page.runs().stream().map(Run::id).map(RunId::value).forEach(all::add);
            query = page.next().map(asked::before);
        }
        return all;
    }

    private List<String> tables() {
        return file().tables(PARTS);
    }

    private static void forget(EventStore store, int keep) {
        var rule = new History.Rule(Set.of("production"), Optional.empty(), OptionalInt.of(keep));
        while (!store.history().delete(rule, 2).isEmpty()) {}
    }

    @Test
    void aPageIsFilledFromAsManyPartsAsItTakes() {
        var ids = new ArrayList<Long>();
        for (long id : new long[] {1, 2, SIZE - 1, SIZE, SIZE + 1, 5 * SIZE, 5 * SIZE + 7, 6 * SIZE - 1}) {
            ids.addFirst(make(id));
        }
        assertThat(tables()).containsExactly("run_text", "run_text_16384", "run_text_81920");
        for (int limit = 1; limit <= ids.size() + 1; limit++) {
            assertThat(found(store(), "deploy", limit)).as("pages of %d", limit).isEqualTo(ids);
        }
        assertThat(store().list(words("deploy", 9).before(SIZE)).runs())
                .extracting(r -> r.id().value())
                .containsExactly(SIZE - 1, 2L, 1L);
        assertThat(found(store(), "nowhere", 9)).isEmpty();
    }

    @Test
    void aPartGoesWithTheLastOfItsRuns() {
        make(1);
        make(2);
        make(SIZE);
        forget(store(), 2);
        assertThat(tables()).containsExactly("run_text", "run_text_16384");
        forget(store(), 1);
        assertThat(tables()).containsExactly("run_text_16384");
        assertThat(found(store(), "deploy", 9)).containsExactly(SIZE);
        forget(store(), 0);
        assertThat(tables()).isEmpty();
        assertThat(make(SIZE + 5)).isEqualTo(SIZE + 5);
        assertThat(found(store(), "deploy", 9)).containsExactly(SIZE + 5);
    }

    @Test
    void aPartThatGoesWhileItIsLookedForIsReadToItsEnd() {
        make(1);
        make(SIZE);
        var jdbi = Jdbi.create(file().url());
        jdbi.setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                if (context.getRenderedSql().contains("from text_part")) {
                    forget(store(), 0);
                }
            }
        });
        var page = jdbi.withHandle(h -> new RunSearch(h, words("deploy", 9)).page());
        assertThat(page.runs()).hasSize(2);
        assertThat(tables()).isEmpty();
        assertThat(found(store(), "deploy", 9)).isEmpty();
    }

    @Test
    void anIndexThatWasThereBeforeIsThePartOfItsRuns() {
        make(3);
        make(5 * SIZE + 8);
        var old = "jdbc:sqlite:" + other.resolve("playcall.db");
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(old, null, null)
                .locations("classpath:dev/playcall/store/migration/sqlite")
                .target("22")
                .loggers("slf4j")
                .load()
                .migrate();
        var legacy = new SqliteFile(old, database());
        var columns = legacy.columns("run");
        legacy.sql(
                "attach '" + file().url().replace("jdbc:sqlite:", "") + "' as made",
                "insert into run (" + columns + ") select " + columns + " from made.run",
                "insert into run_text (rowid, words) select id, operation || ' bastion' from run");
        try (var upgraded = legacy.again()) {
            var store = upgraded.events();
            assertThat(found(store, "bastion", 1)).containsExactly(5 * SIZE + 8, 3L);
            store.create(asked("deploy"), Instant.EPOCH);
            assertThat(legacy.tables(PARTS)).containsExactly("run_text");
            legacy.sql(sequence(6 * SIZE));
            store.create(asked("deploy"), Instant.EPOCH);
            assertThat(found(store, "deploy", 1)).containsExactly(6 * SIZE + 1, 5 * SIZE + 9, 5 * SIZE + 8, 3L);
            assertThat(found(store, "bastion", 9)).containsExactly(5 * SIZE + 8, 3L);
            upgraded.events().queue().forEach(r -> store.append(r.id(), new RunEvent.CancelRequested(Runs.ALICE), T));
            forget(store, 0);
            assertThat(found(store, "bastion", 9)).isEmpty();
            assertThat(legacy.tables(PARTS)).isEmpty();
        }
    }
}
