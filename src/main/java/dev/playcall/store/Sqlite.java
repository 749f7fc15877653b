package dev.playcall.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.playcall.store.sql.Dialect;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** How SQLite is opened: WAL, one connection that writes, four that cannot. */
record Sqlite(String url) implements Backend {
    private static final String PREFIX = "jdbc:sqlite:";
    static final String MIGRATIONS = "dev/playcall/store/migration/sqlite";
    private static final int BUSY_MILLIS = 10_000;

    static Sqlite of(String url) {
        if (!url.startsWith(PREFIX)) {
            throw new IllegalStateException(
                    "store.url: \"" + url
                            + "\" is not supported (jdbc:sqlite:data/playcall.db is, and jdbc:postgresql://db.example.com/playcall)");
        }
        var name = url.substring(PREFIX.length()).replaceFirst("\\?.*", "");
        if (name.isBlank() || name.startsWith(":") || name.startsWith("file:")) {
            throw new IllegalStateException(
                    "store.url: \"" + url + "\" names no file (jdbc:sqlite:data/playcall.db does)");
        }
        makePrivate(Path.of(name));
        return new Sqlite(url);
    }

    private static void makePrivate(Path file) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            EmptyDatabase.into(file);
            createPrivate(file);
        } catch (FileAlreadyExistsException e) {
            // the usual case
        } catch (IOException e) {
            throw new IllegalStateException("the database file " + file + " cannot be made: " + e, e);
        }
    }

    /** Created by us and not by SQLite, so that nobody else can read it from its first byte on. */
    static void createPrivate(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Whether the file is no database, or was one: cut off, or written over. */
    private static boolean isDamaged(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            // The lower byte is the error, the upper ones say more of it.
            if (cause instanceof SQLiteException e
                    && ((e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_CORRUPT.code
                            || e.getResultCode() == SQLiteErrorCode.SQLITE_NOTADB)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes the write lock once: the pool would hide a held lock or a broken file behind a timeout of its own. SQLite does not
     * wait for a process that is just opening or closing the database for the last time, so that is tried again.
     */
    @Override
    public void probe() throws SQLException {
        long begun = System.nanoTime();
        while (true) {
            try {
                takeWriteLock();
                return;
            } catch (SQLiteException e) {
                boolean busy = (e.getResultCode().code & 0xff) == SQLiteErrorCode.SQLITE_BUSY.code;
                if (!busy || System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS)) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    private void takeWriteLock() throws SQLException {
        try (var connection = source(config()).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("begin immediate");
            statement.execute("rollback");
        }
    }

    @Override
    public HikariDataSource writer() {
        var config = config();
        // FULL: what was accepted must survive a power cut. IMMEDIATE: a transaction waits at its start, never half
        // way.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        return pool(config, 1, "store-writer", "pragma query_only = 0");
    }

    @Override
    public HikariDataSource readers() {
        return pool(config(), 4, "store-reader", "pragma query_only = 1");
    }

    /** Of the file and of its log; nothing for a database that has none. */
    @Override
    public long bytes(Jdbi readers) {
        var path = url.replaceFirst("^jdbc:sqlite:(file:)?", "").replaceFirst("\\?.*", "");
        return size(Path.of(path)) + size(Path.of(path + "-wal"));
    }

    private static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** On a connection of its own: a copy takes long, only reads, and yet is nothing that a reader may do. */
    @Override
    public void copy(Path to) throws SQLException {
        try (var connection = source(config()).getConnection();
                var vacuum = connection.prepareStatement("vacuum into ?")) {
            vacuum.setString(1, to.toString());
            vacuum.execute();
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public Optional<String> server(Jdbi readers) {
        return Optional.empty();
    }

    @Override
    public String shown() {
        return url;
    }

    /** Flyway looks through all classes before it finds that there is nothing to do, which would cost each command a third. */
    @Override
    public void migrate(HikariDataSource writer) throws SQLException {
        var done = Schema.history(writer);
        if (done.isEmpty() || !done.equals(EmptyDatabase.history())) {
            Schema.migrate(writer, MIGRATIONS);
        }
    }

    @Override
    public String explain(Throwable fault) {
        return rootMessage(fault) + (isDamaged(fault) ? "; restore a backup: ./playcall restore --force FILE" : "");
    }

    /** The first line of what the innermost cause says. */
    static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        var message = root.getMessage();
        return message == null ? root.toString() : message.lines().findFirst().orElse(message);
    }

    private static SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }

    private HikariDataSource pool(SQLiteConfig sqlite, int size, String name, String init) {
        var config = new HikariConfig();
        config.setDataSource(source(sqlite));
        config.setMaximumPoolSize(size);
        config.setPoolName(name);
        config.setConnectionInitSql(init);
        config.setConnectionTimeout(60_000);
        return new HikariDataSource(config);
    }

    private DataSource source(SQLiteConfig config) {
        var source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }
}
