package dev.playcall.store;

import dev.playcall.testing.PostgresServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;

/** The one database of the contracts on the server of this process, empty for each test: making one takes half a second. */
record PostgresDatabase(String url, Database database) implements TestDatabase {
    /**
     * Without the triggers that keep the audit log from being emptied; the rows that the migrations leave come back. A truncate
     * makes a new file for each index, which takes ten times as long.
     */
    private static final String EMPTY = """
        set session_replication_role = replica;
        do $$ declare it text; begin
          for it in select quote_ident(tablename) from pg_tables
              where schemaname = 'public' and tablename <> 'flyway_schema_history' loop
            execute 'delete from ' || it;
          end loop;
          for it in select quote_ident(sequencename) from pg_sequences
              where schemaname = 'public' and last_value is not null loop
            execute 'alter sequence ' || it || ' restart';
          end loop;
        end $$;
        insert into journal_cursor (reader, sequence) values ('chat', 0), ('notify', 0);
        insert into registered_revision (one, n) values (1, 0)\
        """;

    private static final class Shared {
        static final String URL = migrated();

        private static String migrated() {
            var server = PostgresServer.shared();
            var url = server.url(server.create());
            Database.open(url, Clock.systemUTC()).close();
            return url;
        }
    }

    static PostgresDatabase fresh() {
        var shared = new PostgresDatabase(Shared.URL, open(Shared.URL));
        shared.sql(EMPTY);
        return shared;
    }

    static Database open(String url) {
        var backend = Postgres.of(url);
        return new Database(backend, backend.writer(), backend.readers(), Clock.systemUTC());
    }

    @Override
    public Database again() {
        return open(url);
    }

    @Override
    public void sql(String... texts) {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            for (var text : texts) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
