package dev.playcall.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Statements prepared once for the one connection that writes and kept between transactions, those used last longest.
 * Only for whoever holds that connection.
 */
final class StatementCache extends DefaultStatementBuilder {
    private static final int MOST = 256;

    /** @param returning whether it hands out the number it made */
    private record Kind(String sql, boolean returning) {}

    private interface Preparation {
        PreparedStatement on(Connection connection) throws SQLException;
    }

    private final Map<Kind, PreparedStatement> idle = new LinkedHashMap<>();
    private final IdentityHashMap<Statement, Kind> borrowed = new IdentityHashMap<>();
    private @Nullable Connection connection;

    @Override
    public PreparedStatement create(Connection held, String sql, StatementContext context) throws SQLException {
        var kind = new Kind(sql, context.isReturningGeneratedKeys());
        return borrow(held, kind, bare -> super.create(bare, sql, context));
    }

    /** A statement with question marks; to be handed to {@link #giveBack} or {@link #drop}. */
    PreparedStatement borrow(Connection held, String sql) throws SQLException {
        return borrow(held, new Kind(sql, false), bare -> bare.prepareStatement(sql));
    }

    /** Of the driver's own connection: the pool closes at the end of a transaction what was prepared on its wrapper. */
    private PreparedStatement borrow(Connection held, Kind kind, Preparation preparation) throws SQLException {
        var bare = held.unwrap(Connection.class);
        if (!bare.equals(connection)) {
            // The pool has put another one in its place and closed the one before, with its statements.
            clear();
            connection = bare;
        }
        var kept = idle.remove(kind);
        var statement = kept == null ? preparation.on(bare) : kept;
        borrowed.put(statement, kind);
        return statement;
    }

    @Override
    public void close(Connection held, String sql, Statement statement) throws SQLException {
        if (borrowed.containsKey(statement)) {
            ((PreparedStatement) statement).clearParameters();
        }
        giveBack(statement);
    }

    /** One that is kept already, being used twice at a time, is not kept again. */
    void giveBack(Statement statement) throws SQLException {
        var kind = borrowed.remove(statement);
        if (kind == null || idle.containsKey(kind)) {
            statement.close();
            return;
        }
        idle.put(kind, (PreparedStatement) statement);
        if (idle.size() > MOST) {
            close(idle.remove(idle.keySet().iterator().next()));
        }
    }

    /** After a fault nobody knows what it still holds. */
    void drop(Statement statement) {
        borrowed.remove(statement);
        close(statement);
    }

    /** The same of all. */
    void clear() {
        idle.values().forEach(StatementCache::close);
        idle.clear();
        borrowed.clear();
    }

    private static void close(@Nullable Statement statement) {
        try {
            if (statement != null) {
                statement.close();
            }
        } catch (SQLException e) {
            // Its connection closes it as well.
        }
    }
}
