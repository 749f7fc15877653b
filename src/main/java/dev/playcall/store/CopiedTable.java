package dev.playcall.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table that both databases have, as PostgreSQL describes it.
 *
 * @param columns without those that the database fills itself
 * @param number the column that is numbered by the database; empty where there is none
 */
record CopiedTable(String name, List<Column> columns, Optional<String> number) {
    /** What only a gateway that works needs, and makes anew; words are copied on their own. */
    private static final Set<String> LEFT = Set.of(
            "flyway_schema_history",
            "run_text",
            "scheduled_tasks",
            "lease",
            "node",
            "shared_key",
            "changed",
            "run_output");

    private static final String COLUMNS = """
        select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attidentity <> ''
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attgenerated = ''
        order by c.relname, a.attnum\
        """;
    private static final String PARENTS = """
        select c.relname, p.relname from pg_constraint k join pg_class c on c.oid = k.conrelid
        join pg_class p on p.oid = k.confrelid where k.contype = 'f' and c.oid <> p.oid\
        """;

    CopiedTable {
        columns = List.copyOf(columns);
    }

    /** A column and its type in PostgreSQL. */
    record Column(String name, String type) {}

    /** All of them, each behind those whose rows its own refer to. */
    static List<CopiedTable> all(Connection postgres) throws SQLException {
        var tables = new LinkedHashMap<String, List<Column>>();
        var numbers = new HashMap<String, String>();
        try (var statement = postgres.createStatement();
                var rows = statement.executeQuery(COLUMNS)) {
            while (rows.next()) {
                if (!LEFT.contains(rows.getString(1))) {
                    tables.computeIfAbsent(rows.getString(1), _ -> new ArrayList<>())
                            .add(new Column(rows.getString(2), rows.getString(3)));
                    if (rows.getBoolean(4)) {
                        numbers.put(rows.getString(1), rows.getString(2));
                    }
                }
            }
        }
        return ordered(tables.keySet(), parents(postgres)).stream()
                .map(name -> new CopiedTable(
                        name, tables.getOrDefault(name, List.of()), Optional.ofNullable(numbers.get(name))))
                .toList();
    }

    private static Map<String, Set<String>> parents(Connection postgres) throws SQLException {
        var parents = new HashMap<String, Set<String>>();
        try (var statement = postgres.createStatement();
                var rows = statement.executeQuery(PARENTS)) {
            while (rows.next()) {
                parents.computeIfAbsent(rows.getString(1), _ -> new TreeSet<>()).add(rows.getString(2));
            }
        }
        return parents;
    }

    private static List<String> ordered(Set<String> names, Map<String, Set<String>> parents) {
        var done = new ArrayList<String>();
        var left = new TreeSet<>(names);
        while (!left.isEmpty()) {
            var next = left.stream()
                    .filter(n -> parents.getOrDefault(n, Set.of()).stream().noneMatch(left::contains))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle: " + left);
            }
            done.addAll(next);
            next.forEach(left::remove);
        }
        return done;
    }

    /** In quotes: {@code user} alone is a function of PostgreSQL. */
    private String names() {
        return columns.stream().map(c -> '"' + c.name() + '"').collect(Collectors.joining(", "));
    }

    String select() {
        return "select " + names() + " from " + name
                + number.map(n -> " order by " + n).orElse("");
    }

    String insert() {
        return "insert into " + name + " (" + names() + ") values ("
                + columns.stream().map(_ -> "?").collect(Collectors.joining(", ")) + ")";
    }
}
