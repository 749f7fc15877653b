package dev.playcall.catalog.file;

import dev.playcall.domain.format.TextFormat;
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

    /** How many versions are named where none is the one. */
    private static final int SUGGESTED = 5;

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

    /** An earlier version to go back to. */
    public sealed interface Choice {
        record Found(Version version, Kept kept) implements Choice {
            /** What became of the file that was replaced by it. */
            public String done() {
                return "is again as it was until " + TextFormat.second(version.until());
            }
        }

        /** @param why one line */
        record Missing(String why) implements Choice {}
    }

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

    /**
     * The version to restore.
     *
     * @param called what people call the file
     * @param wanted the beginning of the id of one version; blank for the newest
     */
    public Choice choose(String name, String called, String wanted) throws IOException {
        var kept = of(name);
        if (kept.isEmpty()) {
            return new Choice.Missing("no earlier version of " + called + " is kept");
        }
        var found = wanted.isBlank()
                ? kept.subList(0, 1)
                : kept.stream().filter(v -> v.id().startsWith(wanted)).toList();
        return found.size() == 1
                ? new Choice.Found(found.getFirst(), kept(name, found.getFirst()))
                : new Choice.Missing("there is no such version of " + called + "; there are "
                        + TextFormat.list(kept, SUGGESTED, Version::id));
    }

    /** What a version said; {@code id} may be its beginning when only one begins so. */
    public Optional<Kept> read(String name, String id) throws IOException {
        var found = of(name).stream().filter(v -> v.id().startsWith(id)).toList();
        return found.size() == 1 ? Optional.of(kept(name, found.getFirst())) : Optional.empty();
    }

    private Kept kept(String name, Version version) throws IOException {
        var file = folder.resolve(name).resolve(version.id());
        var description = file.resolveSibling(version.id() + DESCRIPTION);
        return new Kept(
                version.tag(),
                Files.readString(file),
                Files.exists(description) ? Optional.of(Files.readString(description)) : Optional.empty());
    }
}
