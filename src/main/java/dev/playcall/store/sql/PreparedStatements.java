package dev.playcall.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Statements that are said in every transaction, prepared once for the one connection that writes. Only for whoever holds
 * that connection, and for a use that is over before the next one of the same statement begins.
 */
final class PreparedStatements {
    private final Map<String, PreparedStatement> kept = new HashMap<>();
    private @Nullable SQLiteConnection connection;

    PreparedStatement of(Connection held, String sql) throws SQLException {
        var bare = held.unwrap(SQLiteConnection.class);
        if (!bare.equals(connection)) {
            // The pool has put another one in its place and closed the one before, with its statements.
            kept.clear();
            connection = bare;
        }
        var statement = kept.get(sql);
        if (statement == null) {
            statement = bare.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    /** After a fault nobody knows what it still holds. */
    void drop(String sql) {
        var statement = kept.remove(sql);
        if (statement != null) {
            try {
                statement.close();
            } catch (SQLException e) {
                // Its connection closes it as well.
            }
        }
    }
}
