package dev.playcall.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** How SQLite is opened: WAL, one connection that writes, four that cannot. */
record Sqlite(String url) {
    private static final String PREFIX = "jdbc:sqlite:";
    private static final int BUSY_MILLIS = 10_000;

    static Sqlite of(String url) {
        if (!url.startsWith(PREFIX)) {
            throw new IllegalStateException(
                    "store.url: \"" + url + "\" is not supported (jdbc:sqlite:data/playcall.db is)");
        }
        var file = Path.of(url.substring(PREFIX.length()));
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            // Created by us and not by SQLite, so that nobody else can read it from its first byte on.
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // the usual case
        } catch (IOException e) {
            throw new IllegalStateException("the database file " + file + " cannot be made: " + e.getMessage(), e);
        }
        return new Sqlite(url);
    }

    HikariDataSource writer() {
        var config = config();
        // FULL: what was accepted must survive a power cut. IMMEDIATE: a transaction waits at its start, never half
        // way.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return pool(config, 1, "store-writer", "pragma query_only = 0");
    }

    HikariDataSource readers() {
        return pool(config(), 4, "store-reader", "pragma query_only = 1");
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    private HikariDataSource pool(SQLiteConfig sqlite, int size, String name, String init) {
        var source = new SQLiteDataSource(sqlite);
        source.setUrl(url);
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setPoolName(name);
        config.setConnectionInitSql(init);
        config.setConnectionTimeout(60_000);
        return new HikariDataSource(config);
    }
}
