package dev.playcall.store.sql;

import java.lang.reflect.Type;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.config.Configurable;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * Which database it is, and all that the statements of the stores have to know of the difference. They are written in SQL
 * that both understand; what SQLite alone understands of it are hints to its planner, which {@link #statement} takes out for
 * the other one. Functions that only SQLite brings are made by the first migration of PostgreSQL.
 */
public enum Dialect {
    SQLITE,
    POSTGRESQL;

    /** An index that is named, an order of tables that is fixed, an index that is not to be used. */
    private static final Pattern HINTS =
            Pattern.compile(" indexed by \\w+| (cross) (?=join \\w+( \\w+)? on )|(?<=[ (])\\+(?=[a-z]+\\.[a-z])");

    /** SQLSTATE unique_violation; SQLite has no such codes. */
    private static final String UNIQUE_VIOLATION = "23505";

    /** The letters "playcall", in a number: whoever writes to this database holds the advisory lock of this name. */
    private static final long WRITERS = 0x706c617963616c6cL;

    /** The dialect of a Jdbi and of its handles. */
    public static final class Choice implements JdbiConfig<Choice> {
        private Dialect dialect = SQLITE;

        @Override
        public Choice createCopy() {
            var copy = new Choice();
            copy.dialect = dialect;
            return copy;
        }
    }

    public static Dialect of(Configurable<?> h) {
        return h.getConfig(Choice.class).dialect;
    }

    /** Tells it to every handle of this Jdbi. */
    void choose(Jdbi jdbi) {
        jdbi.getConfig(Choice.class).dialect = this;
        switch (this) {
            case SQLITE -> {}
            case POSTGRESQL -> jdbi.registerArgument(new Arguments());
        }
    }

    /** Truths are kept as 1 and 0, which the driver of SQLite does by itself. */
    private static final class Arguments implements ArgumentFactory.Preparable {
        @Override
        public Optional<Function<@Nullable Object, Argument>> prepare(Type type, ConfigRegistry config) {
            if (type == Boolean.class || type == boolean.class) {
                return Optional.of(v -> (position, statement, _) ->
                        statement.setObject(position, v instanceof Boolean b ? b ? 1 : 0 : null, Types.INTEGER));
            }
            return type == String.class
                    ? Optional.of(v -> (position, statement, _) ->
                            statement.setString(position, v == null ? null : POSTGRESQL.text((String) v)))
                    : Optional.empty();
        }
    }

    /** PostgreSQL keeps no character 0, which the output of a program may have. */
    String text(String text) {
        return switch (this) {
            case SQLITE -> text;
            case POSTGRESQL -> text.replace('\0', '\ufffd');
        };
    }

    /** The statement as this database understands it. */
    String statement(String sql) {
        return switch (this) {
            case SQLITE -> sql;
            case POSTGRESQL -> HINTS.matcher(sql).replaceAll(hint -> hint.group(1) == null ? "" : " ");
        };
    }

    /**
     * To be done first in a transaction that writes: what one reads there nobody else changes before it ends. SQLite does so
     * by itself, having one writer.
     */
    void lock(Handle h) {
        switch (this) {
            case SQLITE -> {}
            case POSTGRESQL -> h.execute("select pg_advisory_xact_lock(" + WRITERS + ")");
        }
    }

    /** The time of the database in milliseconds, as a term of SQL. */
    public String now() {
        return switch (this) {
            case SQLITE -> "cast(unixepoch('subsec') * 1000 as integer)";
            case POSTGRESQL -> "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)";
        };
    }

    /** Whether it is a file, which the gateway that has it shares with no other. */
    public boolean hasOneGateway() {
        return switch (this) {
            case SQLITE -> true;
            case POSTGRESQL -> false;
        };
    }

    /** A whole number out of a text, as a term of SQL; no number, or null, where the text is none. */
    public String number(String text) {
        return switch (this) {
            case SQLITE -> "cast(" + text + " as integer)";
            case POSTGRESQL -> "cast(substring(" + text + " from '^[0-9]{1,18}') as bigint)";
        };
    }

    /**
     * Whether the unique index refused a row.
     *
     * @param index its name, which PostgreSQL says
     * @param columns all of its columns as {@code table.column}, several divided by a comma and a space, as SQLite says them
     */
    public static boolean isRefusal(UnableToExecuteStatementException fault, String index, String columns) {
        if (!(fault.getCause() instanceof SQLException e)) {
            return false;
        }
        var message = String.valueOf(e.getMessage());
        return UNIQUE_VIOLATION.equals(e.getSQLState())
                ? message.contains('"' + index + '"')
                : message.contains("(UNIQUE constraint failed: " + columns + ")");
    }
}
