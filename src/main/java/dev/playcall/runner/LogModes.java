package dev.playcall.runner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;

/** A log, and a folder of logs, may be read by the group that may read the folder around it, and by nobody else. */
final class LogModes {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private LogModes() {}

    static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        makeFolder(folder.resolveSibling(""));
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(FOLDER));
        share(folder, FOLDER, PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE);
    }

    /** For writing; it is made when it is not there. */
    static FileChannel open(Path log) throws IOException {
        if (Files.exists(log)) {
            return FileChannel.open(log, StandardOpenOption.WRITE);
        }
        var channel = FileChannel.open(
                log,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(FILE));
        share(log, FILE, PosixFilePermission.GROUP_READ);
        return channel;
    }

    private static void share(Path path, Set<PosixFilePermission> ours, PosixFilePermission... groups)
            throws IOException {
        var around = Files.readAttributes(path.resolveSibling(""), PosixFileAttributes.class);
        if (around.permissions().contains(PosixFilePermission.GROUP_READ)) {
            var mode = new HashSet<>(ours);
            mode.addAll(Set.of(groups));
            Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(around.group());
            Files.setPosixFilePermissions(path, mode);
        }
    }
}
