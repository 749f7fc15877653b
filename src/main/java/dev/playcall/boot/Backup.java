package dev.playcall.boot;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.file.FileTrees;
import dev.playcall.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * One file with what a gateway cannot do without: the database, the head of the audit log, and unless they are left out
 * the keys. Nobody but its owner may read it.
 */
public record Backup(Path data) {
    public static final String DATABASE = "playcall.db";
    public static final String HEAD = "audit.head";
    static final String KEYS = "keys/";
    private static final String LABEL = "backup.json";
    private static final Pattern KNOWN =
            Pattern.compile("playcall\\.db|audit\\.head|backup\\.json|keys/[A-Za-z0-9_-][\\w.-]*");
    private static final FileAttribute<?> MINE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int TRIES = 5;

    /** Writes it while the gateway works. */
    public void write(Database database, Path to, boolean withKeys, Instant now) throws IOException {
        var folder = Files.createTempDirectory(data, "backup-", OURS);
        try {
            var files = copies(database, folder.resolve(DATABASE), withKeys);
            Files.createFile(to, MINE);
            try (var zip = new ZipOutputStream(Files.newOutputStream(to))) {
                var label = Map.of("format", 1, "made", now.toString(), "keys", withKeys);
                add(zip, LABEL, new ObjectMapper().writeValueAsBytes(label));
                for (var file : files.entrySet()) {
                    add(zip, file.getKey(), file.getValue());
                }
                add(zip, DATABASE, folder.resolve(DATABASE));
            } catch (IOException e) {
                Files.deleteIfExists(to);
                throw e;
            }
        } finally {
            delete(folder);
        }
    }

    /**
     * The database may be newer than the head, which proves all the same; it must not be older. Keys are changed by
     * {@code secret rotate} together with what they close, so it is done again when they were.
     */
    private SortedMap<String, byte[]> copies(Database database, Path copy, boolean withKeys) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            var before = small(withKeys);
            Files.deleteIfExists(copy);
            database.backup(copy);
            var after = small(withKeys);
            boolean headed = before.containsKey(HEAD) || !after.containsKey(HEAD);
            if (headed && sameKeys(before, after)) {
                return before;
            }
        }
        throw new IOException("the keys changed during the backup; try again");
    }

    private static boolean sameKeys(Map<String, byte[]> before, Map<String, byte[]> after) {
        return before.keySet().stream()
                        .filter(n -> n.startsWith(KEYS))
                        .allMatch(n -> Arrays.equals(before.get(n), after.get(n)))
                && after.keySet().stream().filter(n -> n.startsWith(KEYS)).allMatch(before::containsKey);
    }

    private SortedMap<String, byte[]> small(boolean withKeys) throws IOException {
        var found = new TreeMap<String, byte[]>();
        read(data.resolve(HEAD)).ifPresent(b -> found.put(HEAD, b));
        if (withKeys && Files.isDirectory(data.resolve("keys"))) {
            try (Stream<Path> keys = Files.list(data.resolve("keys"))) {
                for (var key : keys.filter(Files::isRegularFile).toList()) {
                    read(key).ifPresent(b -> found.put(KEYS + key.getFileName(), b));
                }
            }
        }
        return found;
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    /** Unpacks it into a new folder that nobody else may look into; empty when it is no backup. */
    public Optional<Path> unpack(Path from) throws IOException {
        try (var zip = new ZipFile(from.toFile())) {
            if (zip.getEntry(LABEL) == null || zip.getEntry(DATABASE) == null) {
                return Optional.empty();
            }
            var folder = Files.createTempDirectory(data, "restore-", OURS);
            Files.createDirectory(folder.resolve("keys"), OURS);
            for (var entry : zip.stream()
                    .filter(e -> KNOWN.matcher(e.getName()).matches())
                    .toList()) {
                unpack(zip, entry, Files.createFile(folder.resolve(entry.getName()), MINE));
            }
            return Optional.of(folder);
        } catch (ZipException e) {
            return Optional.empty();
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path file) throws IOException {
        try (var in = zip.getInputStream(entry);
                var out = Files.newOutputStream(file)) {
            in.transferTo(out);
        }
    }

    public static void delete(Path folder) {
        try {
            FileTrees.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " could not be removed", e);
        }
    }

    /** Moves a file or folder, when it is there. */
    public static void move(Path from, Path to) throws IOException {
        if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
