package dev.playcall.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Hashes of files and folders, links followed as Ansible follows them. */
final class FolderHash {
    /** Ours, written after each run; and what tools leave behind that is never executed. */
    private static final List<String> PASSED_OVER = List.of("status.yml", ".git", "__pycache__");

    private FolderHash() {}

    /** What is said of one file. */
    private interface Said {
        String of(Path file) throws IOException;
    }

    /** Names, kinds and contents of everything below each entry of a folder: one part for each. */
    static void each(Path folder, String label, Map<String, String> parts) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (var entry : entries.sorted().toList()) {
                var name = Trust.name(entry);
                if (!isPassedOver(name)) {
                    parts.put(label + name, whole(entry, FolderHash::content));
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
    static String installed(Path folder) {
        try {
            return whole(folder, f -> Files.getAttribute(f, "unix:ctime") + " " + Files.size(f));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPassedOver(String name) {
        return PASSED_OVER.contains(name)
                || name.startsWith("status.yml.")
                || name.startsWith(".status")
                || name.startsWith(PlaybookFiles.DRAFT);
    }

    private static String content(Path file) throws IOException {
        return HexFormat.of().formatHex(digest().digest(Files.readAllBytes(file)));
    }

    private static String whole(Path entry, Said said) throws IOException {
        var digest = digest();
        try (Stream<Path> found = Files.walk(entry, FileVisitOption.FOLLOW_LINKS)) {
            for (var path : found.filter(p -> below(entry, p)).sorted().toList()) {
                boolean file = Files.isRegularFile(path);
                add(digest, (file ? "file " : "folder ") + entry.relativize(path));
                if (file) {
                    add(digest, said.of(path));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static boolean below(Path entry, Path path) {
        for (var name : entry.relativize(path)) {
            if (PASSED_OVER.contains(name.toString())) {
                return false;
            }
        }
        return true;
    }

    /** With its length before it, so that no two lists of texts look the same. */
    private static void add(MessageDigest digest, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    static String text(String text) {
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
