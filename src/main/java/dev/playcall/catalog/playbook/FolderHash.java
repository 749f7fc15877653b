package dev.playcall.catalog.playbook;

import dev.playcall.catalog.file.FilePermissionCheck;
import dev.playcall.catalog.layout.FetchedInventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Hashes of files and folders, links followed as Ansible follows them. Everything counts that a task can read or copy: contents,
 * modes, where links lead, and Python's byte code, which is executed instead of the source beside it.
 */
public final class FolderHash {
    /** Written after each run, and moved into place. */
    private static final Set<String> STATUS = Set.of("status.yml", ".status.yml.new", FetchedInventory.STATE);

    private FolderHash() {}

    /** What is said of one file. */
    private interface Described {
        String of(Path file) throws IOException;

        /** Whether it is looked at. */
        default boolean counts(Path path) {
            return true;
        }
    }

    /** A file of an inventory. */
    private static final class InventoryText implements Described {
        @Override
        public String of(Path file) throws IOException {
            var text = InstalledVenvs.text(file);
            return InstalledVenvs.areIn(text) ? text(InstalledVenvs.without(text)) : content(file);
        }

        @Override
        public boolean counts(Path path) {
            return !InstalledVenvs.areAll(path);
        }
    }

    /** Names, kinds, modes and contents of everything below each entry of a folder: one part for each. */
    public static void each(Path folder, String label, Map<String, String> parts) {
        each(folder, label, _ -> false, parts);
    }

    /** Names, kinds, modes and contents of a file, or of everything below a folder. */
    public static String whole(Path file) {
        try {
            return whole(file, FolderHash::content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same for the folder of an environment, in which Playcall itself keeps {@code status.yml} and {@code installed_venvs}: neither
     * counts.
     */
    public static void environment(Path folder, String label, Map<String, String> parts) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (var entry : entries.sorted().toList()) {
                if (!STATUS.contains(FilePermissionCheck.name(entry)) && !isOurs(entry)) {
                    parts.put(label + FilePermissionCheck.name(entry), inventory(entry));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same for one file of an inventory, or for a folder of them. */
    public static String inventory(Path entry) {
        try {
            return whole(entry, new InventoryText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether Playcall itself writes this file into the folder of an environment. */
    public static boolean isStatus(Path file) {
        return STATUS.contains(FilePermissionCheck.name(file));
    }

    /** What is in a file, without {@code installed_venvs}; empty for one of that variable alone. */
    public static String ofText(Path file) throws IOException {
        var text = InstalledVenvs.text(file);
        var rest = InstalledVenvs.without(text);
        return text.length() > rest.length() && rest.isBlank() ? "" : text(rest);
    }

    /** Whether it was made for that variable alone, {@code host_vars/web-1.yml} and its folder. */
    private static boolean isOurs(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            try (var inside = Files.list(entry)) {
                var all = inside.toList();
                return !all.isEmpty()
                        && FilePermissionCheck.name(entry).equals("host_vars")
                        && all.stream().allMatch(InstalledVenvs::areAll);
            }
        }
        return InstalledVenvs.areAll(entry);
    }

    /** The same without the entries that are {@code apart}. */
    public static void each(Path folder, String label, Predicate<Path> apart, Map<String, String> parts) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (var entry : entries.sorted().toList()) {
                if (!apart.test(entry)) {
                    parts.put(label + FilePermissionCheck.name(entry), whole(entry, FolderHash::content));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same for a whole folder, which may be large: of a file counts what changes whenever it is written. Its inode says
     * when that was, and no program can set that back.
     */
    public static String installed(Path folder) {
        try {
            return whole(folder, FolderHash::written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same where others may have installed it at another time: names and sizes. */
    public static String sizes(Path folder) {
        try {
            return whole(folder, file -> Long.toString(Files.size(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String written(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ctime") + " " + Files.size(file);
    }

    /** The objects of git can be many, and git never writes one again. */
    private static String content(Path file) throws IOException {
        return file.toString().contains("/.git/objects/")
                ? written(file)
                : HexFormat.of().formatHex(digest().digest(Files.readAllBytes(file)));
    }

    private static String whole(Path entry, Described described) throws IOException {
        var digest = digest();
        try (Stream<Path> found = Files.walk(entry, FileVisitOption.FOLLOW_LINKS)) {
            for (var path : found.filter(described::counts).sorted().toList()) {
                one(digest, entry, path, described);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void one(MessageDigest digest, Path entry, Path path, Described described) throws IOException {
        boolean file = Files.isRegularFile(path);
        add(digest, (file ? "file " : "folder ") + entry.relativize(path));
        if (Files.isSymbolicLink(path)) {
            add(digest, "link " + Files.readSymbolicLink(path));
        }
        if (Files.exists(path)) {
            add(digest, "mode " + Files.getAttribute(path, "unix:mode"));
        }
        if (file) {
            add(digest, described.of(path));
        }
    }

    /** With its length before it, so that no two lists of texts look the same. */
    private static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    public static String text(String text) {
        return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
