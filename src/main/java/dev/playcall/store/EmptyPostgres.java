package dev.playcall.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A database of PostgreSQL in which there is nothing before it is filled, and nothing again when that fails. While it is filled there is
 * a schema beside what is in it: a copy whose process was killed is known by it.
 */
final class EmptyPostgres {
    private static final String THERE = """
        select c.relname::text from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind <> 'i'
        union all
        select p.proname::text from pg_proc p where p.pronamespace = 'public'::regnamespace and not exists
          (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        order by 1 limit 5\
        """;

    private static final String ERASE = """
        do $$ declare x text; begin
          for x in select c.oid::regclass::text from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' loop
            execute 'drop table ' || x || ' cascade';
          end loop;
          for x in select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace
            and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
            execute 'drop function if exists ' || x || ' cascade';
          end loop;
          drop schema if exists playcall_unfinished;
        end $$\
        """;

    private static final String UNFINISHED = "select 1 from pg_namespace where nspname = 'playcall_unfinished'";

    private EmptyPostgres() {}

    /** Whether the process that filled it ended before its end. While one fills it, nobody else can ask. */
    static boolean isUnfinished(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(UNFINISHED)) {
            return rows.next();
        }
    }

    /** Begins: what is in it from now on is unfinished. */
    static void begin(Connection connection) throws SQLException {
        execute(connection, "create schema playcall_unfinished");
    }

    /** Ends, in the transaction in which the last of it is written. */
    static void end(Connection connection) throws SQLException {
        execute(connection, "drop schema playcall_unfinished");
    }

    /** @throws IllegalStateException when there is something in it */
    static void check(Connection connection) throws SQLException {
        List<String> there = new ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(THERE)) {
            while (rows.next()) {
                there.add(rows.getString(1));
            }
        }
        if (!there.isEmpty()) {
            throw new IllegalStateException("it is not empty, there is " + String.join(", ", there)
                    + "; use a new database (create database …)");
        }
    }

    /** Only to be used after {@link #check}, or where it {@link #isUnfinished}. */
    static void erase(Connection connection) throws SQLException {
        execute(connection, ERASE);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
