package dev.playcall.venv;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * The environments of this machine: {@code .store/<requirements>}, and a link to it for each specification. The programs of an
 * environment know where it lies, so it is made in its place; what marks it whole is written last.
 */
final class VenvStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = ".playcall.json";
    private static final String DRAFT = ".new-";

    private final Path folder;
    private final Path store;

    VenvStore(Path folder) {
        this.folder = folder;
        this.store = folder.resolve(".store");
    }

    /** Where the links are. */
    Path folder() {
        return folder;
    }

    /** Where the next one of these requirements is made: a new one never takes the place of one that is used. */
    Path next(String requirements) throws IOException {
        var numbers = numbers(requirements);
        int next = numbers.isEmpty() ? 1 : numbers.lastKey() + 1;
        return store.resolve(next == 1 ? requirements : requirements + "-" + next);
    }

    /** The newest whole one of these requirements. */
    Optional<InstalledVenv> current(String requirements) throws IOException {
        for (var path : numbers(requirements).descendingMap().values()) {
            var found = read(path, Map.of());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private NavigableMap<Integer, Path> numbers(String requirements) throws IOException {
        var found = new TreeMap<Integer, Path>();
        var pattern = Pattern.compile(Pattern.quote(requirements) + "(?:-([1-9]\\d{0,8}))?");
        for (var path : FileTrees.in(store)) {
            var matcher = pattern.matcher(path.toFile().getName());
            if (matcher.matches()) {
                found.put(matcher.group(1) == null ? 1 : Integer.parseInt(matcher.group(1)), path);
            }
        }
        return found;
    }

    /** Marks one as whole. */
    void finish(Path path, String python, VenvLock lock, Instant now) throws IOException {
        var mark = JSON.createObjectNode().put("python", python).put("installed", now.toString());
        lock.packages().forEach(mark.putArray("lock")::add);
        lock.collections().forEach(mark.putArray("collections")::add);
        var draft = path.resolve(DRAFT + "mark");
        Files.writeString(draft, mark.toString());
        Files.setLastModifiedTime(draft, FileTime.from(now));
        Files.move(draft, path.resolve(MARK), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Has the name of a specification lead to this one. */
    void link(String name, Path path) throws IOException {
        var draft = folder.resolve(DRAFT + UUID.randomUUID());
        Files.createSymbolicLink(draft, folder.relativize(path));
        Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The one that the name of a specification leads to. */
    Optional<InstalledVenv> find(String name) throws IOException {
        var link = folder.resolve(name);
        return Files.isSymbolicLink(link) && target(link).startsWith(store)
                ? read(target(link), Map.of(target(link), List.of(name)))
                : Optional.empty();
    }

    private Path target(Path link) throws IOException {
        return folder.resolve(Files.readSymbolicLink(link)).normalize();
    }

    /** All that are whole. */
    List<InstalledVenv> all() throws IOException {
        var names = new TreeMap<Path, List<String>>();
        for (var link : FileTrees.in(folder)) {
            if (Files.isSymbolicLink(link)) {
                names.computeIfAbsent(target(link), _ -> new ArrayList<>())
                        .add(link.toFile().getName());
            }
        }
        var found = new ArrayList<InstalledVenv>();
        for (var path : FileTrees.in(store)) {
            read(path, names).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<InstalledVenv> read(Path path, Map<Path, List<String>> names) throws IOException {
        var mark = path.resolve(MARK);
        if (!Files.isRegularFile(mark)) {
            return Optional.empty();
        }
        var json = JSON.readTree(Files.readString(mark));
        return Optional.of(new InstalledVenv(
                names.getOrDefault(path, List.of()),
                path.toFile().getName(),
                path,
                json.path("python").asText(),
                new VenvLock(texts(json.path("lock")), texts(json.path("collections"))),
                Instant.parse(json.path("installed").asText()),
                Files.getLastModifiedTime(mark).toInstant(),
                0));
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(t -> texts.add(t.asText()));
        return texts;
    }

    /** Says that it is used. */
    void touch(InstalledVenv venv, Instant now) throws IOException {
        Files.setLastModifiedTime(venv.path().resolve(MARK), FileTime.from(now));
    }

    /** Removes what was left half-made: nobody else may be at work. */
    void clear() throws IOException {
        Files.createDirectories(store);
        FileTrees.clear(folder, DRAFT);
        for (var path : FileTrees.in(store)) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path.resolve(MARK))) {
                FileTrees.delete(path);
            }
        }
    }

    /** Removes one with the names that lead to it. */
    void remove(InstalledVenv venv) throws IOException {
        for (var name : venv.names()) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.deleteIfExists(venv.path().resolve(MARK));
        FileTrees.delete(venv.path());
    }

    /** Whether a program of it works: a run that began before the name led to another one. */
    static boolean isInUse(Path path) {
        var mark = path + "/";
        try (var all = ProcessHandle.allProcesses()) {
            return all.anyMatch(p -> commandLine(p.pid()).contains(mark));
        }
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it ended meanwhile
        }
    }

    /** What its files take, in bytes. */
    static long size(Path path) throws IOException {
        var size = new AtomicLong();
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                size.addAndGet(attributes.isRegularFile() ? attributes.size() : 0);
                return FileVisitResult.CONTINUE;
            }
        });
        return size.get();
    }
}
