package dev.playcall.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.playcall.store.sql.Dialect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** How PostgreSQL is opened: one connection that writes, some that cannot. */
record Postgres(String url) implements Backend {
    private static final String PREFIX = "jdbc:postgresql://";
    private static final String MIGRATIONS = "dev/playcall/store/migration/postgresql";
    private static final int OLDEST = 15;
    private static final int READERS = 8;

    static boolean isNamedBy(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    static Postgres of(String url) {
        var rest = url.startsWith(PREFIX) ? withoutOptions(url).substring(PREFIX.length()) : "";
        int slash = rest.indexOf('/');
        if (slash <= 0 || slash == rest.length() - 1) {
            throw new IllegalStateException("store.url: \"" + withoutOptions(url)
                    + "\" names no database (jdbc:postgresql://db.example.com/playcall?user=playcall does)");
        }
        return new Postgres(url);
    }

    private static String withoutOptions(String url) {
        return url.replaceFirst("\\?.*", "");
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public String shown() {
        return withoutOptions(url);
    }

    @Override
    public void probe() throws SQLException {
        try (var connection = DriverManager.getConnection(url, options())) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < OLDEST) {
                throw new IllegalStateException("it is PostgreSQL "
                        + connection.getMetaData().getDatabaseProductVersion() + ", and " + OLDEST
                        + " or newer is needed");
            }
            var encoding = text(connection, "show server_encoding");
            if (!encoding.equals("UTF8")) {
                throw new IllegalStateException("its encoding is " + encoding
                        + ", and UTF8 is needed (create database … encoding 'UTF8' template template0)");
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Override
    public HikariDataSource writer() {
        return pool(1, "store-writer", false);
    }

    @Override
    public HikariDataSource readers() {
        return pool(READERS, "store-reader", true);
    }

    private HikariDataSource pool(int size, String name, boolean readOnly) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSourceProperties(options());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setPoolName(name);
        config.setReadOnly(readOnly);
        config.setConnectionTimeout(60_000);
        return new HikariDataSource(config);
    }

    private static Properties options() {
        var options = new Properties();
        options.setProperty("ApplicationName", "playcall");
        options.setProperty("connectTimeout", "10");
        options.setProperty("tcpKeepAlive", "true");
        return options;
    }

    /** Flyway holds a lock on one connection while it works on another one. */
    @Override
    public void migrate(HikariDataSource writer) {
        try (var several = pool(3, "store-migration", false)) {
            Schema.migrate(several, MIGRATIONS);
        }
    }

    @Override
    public long bytes(Jdbi readers) {
        try {
            return readers.withHandle(h -> h.createQuery("select pg_database_size(current_database())")
                    .mapTo(Long.class)
                    .one());
        } catch (JdbiException e) {
            return 0;
        }
    }

    @Override
    public void copy(Path to) {
        throw new IllegalStateException("a PostgreSQL database is backed up with pg_dump, and data/keys with it");
    }

    @Override
    public String explain(Throwable fault) {
        var refused = refusal(fault);
        var state = refused.map(SQLException::getSQLState).orElse("");
        return Sqlite.rootMessage(refused.map(e -> (Throwable) e).orElse(fault))
                + switch (state) {
                    case "3D000" -> " (create database … owner … encoding 'UTF8')";
                    case "28P01", "28000" -> " (user and password are in store.url)";
                    case "42501" -> " (the user has to own the database)";
                    default -> "";
                };
    }

    /** What the server or the driver said, which is the last of all that has a code. */
    private static Optional<SQLException> refusal(Throwable fault) {
        var found = Optional.<SQLException>empty();
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                found = Optional.of(e);
            }
        }
        return found;
    }
}
