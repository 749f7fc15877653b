package dev.playcall.store.sql;

import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Puts a question mark in the place of each {@code :name} that is neither in a text nor in a comment. Jdbi's own parser
 * builds a lexer for it, which takes a fifth of the time of a process that says each statement a few times.
 */
public final class NamedParameters implements SqlParser {
    private final Dialect dialect;

    private NamedParameters(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Jdbi over this source, with this parser. */
    public static Jdbi over(DataSource source, Dialect dialect) {
        var jdbi = Jdbi.create(source);
        jdbi.getConfig(SqlStatements.class).setSqlParser(new NamedParameters(dialect));
        dialect.choose(jdbi);
        return jdbi;
    }

    @Override
    public ParsedSql parse(String text, StatementContext context) {
        var sql = dialect.statement(text);
        var parsed = ParsedSql.builder();
        int from = 0;
        int at = 0;
        while (at < sql.length()) {
            int end = end(sql, at);
            if (isParameter(sql, at, end)) {
                parsed.append(sql.substring(from, at));
                if (sql.charAt(at) == '?') {
                    parsed.appendPositionalParameter();
                } else {
                    parsed.appendNamedParameter(sql.substring(at + 1, end));
                }
                from = end;
            }
            at = end;
        }
        return parsed.append(sql.substring(from)).build();
    }

    private static boolean isParameter(String sql, int at, int end) {
        char first = sql.charAt(at);
        return first == '?' || (first == ':' && end > at + 1 && sql.charAt(at + 1) != ':');
    }

    /** Where what begins here ends: a text, a name in quotes, a comment, a parameter, or one character. */
    private static int end(String sql, int at) {
        return switch (sql.charAt(at)) {
            case '\'' -> after(sql, "'", at + 1);
            case '"' -> after(sql, "\"", at + 1);
            case '-' -> sql.startsWith("--", at) ? after(sql, "\n", at + 2) : at + 1;
            case '/' -> sql.startsWith("/*", at) ? after(sql, "*/", at + 2) : at + 1;
            case ':' -> sql.startsWith("::", at) ? at + 2 : endOfName(sql, at + 1);
            default -> at + 1;
        };
    }

    private static int after(String sql, String mark, int from) {
        int found = sql.indexOf(mark, from);
        return found < 0 ? sql.length() : found + mark.length();
    }

    private static int endOfName(String sql, int from) {
        int end = from;
        while (end < sql.length() && (Character.isJavaIdentifierPart(sql.charAt(end)) || sql.charAt(end) == '.')) {
            end++;
        }
        return end;
    }

    @Override
    public String nameParameter(String rawName, StatementContext context) {
        return ":" + rawName;
    }
}
