package dev.playcall.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The database of a new installation, made once by the build: by the same migrations that bring an old one up to date, which
 * take longer than everything else of a first start. Where there is none, as after a build without Maven, they are applied
 * as ever.
 */
final class EmptyDatabase {
    private static final String DATABASE = "empty.db";
    private static final String HISTORY = "empty.history";
    private static final String SOURCES = "empty.sources";

    private EmptyDatabase() {}

    /** @param arguments the folder with the compiled classes */
    public static void main(String[] arguments) throws IOException, SQLException {
        var place = Files.createDirectories(Path.of(arguments[0], "dev/playcall/store"));
        var scratch = Files.createTempDirectory("empty");
        delete(place, DATABASE, HISTORY, SOURCES);
        var file = scratch.resolve("new.db");
        var copy = scratch.resolve(DATABASE);
        var sqlite = Sqlite.of("jdbc:sqlite:" + file);
        try (var database = Database.open(sqlite.url(), Clock.systemUTC());
                var pool = sqlite.readers()) {
            database.backup(copy);
            Files.writeString(place.resolve(HISTORY), Schema.history(pool).orElseThrow());
        }
        forgetTimes(copy);
        Files.writeString(place.resolve(SOURCES), sources(Path.of(arguments[0], Sqlite.MIGRATIONS)));
        Files.move(copy, place.resolve(DATABASE));
        delete(scratch, "new.db", "new.db-wal", "new.db-shm");
        Files.delete(scratch);
    }

    /** Flyway notes when each migration was applied and how long it took; without, every build makes the same bytes. */
    private static void forgetTimes(Path copy) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                var statement = connection.createStatement()) {
            statement.executeUpdate("update flyway_schema_history set installed_on = '2026-01-01 00:00:00.000',"
                    + " installed_by = '', execution_time = 0");
        }
    }

    private static void delete(Path folder, String... names) throws IOException {
        for (var name : names) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    /** The history of a database that is up to date; empty when this build did not say. */
    static Optional<String> history() {
        return isCurrent() ? resource(HISTORY).map(b -> new String(b, StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** Puts it where there is nothing yet: whole, private and on the disk, or not at all. */
    static void into(Path file) throws IOException {
        var content = isCurrent() ? resource(DATABASE) : Optional.<byte[]>empty();
        if (content.isEmpty() || Files.exists(file)) {
            return;
        }
        var draft = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            Sqlite.createPrivate(draft);
            try (var out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                for (var left = ByteBuffer.wrap(content.get()); left.hasRemaining(); ) {
                    out.write(left);
                }
                out.force(true);
            }
            // Unlike a move, a link never takes the place of what another process has put there meanwhile.
            Files.createLink(file, draft);
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Somebody was first, or this file system has no links: then the migrations make it.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Classes in a folder may be newer than what was made of them; a jar is made at once. */
    private static boolean isCurrent() {
        var url = url(SOURCES);
        if (url == null || !url.getProtocol().equals("file")) {
            return url != null;
        }
        var migrations = Path.of(URI.create(url.toString())).resolveSibling("migration/sqlite");
        return resource(SOURCES)
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .equals(Optional.of(sources(migrations)));
    }

    private static String sources(Path folder) {
        var sums = new TreeMap<String, Long>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var sum = new CRC32();
                sum.update(Files.readAllBytes(file));
                sums.put(file.getFileName().toString(), sum.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sums.toString();
    }

    private static @Nullable URL url(String name) {
        return EmptyDatabase.class.getResource(name);
    }

    private static Optional<byte[]> resource(String name) {
        try (var in = EmptyDatabase.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
