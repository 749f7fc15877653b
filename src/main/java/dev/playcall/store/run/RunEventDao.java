package dev.playcall.store.run;

import dev.playcall.domain.name.RunId;
import dev.playcall.journal.JournalEntry;
import dev.playcall.store.sql.RunEventJson;
import dev.playcall.store.sql.RunRowMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reading the journal back. */
final class RunEventDao {
    private static final Logger log = LoggerFactory.getLogger(RunEventDao.class);

    private RunEventDao() {}

    public static List<JournalEntry> of(Handle h, RunId run) {
        var rows = h.createQuery("""
            select run.*, event.sequence, event.at, event.type, event.body
            from event join run on run.id = event.run where event.run = :run order by event.sequence\
            """)
                .bind("run", run.value())
                .map(RunEventDao::row)
                .list();
        return readable(rows);
    }

    /** Reads on behind entries that cannot be read: a follower takes an empty answer for the end. */
    public static List<JournalEntry> after(Handle h, long sequence, int max) {
        var found = new ArrayList<JournalEntry>();
        long from = sequence;
        while (found.size() < max) {
            int wanted = max - found.size();
            var rows = page(h, from, wanted);
            found.addAll(readable(rows));
            if (rows.size() < wanted) {
                break;
            }
            from = rows.getLast().sequence();
        }
        return List.copyOf(found);
    }

    private static List<Row> page(Handle h, long sequence, int max) {
        return h.createQuery("""
            select run.*, event.sequence, event.at, event.type, event.body
            from event join run on run.id = event.run where event.sequence > :after
            order by event.sequence limit :max\
            """)
                .bind("after", sequence)
                .bind("max", max)
                .map(RunEventDao::row)
                .list();
    }

    private record Row(long sequence, Optional<JournalEntry> entry) {}

    private static List<JournalEntry> readable(List<Row> rows) {
        return rows.stream().flatMap(r -> r.entry().stream()).toList();
    }

    private static Row row(ResultSet r, StatementContext context) throws SQLException {
        long sequence = r.getLong("sequence");
        try {
            var at = Instant.ofEpochMilli(r.getLong("at"));
            var event = RunEventJson.read(r.getString("type"), r.getString("body"));
            return new Row(sequence, Optional.of(new JournalEntry(sequence, at, event, RunRowMapper.run(r, context))));
        } catch (RuntimeException e) {
            log.error("Journal entry {} cannot be read and is skipped: {}", sequence, e.getMessage());
            return new Row(sequence, Optional.empty());
        }
    }
}
