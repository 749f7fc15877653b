package dev.playcall.store;

import dev.playcall.store.run.TextIndex;
import dev.playcall.store.run.TextParts;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * SQLite as one side of a copy.
 *
 * @param handle in a transaction
 * @param triggers those that are away during the copy, by name, as they were made
 */
record SqliteEnd(Handle handle, Map<String, String> triggers) implements CopyEnd {

    SqliteEnd(Handle handle) {
        this(handle, new LinkedHashMap<>());
    }

    @Override
    public Connection connection() {
        return handle.getConnection();
    }

    @Override
    public @Nullable String text(@Nullable String text) {
        return text;
    }

    @Override
    public void withoutTriggers(List<CopiedTable> tables) {
        handle.createQuery("select name, sql from sqlite_schema where type = 'trigger'")
                .map((r, _) -> Map.entry(r.getString(1), r.getString(2)))
                .forEach(t -> triggers.put(t.getKey(), t.getValue()));
        triggers.keySet().forEach(name -> handle.execute("drop trigger " + name));
    }

    @Override
    public void withTriggers(List<CopiedTable> tables) throws SQLException {
        try (var statement = connection().createStatement()) {
            for (var sql : triggers.values()) {
                statement.execute(sql);
            }
        }
        triggers.clear();
    }

    @Override
    public OptionalLong counted(CopiedTable table) {
        return handle.createQuery("select seq from sqlite_sequence where name = :name")
                .bind("name", table.name())
                .mapTo(Long.class)
                .findOne()
                .or(() -> handle.createQuery("select max(" + table.number().orElseThrow() + ") from " + table.name())
                        .mapTo(Long.class)
                        .findOne())
                .filter(last -> last > 0)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** Where rows were copied, SQLite has counted them. */
    @Override
    public void countOn(CopiedTable table, OptionalLong last) {
        if (last.isPresent() && isCounted(table)) {
            int known = handle.createUpdate("update sqlite_sequence set seq = max(seq, :last) where name = :name")
                    .bind("last", last.getAsLong())
                    .bind("name", table.name())
                    .execute();
            if (known == 0) {
                handle.createUpdate("insert into sqlite_sequence (name, seq) values (:name, :last)")
                        .bind("last", last.getAsLong())
                        .bind("name", table.name())
                        .execute();
            }
        }
    }

    private boolean isCounted(CopiedTable table) {
        return handle.createQuery("select lower(sql) like '%autoincrement%' from sqlite_schema where name = :name")
                .bind("name", table.name())
                .mapTo(Boolean.class)
                .one();
    }

    @Override
    public long words(CopyEnd other) throws SQLException {
        var runs = new long[1];
        other.eachText((run, words) -> {
            TextIndex.copy(handle, run, words);
            runs[0]++;
        });
        return runs[0];
    }

    /** The index keeps no text, but each word and where it stands. */
    @Override
    public void eachText(BiConsumer<Long, List<String>> run) throws SQLException {
        handle.execute("create temp table place (run integer not null, place integer not null, word text not null)");
        for (var part : TextParts.within(handle, 0, Long.MAX_VALUE).reversed()) {
            handle.execute(
                    "create virtual table temp.words_of using fts5vocab('main', '" + part.name() + "', 'instance')");
            handle.execute("insert into place select doc, offset, term from words_of");
            handle.execute("drop table temp.words_of");
            eachOfPart(run);
            handle.execute("delete from place");
        }
        handle.execute("drop table place");
    }

    private void eachOfPart(BiConsumer<Long, List<String>> run) throws SQLException {
        var words = new ArrayList<String>();
        long last = -1;
        try (var statement = connection().createStatement();
                var rows = statement.executeQuery("select run, word from place order by run, place")) {
            while (rows.next()) {
                if (rows.getLong(1) != last && !words.isEmpty()) {
                    run.accept(last, List.copyOf(words));
                    words.clear();
                }
                last = rows.getLong(1);
                words.add(rows.getString(2));
            }
        }
        if (!words.isEmpty()) {
            run.accept(last, List.copyOf(words));
        }
    }
}
