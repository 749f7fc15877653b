package dev.playcall.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/** Prepares each statement once while a connection is held: a transaction with thousands of rows says few things often. */
final class KeptStatements extends DefaultStatementBuilder {
    private static final int MOST = 64;

    /** @param returning whether it hands out the number it made */
    private record Kind(String sql, boolean returning) {}

    private final Map<Kind, PreparedStatement> idle = new HashMap<>();
    private final IdentityHashMap<Statement, Kind> lent = new IdentityHashMap<>();
    private final PreparedStatements preparedStatements;

    /** @param preparedStatements what is kept longer */
    KeptStatements(PreparedStatements preparedStatements) {
        this.preparedStatements = preparedStatements;
    }

    PreparedStatements prepared() {
        return preparedStatements;
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        var kind = new Kind(sql, context.isReturningGeneratedKeys());
        var kept = idle.remove(kind);
        var statement = kept == null ? super.create(connection, sql, context) : kept;
        lent.put(statement, kind);
        return statement;
    }

    /** One that is in use twice at a time, or one too many, is not kept. */
    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        var kind = lent.remove(statement);
        if (kind == null || idle.size() >= MOST || idle.containsKey(kind)) {
            statement.close();
            return;
        }
        var prepared = (PreparedStatement) statement;
        prepared.clearParameters();
        idle.put(kind, prepared);
    }

    @Override
    public void close(Connection connection) {
        idle.values().forEach(KeptStatements::closed);
        idle.clear();
    }

    private static void closed(Statement statement) {
        try {
            statement.close();
        } catch (SQLException e) {
            // Its connection closes it as well.
        }
    }
}
