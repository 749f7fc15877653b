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
import java.util.SortedMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;

/** How PostgreSQL is opened: one connection that writes, some that cannot. */
record Postgres(String url) implements Backend {
    private static final String PREFIX = "jdbc:postgresql://";
    private static final String MIGRATIONS = "dev/playcall/store/migration/postgresql";
    /** The letters "gateway!", in a number: the advisory lock that the connection of a gateway holds. */
    private static final long GATEWAY = 0x6761746577617921L;

    private static final String LOCKED = """
        do $$ begin
          if not pg_try_advisory_lock%s(%d) then
            raise exception 'another gateway uses this database%s';
          end if;
        end $$\
        """;

    private static final String ALONE =
            LOCKED.formatted("", GATEWAY, "; stop it first, or set cluster.enabled for both");
    private static final String SHARED =
            LOCKED.formatted("_shared", GATEWAY, " without cluster.enabled; set it there, or stop it first")
                    + "; select set_config('playcall.node', '%s', false)";
    /** How long a gateway that was killed may still be connected. */
    private static final int GONE_MILLIS = 10_000;

    /** A server gives up a client that is out of reach after a minute, and with it the lock. */
    private static final String KEEPALIVES =
            "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3";

    /** So long somebody waits for a free connection, and for a server that is away. */
    private static final int READ_WAIT_MILLIS = 5_000;

    private static final int WRITE_WAIT_MILLIS = 30_000;
    private static final int CONNECT_SECONDS = 10;
    private static final int OLDEST = 15;
    private static final int READERS = 8;

    static boolean isNamedBy(String url) {
        return url.startsWith("jdbc:postgresql:");
    }

    static Postgres of(String url) {
        var rest = url.startsWith(PREFIX) ? withoutOptions(url).substring(PREFIX.length()) : "";
        if (rest.contains("@")) {
            throw new IllegalStateException(
                    "store.url: there is a user in the address; write jdbc:postgresql://db.example.com/playcall, and the"
                            + " user and the password as store.user and store.password");
        }
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

    @Override
    public void refuseUnfinished(HikariDataSource writer) throws SQLException {
        try (var connection = writer.getConnection()) {
            if (EmptyPostgres.isUnfinished(connection)) {
                throw new IllegalStateException(
                        "a migrate or restore into it did not reach its end; re-run it, which begins anew");
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
        return new HikariDataSource(config(1, "store-writer", false));
    }

    /** Whatever takes the place of its connection holds the lock as well, or nothing is written. */
    @Override
    public HikariDataSource gatewayWriter(Optional<String> sharedAs) {
        var config = config(1, "store-writer", false);
        config.setConnectionInitSql(sharedAs.map(SHARED::formatted).orElse(ALONE));
        config.setInitializationFailTimeout(GONE_MILLIS);
        return new HikariDataSource(config);
    }

    @Override
    public HikariDataSource readers() {
        return new HikariDataSource(config(READERS, "store-reader", true));
    }

    private HikariConfig config(int size, String name, boolean readOnly) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setDataSourceProperties(options());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setPoolName(name);
        config.setReadOnly(readOnly);
        config.setConnectionTimeout(readOnly ? READ_WAIT_MILLIS : WRITE_WAIT_MILLIS);
        return config;
    }

    private static Properties options() {
        var options = new Properties();
        options.setProperty("ApplicationName", "playcall");
        options.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        options.setProperty("tcpKeepAlive", "true");
        options.setProperty("options", KEEPALIVES);
        return options;
    }

    /** Beside the pools: who listens keeps its connection. */
    @Override
    public Optional<DataSource> notices() {
        var source = new PGSimpleDataSource();
        source.setURL(url);
        source.setApplicationName("playcall");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setTcpKeepAlive(true);
        source.setOptions(KEEPALIVES);
        return Optional.of(source);
    }

    /** Flyway holds a lock on one connection while it works on another one. */
    @Override
    public void migrate(HikariDataSource writer) {
        try (var several = new HikariDataSource(config(3, "store-migration", false))) {
            Schema.migrate(several, MIGRATIONS);
        }
    }

    @Override
    public Optional<String> server(Jdbi readers) {
        return Optional.of("PostgreSQL "
                + readers.withHandle(h ->
                        h.createQuery("show server_version").mapTo(String.class).one()));
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

    /** As it was at one moment, into a file of SQLite. */
    @Override
    public void copy(Path to) throws SQLException {
        try (var connection = DriverManager.getConnection(url, options())) {
            PostgresCopies.write(connection, to);
        }
    }

    /** See {@link PostgresCopies#fill}. */
    SortedMap<String, Long> fill(Sqlite from, Runnable check) throws SQLException {
        try (var pool = gatewayWriter(Optional.empty());
                var connection = pool.getConnection()) {
            return PostgresCopies.fill(connection, () -> migrate(pool), from, check);
        }
    }

    @Override
    public String explain(Throwable fault) {
        var refused = refusal(fault);
        var state = refused.map(SQLException::getSQLState).orElse("");
        return Sqlite.rootMessage(refused.map(Postgres::last).orElse(fault)).replaceFirst("^(?:FATAL|ERROR): ", "")
                + switch (state) {
                    case "3D000" -> " (create database … owner … encoding 'UTF8')";
                    case "28P01", "28000" -> " (store.user and store.password)";
                    case "42501" -> " (the user has to own the database)";
                    default -> "";
                };
    }

    /** Without what it was caused by: "Connection refused" does not say which. */
    private static Throwable last(SQLException refused) {
        return new SQLException(refused.getMessage());
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
