package dev.playcall.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** A database in a file of its own. */
public record SqliteFile(String url, Database database) implements TestDatabase {
    static SqliteFile in(Path folder) {
        var url = "jdbc:sqlite:" + folder.resolve("playcall.db");
        return new SqliteFile(url, Database.open(url, Clock.systemUTC()));
    }

    @Override
    public Database again() {
        return Database.open(url, Clock.systemUTC());
    }

    @Override
    public void sql(String... texts) {
        try (var connection = DriverManager.getConnection(url + "?foreign_keys=true");
                var statement = connection.createStatement()) {
            for (var text : texts) {
                statement.execute(text);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The names of all tables that match, in their order. */
    public List<String> tables(String pattern) {
        return Jdbi.create(url)
                .withHandle(h -> h.createQuery("select name from sqlite_schema where type = 'table' order by name")
                        .mapTo(String.class)
                        .filter(name -> name.matches(pattern))
                        .list());
    }

    /** The names of a table's columns with commas between them, as this version of the schema has them. */
    public String columns(String table) {
        return Jdbi.create(url)
                .withHandle(h -> h.createQuery("select group_concat(name) from pragma_table_info(:table)")
                        .bind("table", table)
                        .mapTo(String.class)
                        .one());
    }

    @Override
    public void close() {
        database.close();
    }
}
