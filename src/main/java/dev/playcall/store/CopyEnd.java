package dev.playcall.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One side of a {@link DatabaseCopy}: what SQLite and PostgreSQL do each in its own way. */
sealed interface CopyEnd permits SqliteEnd, PostgresEnd {
    Connection connection();

    /** As this database keeps it. */
    @Nullable
    String text(@Nullable String text);

    /** What it has counted itself would be counted twice; until {@link #withTriggers}. */
    void withoutTriggers(List<CopiedTable> tables) throws SQLException;

    void withTriggers(List<CopiedTable> tables) throws SQLException;

    /** The highest number that was ever given in this table; empty where none was. */
    OptionalLong counted(CopiedTable table) throws SQLException;

    /** The next number is the one behind this. */
    void countOn(CopiedTable table, OptionalLong last) throws SQLException;

    /** Takes over by which words runs are found, and says of how many runs. */
    long words(CopyEnd other) throws SQLException;

    /** Gives each run that is found by words, with them as {@code word word word}, in their order. */
    void eachText(BiConsumer<Long, List<String>> run) throws SQLException;
}
