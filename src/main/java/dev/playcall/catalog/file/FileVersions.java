package dev.playcall.catalog.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What files were before they were changed through Playcall, the newest few of each. */
public final class FileVersions {
    private static final int MOST = 50;
    private static final String DESCRIPTION = ".meta";
    private static final Pattern NAME = Pattern.compile("[0-9]{8}-[0-9]{9}-[0-9a-f]{16}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Clock clock;

    public FileVersions(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * One that stood there.
     *
     * @param id names it; begins with the time in UTC until which it stood there
     */
    public record Version(String id, Instant until, String tag) {}

    /**
     * What stood there.
     *
     * @param tag of it, 16 hexadecimal digits
     * @param beside what a file that belongs to it said; empty where there was none
     */
    public record Kept(String tag, String text, Optional<String> beside) {}

    /** @param name of the file, relative and without {@code ..}; may have folders */
    public void keep(String name, Kept kept) throws IOException {
        var mine = Files.createDirectories(folder.resolve(name));
        var id = TIME.format(clock.instant()) + "-" + kept.tag();
        if (kept.beside().isPresent()) {
            write(mine.resolve(id + DESCRIPTION), kept.beside().get());
        }
        write(mine.resolve(id), kept.text());
        for (var old : of(name).stream().skip(MOST).toList()) {
            Files.deleteIfExists(mine.resolve(old.id()));
            Files.deleteIfExists(mine.resolve(old.id() + DESCRIPTION));
        }
    }

    private static void write(Path file, String text) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The newest first. */
    public List<Version> of(String name) throws IOException {
        var mine = folder.resolve(name);
        if (!Files.isDirectory(mine)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(mine)) {
            return files.map(FilePermissionCheck::name)
                    .filter(NAME.asMatchPredicate())
                    .sorted(Comparator.reverseOrder())
                    .map(FileVersions::version)
                    .toList();
        }
    }

    private static Version version(String id) {
        return new Version(id, TIME.parse(id.substring(0, 18), Instant::from), id.substring(19));
    }

    /** What a version said; {@code id} may be its beginning when only one begins so. */
    public Optional<Kept> read(String name, String id) throws IOException {
        var found = of(name).stream().filter(v -> v.id().startsWith(id)).toList();
        if (found.size() != 1) {
            return Optional.empty();
        }
        var file = folder.resolve(name).resolve(found.getFirst().id());
        var description = file.resolveSibling(found.getFirst().id() + DESCRIPTION);
        return Optional.of(new Kept(
                found.getFirst().tag(),
                Files.readString(file),
                Files.exists(description) ? Optional.of(Files.readString(description)) : Optional.empty()));
    }
}
