package dev.playcall.boot;

import dev.playcall.boot.settings.RefusedException;
import dev.playcall.config.Config;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may read the data and the logs: only the user of the gateway, and with {@code paths.logs_group} a group the logs. A
 * folder that has its right mode was seen to before, so that the thousands of files of an old installation are looked at
 * once.
 */
final class FileModes {
    private static final Logger log = LoggerFactory.getLogger(FileModes.class);
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> GROUP = PosixFilePermissions.fromString("rwxr-x---");

    private static final Set<PosixFilePermission> WALKED_THROUGH = PosixFilePermissions.fromString("rwx--x---");

    private FileModes() {}

    /**
     * @param withRunUser whether runs have a user of their own, which may walk through the data
     * @throws RefusedException when the group is unknown or cannot be given the logs
     */
    static void apply(Config.Paths paths, boolean withRunUser) {
        var group = paths.logsGroup().map(name -> group(paths.logs(), name));
        if (!withRunUser || !isWalkedThrough(paths.data())) {
            tighten(paths.data(), Optional.empty(), Optional.of(paths.logs()));
        }
        tighten(paths.logs(), group, Optional.of(paths.data()));
    }

    /** Known to this machine: the configuration is refused otherwise. */
    private static GroupPrincipal group(Path logs, String name) {
        try {
            return logs.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
        } catch (IOException e) {
            throw new RefusedException("paths.logs_group: the group " + name + " cannot be looked up");
        }
    }

    /** @param excluded a folder in it that has a rule of its own */
    private static void tighten(Path folder, Optional<GroupPrincipal> group, Optional<Path> excluded) {
        try {
            boolean old = Files.exists(folder);
            Files.createDirectories(folder);
            var folders = group.isPresent() ? GROUP : OURS;
            if (isRight(folder, folders, group)) {
                return;
            }
            Files.walkFileTree(folder, new Tightening(folders, group, excluded.filter(s -> !folder.startsWith(s))));
            if (old) {
                log.info(
                        "The modes of the files in {} were set: readable for {}",
                        folder,
                        group.map(g -> "the group " + g.getName()).orElse("no other users"));
            }
        } catch (IOException e) {
            var why = "who may read " + folder + " cannot be set (" + e + "): chown it to the user that runs Playcall";
            if (group.isPresent()) {
                throw new RefusedException("paths.logs_group: " + why + ", and have that user in the group "
                        + group.get().getName());
            }
            log.warn("{}", why);
        }
    }

    /** As the supervisors of such runs leave it: what is in it was seen to before. */
    private static boolean isWalkedThrough(Path data) {
        try {
            return Files.getPosixFilePermissions(data).equals(WALKED_THROUGH);
        } catch (IOException e) {
            return false; // it is to be made
        }
    }

    private static boolean isRight(Path folder, Set<PosixFilePermission> mode, Optional<GroupPrincipal> group)
            throws IOException {
        var now =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class).readAttributes();
        return now.permissions().equals(mode)
                && group.filter(g -> !g.equals(now.group())).isEmpty();
    }

    /** The folder itself comes last: when it is right, everything in it is. */
    private static final class Tightening extends SimpleFileVisitor<Path> {
        private final Set<PosixFilePermission> folders;
        private final Optional<GroupPrincipal> group;
        private final Optional<Path> excluded;

        private Tightening(Set<PosixFilePermission> folders, Optional<GroupPrincipal> group, Optional<Path> excluded) {
            this.folders = folders;
            this.group = group;
            this.excluded = excluded;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return excluded.filter(folder::equals).isPresent()
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile()) {
                set(file, false);
            }
            return FileVisitResult.CONTINUE;
        }

        /** What a run that works has removed since. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            set(folder, true);
            return FileVisitResult.CONTINUE;
        }

        private void set(Path path, boolean folder) throws IOException {
            try {
                var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
                var mode = EnumSet.copyOf(view.readAttributes().permissions());
                mode.retainAll(OURS);
                if (group.isPresent()) {
                    view.setGroup(group.get());
                    mode.add(PosixFilePermission.GROUP_READ);
                }
                Files.setPosixFilePermissions(path, folder ? folders : mode);
            } catch (NoSuchFileException e) {
                // a run that works has removed it since
            }
        }
    }
}
