package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The migrations of both databases lead to the same tables. How words are searched is the one thing that each does its own way. */
class SchemasTest {
    private static final String SQLITE_TABLES = """
        with kept as (select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'
          and name not like 'run_text%' and name not in ('flyway_schema_history', 'text_part'))\
        """;
    private static final String POSTGRES_TABLES = """
        with kept as (select c.oid, c.relname as name from pg_class c where c.relkind = 'r'
          and c.relnamespace = 'public'::regnamespace and c.relname not in ('flyway_schema_history', 'run_text'))\
        """;

    /** A line for each column, for each key and unique constraint, and for each index. */
    private static final String SQLITE = """

        select kept.name || '.' || c.name || case
            when c.type in ('INTEGER', 'integer', 'BIGINT', 'bigint') then ' bigint' when lower(c.type) = 'blob' then ' bytea'
            when c.type = 'timestamp' then ' timestamp with time zone'
            else ' ' || replace(lower(c.type), ' generated always', '') end
          || case when c."notnull" or c.pk > 0 then ' not null' else '' end
          || case when c.hidden in (2, 3) then ' generated' when c.dflt_value is null then ''
            else ' default ' || c.dflt_value end
        from kept, pragma_table_xinfo(kept.name) c
        union all
        select name || ' primary key ' || group_concat(key, ', ') from (
          select kept.name, c.name as key from kept, pragma_table_info(kept.name) c where c.pk > 0 order by kept.name, c.pk)
        group by name
        union all
        select name || ' foreign key ' || group_concat(mine, ', ') || ' to ' || max(other) || ' ' || group_concat(theirs, ', ')
          || ' on delete ' || max(lower(deleted))
        from (select kept.name, f.id, f."from" as mine, f."table" as other, f."to" as theirs, f.on_delete as deleted
          from kept, pragma_foreign_key_list(kept.name) f order by kept.name, f.id, f.seq)
        group by name, id
        union all
        select table_name || ' index ' || index_name || case when is_unique then ' unique ' else ' ' end
          || group_concat(column_name, ', ') || case when partial then ' where' else '' end
        from (select kept.name as table_name, case when i.origin = 'c' then i.name else '' end as index_name,
            i."unique" as is_unique, i.partial, i.name as id, coalesce(x.name, '(term)') as column_name
          from kept, pragma_index_list(kept.name) i, pragma_index_xinfo(i.name) x
          where x.key = 1 and i.origin <> 'pk' order by kept.name, i.name, x.seqno)
        group by table_name, id\
        """;

    private static final String POSTGRES = """

        select kept.name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
          || case when a.attnotnull then ' not null' else '' end
          || case when a.attgenerated = 's' then ' generated' when d.oid is null then ''
            else ' default ' || replace(pg_get_expr(d.adbin, d.adrelid), '::text', '') end
        from kept join pg_attribute a on a.attrelid = kept.oid and a.attnum > 0 and not a.attisdropped
        left join pg_attrdef d on d.adrelid = kept.oid and d.adnum = a.attnum where a.attname <> 'rowid'
        union all
        select kept.name || ' primary key ' || (select string_agg(a.attname, ', ' order by k.place)
          from unnest(c.conkey) with ordinality k (number, place)
          join pg_attribute a on a.attrelid = kept.oid and a.attnum = k.number)
        from kept join pg_constraint c on c.conrelid = kept.oid and c.contype = 'p'
        union all
        select kept.name || ' foreign key ' || (select string_agg(a.attname, ', ' order by k.place)
            from unnest(c.conkey) with ordinality k (number, place)
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number)
          || ' to ' || c.confrelid::regclass || ' ' || (select string_agg(a.attname, ', ' order by k.place)
            from unnest(c.confkey) with ordinality k (number, place)
            join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number)
          || ' on delete ' || case c.confdeltype when 'c' then 'cascade' else 'no action' end
        from kept join pg_constraint c on c.conrelid = kept.oid and c.contype = 'f'
        union all
        select kept.name || ' index ' || case when c.oid is null then i.indexrelid::regclass::text else '' end
          || case when i.indisunique then ' unique ' else ' ' end
          || (select string_agg(coalesce(a.attname, '(term)'), ', ' order by k.place)
            from unnest(i.indkey::int[]) with ordinality k (number, place)
            left join pg_attribute a on a.attrelid = kept.oid and a.attnum = k.number)
          || case when i.indpred is null then '' else ' where' end
        from kept join pg_index i on i.indrelid = kept.oid and not i.indisprimary
        left join pg_constraint c on c.conindid = i.indexrelid and c.contype = 'u'\
        """;

    @TempDir
    private Path folder;

    private List<String> sqlite(String sql) {
        var url = "jdbc:sqlite:" + folder.resolve("s.db");
        Database.open(url, Clock.systemUTC()).close();
        return rows(url, SQLITE_TABLES + sql);
    }

    private static List<String> postgres(String sql) {
        var server = PostgresServer.shared();
        var url = server.url(server.create());
        Database.open(url, Clock.systemUTC()).close();
        return rows(url, POSTGRES_TABLES + sql);
    }

    private static List<String> rows(String url, String sql) {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new TreeSet<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return List.copyOf(found);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void bothHaveTheSameTablesColumnsKeysAndIndexes() {
        assertThat(postgres(POSTGRES)).containsExactlyElementsOf(sqlite(SQLITE));
    }
}
