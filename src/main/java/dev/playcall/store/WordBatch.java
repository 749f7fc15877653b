package dev.playcall.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes words of runs, several at a time. For one thread. */
final class WordBatch {
    private final PreparedStatement statement;
    private final int atOnce;
    private long runs;

    WordBatch(PreparedStatement statement, int atOnce) {
        this.statement = statement;
        this.atOnce = atOnce;
    }

    void add(long run, String words) {
        try {
            statement.setLong(1, run);
            statement.setString(2, words);
            statement.addBatch();
            if (++runs % atOnce == 0) {
                statement.executeBatch();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return how many runs there were */
    long end() throws SQLException {
        statement.executeBatch();
        return runs;
    }
}
