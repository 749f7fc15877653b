package dev.playcall.catalog.file;

import dev.playcall.config.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which files may decide what is executed on every server. Tells why another may not. */
public final class FilePermissionCheck {
    private static final Set<PosixFilePermission> EXECUTABLE = Set.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
    private static final int DEEPEST = 8;
    private static final int MOST = 50_000;

    private final Path home;
    private final List<Problem> problems;

    public FilePermissionCheck(Path home, List<Problem> problems) {
        this.home = home;
        this.problems = problems;
    }

    public Path shown(Path path) {
        return path.startsWith(home) && !path.equals(home) ? home.relativize(path) : path;
    }

    /** Whether not everybody may write it. */
    public boolean isClosed(Path path) {
        try {
            if (Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)) {
                return refuse(
                        path, "world-writable, so any user could change what is executed (chmod o-w " + path + ")");
            }
            return true;
        } catch (UnsupportedOperationException e) {
            return true;
        } catch (NoSuchFileException e) {
            problems.add(new Problem(shown(path).toString(), "does not exist"));
            return false;
        } catch (IOException e) {
            return refuse(path, "cannot be read");
        }
    }

    /** The same for a folder with everything in it. */
    public boolean isClosedWhole(Path folder) {
        return isClosed(folder) && isClosedBelow(folder);
    }

    /** The same for everything below a folder, which is there to be included by what is run. */
    private boolean isClosedBelow(Path folder) {
        try (Stream<Path> found = Files.walk(folder, DEEPEST)) {
            return found.limit(MOST)
                            .filter(p -> !p.equals(folder) && !Files.isSymbolicLink(p))
                            .filter(p -> !isClosed(p))
                            .count()
                    == 0;
        } catch (IOException | UncheckedIOException e) {
            return refuse(folder, "cannot be read: " + e.getMessage());
        }
    }

    /** Whether it is really below the folder, and not a link to somewhere else. */
    public boolean isInside(Path file, Path folder) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath())
                    || refuse(file, "it is a link that leads out of " + shown(folder));
        } catch (IOException e) {
            return refuse(file, "it is a link that leads nowhere");
        }
    }

    /** Ansible executes an inventory that may be executed. */
    public boolean isData(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream().noneMatch(EXECUTABLE::contains)
                    || refuse(file, "it may be executed, and an inventory is data (chmod a-x " + file + ")");
        } catch (UnsupportedOperationException e) {
            return true;
        } catch (IOException e) {
            return refuse(file, "cannot be read");
        }
    }

    private boolean refuse(Path path, String why) {
        problems.add(new Problem(shown(path).toString(), "refused: " + why));
        return false;
    }

    /** What is in a folder, hidden things left out, by name; nothing when the folder itself is refused. */
    public List<Path> list(Path folder) {
        if (!isClosed(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(p -> !FilePermissionCheck.name(p).startsWith("."))
                    .sorted(Comparator.comparing(FilePermissionCheck::name))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            refuse(folder, "cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    public static String name(Path path) {
        var name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
