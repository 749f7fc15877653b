package dev.playcall.store;

import dev.playcall.store.CopiedTable.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies what one database has into another one of the other kind, whose tables are empty. Neither of the two is committed
 * here. Nothing else may use them.
 */
final class DatabaseCopy {
    private static final int AT_ONCE = 500;

    private final CopyEnd from;
    private final CopyEnd to;
    private final List<CopiedTable> tables;

    DatabaseCopy(CopyEnd from, CopyEnd to, List<CopiedTable> tables) {
        this.from = from;
        this.to = to;
        this.tables = List.copyOf(tables);
    }

    /** @return how many rows each table has got, by its name */
    SortedMap<String, Long> run() throws SQLException {
        to.withoutTriggers(tables);
        empty();
        var rows = new TreeMap<String, Long>();
        for (var table : tables) {
            rows.put(table.name(), copy(table));
            if (table.number().isPresent()) {
                to.countOn(table, from.counted(table));
            }
        }
        rows.put("run_text", to.words(from));
        to.withTriggers(tables);
        compare(rows);
        return rows;
    }

    /** Of what migrations have put there. */
    private void empty() throws SQLException {
        try (var statement = to.connection().createStatement()) {
            for (var table : tables.reversed()) {
                statement.executeUpdate("delete from " + table.name());
            }
        }
    }

    private long copy(CopiedTable table) throws SQLException {
        long rows = 0;
        try (var read = from.connection().createStatement()) {
            read.setFetchSize(AT_ONCE);
            try (var found = read.executeQuery(table.select());
                    var write = to.connection().prepareStatement(table.insert())) {
                while (found.next()) {
                    copy(found, write, table.columns());
                    write.addBatch();
                    if (++rows % AT_ONCE == 0) {
                        write.executeBatch();
                    }
                }
                write.executeBatch();
            }
        }
        return rows;
    }

    private void copy(ResultSet row, PreparedStatement write, List<Column> columns) throws SQLException {
        for (int i = 1; i <= columns.size(); i++) {
            switch (columns.get(i - 1).type()) {
                case "bytea" -> write.setBytes(i, row.getBytes(i));
                case "bigint", "integer" -> {
                    long number = row.getLong(i);
                    if (row.wasNull()) {
                        write.setNull(i, Types.BIGINT);
                    } else {
                        write.setLong(i, number);
                    }
                }
                case "double precision" -> {
                    double number = row.getDouble(i);
                    if (row.wasNull()) {
                        write.setNull(i, Types.DOUBLE);
                    } else {
                        write.setDouble(i, number);
                    }
                }
                case "text" -> write.setString(i, to.text(row.getString(i)));
                case String other -> throw new IllegalStateException("no column can be " + other);
            }
        }
    }

    private void compare(SortedMap<String, Long> rows) throws SQLException {
        for (var table : tables) {
            long there = count(to.connection(), table.name());
            if (there != rows.getOrDefault(table.name(), 0L)) {
                throw new IllegalStateException(
                        table.name() + " has " + there + " rows there, and " + rows.get(table.name()) + " here");
            }
        }
    }

    private static long count(Connection connection, String table) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
