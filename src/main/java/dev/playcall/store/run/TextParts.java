package dev.playcall.store.run;

import dev.playcall.store.sql.Dialect;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The parts of the index of words, each of so many neighbouring runs. SQLite merges an index a word at a time, whatever
 * it is told about small steps: in parts, no word has so many entries that a run has to wait for it. The first part is
 * made by the migration and may be larger, where there was an index before there were parts.
 */
public final class TextParts {
    /** Runs of a part. The entries of a word that all of them have are merged in some tens of milliseconds. */
    private static final long SIZE = 16_384;

    private TextParts() {}

    /** Runs from the first to the last, both included, may be in this table. */
    public record Part(long first, long last, String name) {}

    /** What PostgreSQL has is not divided: its index takes new entries without writing others anew. */
    private static final Part WHOLE = new Part(0, Long.MAX_VALUE, "run_text");

    /** The part this run is in; a new one where there is none yet. */
    public static Part of(Handle h, long run) {
        return within(h, run, run).stream().findFirst().orElseGet(() -> add(h, run));
    }

    private static Part add(Handle h, long run) {
        long aligned = run - run % SIZE;
        long first = Math.max(aligned, end(h, run) + 1);
        var part = new Part(first, aligned + SIZE - 1, "run_text_" + first);
        h.execute("""
            create virtual table %s using fts5 (
              words, content = '', contentless_delete = 1, prefix = '3',
              tokenize = "unicode61 remove_diacritics 2")\
            """.formatted(part.name()));
        // What is forgotten is not written anew without it: a part is small, and goes as a whole before long.
        h.execute("insert into %1$s (%1$s, rank) values ('deletemerge', 0)".formatted(part.name()));
        h.createUpdate("insert into text_part (first, last, name) values (:first, :last, :name)")
                .bind("first", part.first())
                .bind("last", part.last())
                .bind("name", part.name())
                .execute();
        return part;
    }

    /** The last run of the part before this run; below every run where there is none. */
    private static long end(Handle h, long run) {
        return h.createQuery("select max(last) from text_part where last < :run")
                .bind("run", run)
                .mapTo(Long.class)
                .findOne()
                .orElse(-1L);
    }

    /** Those that may have runs within these numbers, both included, newest first. */
    public static List<Part> within(Handle h, long first, long last) {
        return switch (Dialect.of(h)) {
            case SQLITE -> parts(h, first, last);
            case POSTGRESQL -> List.of(WHOLE);
        };
    }

    private static List<Part> parts(Handle h, long first, long last) {
        return h.createQuery("select first, last, name from text_part where last >= :first and first <= :last order by"
                        + " first desc")
                .bind("first", first)
                .bind("last", last)
                .map((r, _) -> new Part(r.getLong("first"), r.getLong("last"), r.getString("name")))
                .list();
    }

    /** Removes the words of these runs, and parts that have none left. In PostgreSQL they go with their runs. */
    public static void delete(Handle h, Collection<Long> runs) {
        switch (Dialect.of(h)) {
            case SQLITE -> deleteFromParts(h, runs);
            case POSTGRESQL -> {}
        }
    }

    private static void deleteFromParts(Handle h, Collection<Long> runs) {
        long first = runs.stream().min(Long::compare).orElseThrow();
        long last = runs.stream().max(Long::compare).orElseThrow();
        for (var part : within(h, first, last)) {
            var mine = runs.stream()
                    .filter(r -> r >= part.first() && r <= part.last())
                    .toList();
            if (!mine.isEmpty()) {
                h.createUpdate("delete from %s where rowid in (<ids>)".formatted(part.name()))
                        .bindList("ids", mine)
                        .execute();
                dropIfEmpty(h, part);
            }
        }
    }

    private static void dropIfEmpty(Handle h, Part part) {
        var left = h.createQuery("select id from %s_docsize limit 1".formatted(part.name()))
                .mapTo(Long.class)
                .findOne();
        if (left.isEmpty()) {
            h.execute("drop table " + part.name());
            h.createUpdate("delete from text_part where first = :first")
                    .bind("first", part.first())
                    .execute();
        }
    }
}
