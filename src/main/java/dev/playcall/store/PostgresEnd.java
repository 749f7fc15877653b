package dev.playcall.store;

import dev.playcall.store.run.TextIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as one side of a copy. */
record PostgresEnd(Connection connection) implements CopyEnd {
    private static final int AT_ONCE = 500;

    /** The words in the order in which they stood; a word may stand in several places. */
    private static final String TEXTS = """
        select rowid, string_agg(lexeme, ' ' order by place)
        from run_text, unnest(words) as w (lexeme, positions, weights), unnest(positions) as place
        group by rowid order by rowid\
        """;

    @Override
    public @Nullable String text(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\ufffd');
    }

    @Override
    public void withoutTriggers(List<CopiedTable> tables) throws SQLException {
        each(tables, "disable");
    }

    @Override
    public void withTriggers(List<CopiedTable> tables) throws SQLException {
        each(tables, "enable");
    }

    private void each(List<CopiedTable> tables, String what) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (what.equals("enable")) {
                statement.execute("set constraints all immediate"); // a table with open checks is not altered
            }
            for (var table : tables) {
                statement.execute("alter table " + table.name() + " " + what + " trigger user");
            }
        }
    }

    @Override
    public OptionalLong counted(CopiedTable table) throws SQLException {
        var column = table.number().orElseThrow();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_sequence_last_value(pg_get_serial_sequence('"
                        + table.name() + "', '" + column + "'))")) {
            rows.next();
            long last = rows.getLong(1);
            return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
        }
    }

    @Override
    public void countOn(CopiedTable table, OptionalLong last) throws SQLException {
        if (last.isPresent()) {
            var column = table.number().orElseThrow();
            try (var statement = connection.createStatement()) {
                statement.execute("select setval(pg_get_serial_sequence('" + table.name() + "', '" + column + "'), "
                        + last.getAsLong() + ")");
            }
        }
    }

    @Override
    public long words(CopyEnd other) throws SQLException {
        try (var write =
                connection.prepareStatement("insert into run_text (rowid, words) values (?, cast(? as tsvector))")) {
            var batch = new WordBatch(write, AT_ONCE);
            other.eachText((run, words) -> batch.add(run, TextIndex.vector(words)));
            return batch.end();
        }
    }

    @Override
    public void eachText(BiConsumer<Long, List<String>> run) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(AT_ONCE);
            try (var rows = statement.executeQuery(TEXTS)) {
                while (rows.next()) {
                    run.accept(rows.getLong(1), List.of(rows.getString(2).split(" ")));
                }
            }
        }
    }
}
