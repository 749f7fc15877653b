package dev.playcall.content.galaxy;

import dev.playcall.content.ListDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What requirements name that is on this machine: archives, folders, repositories. A new content is another requirement. */
final class LocalArchives {
    private static final String LOCAL = "file://";

    /** By path, size and times of a file: large ones are read once. */
    private final Map<String, String> known = new ConcurrentHashMap<>();

    /** From where relative paths count: beside the file if they are there, else the project. */
    static Path base(Path beside, Path project, List<String> sources) {
        boolean there = sources.stream().filter(LocalArchives::isPath).anyMatch(s -> Files.exists(beside.resolve(s)));
        return there ? beside : project;
    }

    private static boolean isPath(String source) {
        return !source.contains("://")
                && !source.contains("@")
                && !source.contains(",")
                && (source.contains("/") || source.endsWith(".tar.gz"));
    }

    /** Changes when what this source stands for does, as far as it is on this machine. */
    String of(Path base, String source) throws IOException {
        var found = path(base, source);
        try {
            return found.isEmpty()
                    ? source
                    : source + " " + (Files.isDirectory(found.get()) ? folder(found.get()) : file(found.get()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<Path> path(Path base, String source) {
        var text = source.replaceFirst("^git\\+", "").replaceFirst("[,#].*$", "");
        try {
            if (text.startsWith(LOCAL)) {
                return Optional.of(Path.of(text.substring(LOCAL.length()))).filter(Files::exists);
            }
            return isPath(text) ? Optional.of(base.resolve(text)).filter(Files::exists) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Of a repository only what its branches and tags stand for. */
    private String folder(Path folder) throws IOException {
        var git = Stream.of(folder.resolve(".git"), folder)
                .filter(f -> Files.isDirectory(f.resolve("refs")) && Files.exists(f.resolve("HEAD")))
                .findFirst();
        var sum = new ListDigest();
        if (git.isPresent()) {
            add(sum, git.get().resolve("HEAD"));
            add(sum, git.get().resolve("packed-refs"));
            add(sum, git.get().resolve("refs"));
        } else {
            add(sum, folder);
        }
        return sum.brief();
    }

    private void add(ListDigest sum, Path entry) throws IOException {
        if (!Files.exists(entry)) {
            return;
        }
        try (Stream<Path> found = Files.walk(entry)) {
            for (var path : found.filter(Files::isRegularFile).sorted().toList()) {
                sum.add(entry.relativize(path).toString());
                sum.add(file(path));
            }
        }
    }

    private String file(Path file) throws IOException {
        var key = file + " " + Files.size(file) + " " + Files.getAttribute(file, "unix:ctime") + " "
                + Files.getAttribute(file, "unix:ino");
        var before = known.get(key);
        if (before != null) {
            return before;
        }
        var sum = new ListDigest();
        sum.add(Files.readAllBytes(file));
        var now = sum.brief();
        known.put(key, now);
        return now;
    }
}
