package dev.playcall.store.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Statements that are said thousands of times in a storm: prepared once, with question marks for their values and nothing
 * between them and the driver. Within a transaction that writes.
 */
public final class PlainSql {
    private final Handle h;
    private final StatementCache statements;
    private final Dialect dialect;

    public PlainSql(Handle h) {
        this.h = h;
        this.dialect = Dialect.of(h);
        this.statements = h.getStatementBuilder() instanceof StatementCache shared ? shared : new StatementCache();
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T use(String sql, @Nullable Object[] values, Use<T> use) {
        PreparedStatement statement = null;
        try {
            statement = statements.borrow(h.getConnection(), dialect.statement(sql));
            bind(statement, values);
            var result = use.of(statement);
            statements.giveBack(statement);
            return result;
        } catch (SQLException e) {
            if (statement != null) {
                statements.drop(statement);
            }
            throw new UnableToExecuteStatementException(e.getMessage() + " [" + sql.strip() + "]", e, null);
        }
    }

    /** How many rows it changed. */
    public int change(String sql, @Nullable Object... values) {
        return use(sql, values, PreparedStatement::executeUpdate);
    }

    /** What is made of one row. */
    public interface Cell<T> {
        T of(ResultSet row) throws SQLException;
    }

    public <T> List<T> rows(String sql, Cell<T> cell, @Nullable Object... values) {
        return use(sql, values, statement -> {
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(cell.of(rows));
                }
                return found;
            }
        });
    }

    /** The first row, if there is one. */
    public Optional<Long> number(String sql, @Nullable Object... values) {
        return first(sql, r -> r.getLong(1), values);
    }

    public Optional<String> text(String sql, @Nullable Object... values) {
        return first(sql, r -> r.getString(1), values);
    }

    private <T> Optional<T> first(String sql, Cell<T> cell, @Nullable Object... values) {
        return use(sql, values, statement -> {
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(cell.of(rows)) : Optional.empty();
            }
        });
    }

    private void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case null -> statement.setNull(i + 1, java.sql.Types.NULL);
                case Long n -> statement.setLong(i + 1, n);
                case Integer n -> statement.setInt(i + 1, n);
                case Boolean b -> statement.setInt(i + 1, b ? 1 : 0);
                case Object text -> statement.setString(i + 1, dialect.text(text.toString()));
            }
        }
    }
}
