package dev.playcall.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A PostgreSQL server in a folder of its own, which writes nothing safely and is fast therefore. It ends with the process that
 * started it, however that ends: its shell waits for the end of its input.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    /** Of Debian's package; the server does not work as root. */
    public static final String USER = "postgres";
    /** With what has to be written otherwise in a URL. */
    public static final String PASSWORD = "p&ss wörd";

    private static final String UNTIL_INPUT_ENDS = """
        "$@" >&2 &
        server=$!
        cat >/dev/null
        kill -QUIT $server
        wait $server
        rm -rf "$0\"""";

    private final Path folder;
    private final int port;
    private final Process shell;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Path folder, int port, Process shell) {
        this.folder = folder;
        this.port = port;
        this.shell = shell;
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();
    }

    /** The one of this process; whoever asks is skipped where PostgreSQL is not installed. */
    public static PostgresServer shared() {
        assumeThat(programs())
                .as("PostgreSQL is not installed: apt-get install postgresql")
                .isPresent();
        return Shared.SERVER;
    }

    private static Optional<Path> programs() {
        try (var versions = Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.<Path>empty()) {
            return versions.map(v -> v.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static PostgresServer start() {
        try {
            var bin = programs().orElseThrow();
            var folder = Files.createTempDirectory("postgres");
            var data = folder.resolve("data").toString();
            if (isRoot()) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
            }
            int port = freePort();
            Files.writeString(folder.resolve("password"), PASSWORD);
            run(
                    folder,
                    bin + "/initdb -D " + data + " -N -A scram-sha-256 --pwfile=password -U " + USER
                            + " -E UTF8 --locale=C.UTF-8");
            var server = new PostgresServer(folder, port, serve(folder, bin, data, port));
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process serve(Path folder, Path bin, String data, int port) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", UNTIL_INPUT_ENDS, folder.toString()));
        command.addAll(unprivileged());
        command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data, "-p", "" + port));
        for (var setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "full_page_writes=off",
                "synchronous_commit=off",
                "max_connections=300",
                "shared_buffers=32MB")) {
            command.addAll(List.of("-c", setting));
        }
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static List<String> unprivileged() {
        return isRoot() ? List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups") : List.of();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(Path folder, String command) throws IOException {
        var all = new ArrayList<>(unprivileged());
        all.addAll(List.of(command.split(" ")));
        var log = folder.resolve("initdb.log");
        var process = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }

    private void awaitReady() throws IOException {
        long begun = System.nanoTime();
        while (true) {
            try (var _ = DriverManager.getConnection(url("postgres"))) {
                return;
            } catch (SQLException e) {
                if (!shell.isAlive() || System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(60)) {
                    throw new IllegalStateException(Files.readString(folder.resolve("log")), e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
    }

    /** Without who logs in. */
    public String place(String database) {
        return place(database, port);
    }

    /** The same through another port, as of a {@link TcpProxy}. */
    public String place(String database, int through) {
        return "jdbc:postgresql://127.0.0.1:" + through + "/" + database;
    }

    /**
     * What a gateway has in its environment that uses a database.
     *
     * @param place as of {@link #place}
     */
    public static Map<String, String> settings(String place) {
        return Map.of("PLAYCALL_STORE_URL", place, "PLAYCALL_STORE_USER", USER, "PLAYCALL_STORE_PASSWORD", PASSWORD);
    }

    /** The same for one that shares the database with others. */
    public static Map<String, String> settings(String place, String node) {
        var settings = new HashMap<>(settings(place));
        settings.put("PLAYCALL_CLUSTER_ENABLED", "true");
        settings.put("PLAYCALL_CLUSTER_NODE", node);
        return settings;
    }

    public int port() {
        return port;
    }

    public String url(String database) {
        return place(database) + "?user=" + USER + "&password=" + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
    }

    /** The name of a new database in which there is nothing. */
    public String create() {
        var name = "test" + databases.incrementAndGet();
        sql("create database " + name + " template template0");
        return name;
    }

    /** On the database of the server itself. */
    public void sql(String statement) {
        try (var connection = DriverManager.getConnection(url("postgres"));
                var made = connection.createStatement()) {
            made.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** At once; nothing stays behind. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            shell.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
