package dev.playcall.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;

/** A database in a file of its own. */
record SqliteFile(String url, Database database) implements AutoCloseable {
    static SqliteFile in(Path folder) {
        var url = "jdbc:sqlite:" + folder.resolve("playcall.db");
        return new SqliteFile(url, Database.open(url, Clock.systemUTC()));
    }

    Database again() {
        return Database.open(url, Clock.systemUTC());
    }

    void sql(String text) {
        try (var connection = DriverManager.getConnection(url + "?foreign_keys=true");
                var statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
