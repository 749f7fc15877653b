package dev.playcall.doctor;

import dev.playcall.boot.GatewayFile;
import dev.playcall.chat.PlatformFinding;
import dev.playcall.config.Config;
import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether there is a place for what a gateway keeps, and for itself. */
final class PathFindings {
    private static final long MEGABYTE = 1L << 20;
    private static final long NEEDED = 100 * MEGABYTE;
    private static final long WANTED = 1024 * MEGABYTE;

    private PathFindings() {}

    public static List<PlatformFinding> of(Config config) {
        var found = new ArrayList<PlatformFinding>();
        found.add(folder(config.paths().data(), "the database and keys"));
        found.add(folder(config.paths().logs(), "the logs of runs"));
        freeSpace(config.paths().data()).ifPresent(found::add);
        open(config.paths().data()).ifPresent(found::add);
        port(config).ifPresent(found::add);
        return found;
    }

    private static PlatformFinding folder(Path folder, String what) {
        var nearest = existing(folder);
        if (!Files.isDirectory(nearest)) {
            return PlatformFinding.error(nearest + " is a file, and " + what + " need a folder there: move it away");
        }
        return Files.isWritable(nearest)
                ? PlatformFinding.ok("write access to " + folder)
                : PlatformFinding.error("no write access to " + nearest + ", where " + what
                        + " are stored: chown it to the user that runs Playcall");
    }

    private static Path existing(Path folder) {
        return Stream.iterate(folder, Path::getParent)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<PlatformFinding> freeSpace(Path data) {
        try {
            long free = Files.getFileStore(existing(data)).getUsableSpace();
            var text = "only " + TextFormat.size(free) + " are free where " + data
                    + " is: free some space, or lower retention.logs";
            return free >= WANTED
                    ? Optional.empty()
                    : Optional.of(free < NEEDED ? PlatformFinding.error(text) : PlatformFinding.warning(text));
        } catch (IOException e) {
            return Optional.of(PlatformFinding.warning("free space is unknown: " + e.getMessage()));
        }
    }

    /** Who can read a key can read every secret. */
    private static Optional<PlatformFinding> open(Path data) {
        var keys = data.resolve("keys");
        if (!Files.isDirectory(keys)) {
            return Optional.empty();
        }
        try (var files = Files.list(keys)) {
            var readable = files.filter(PathFindings::isReadableByOthers)
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
            return readable.isEmpty()
                    ? Optional.empty()
                    : Optional.of(PlatformFinding.error("other users can read " + String.join(", ", readable) + " in "
                            + keys + ": chmod -R go= " + keys));
        } catch (IOException e) {
            return Optional.of(
                    PlatformFinding.error(keys + " cannot be read: chown it to the user that runs Playcall"));
        }
    }

    private static boolean isReadableByOthers(Path file) {
        try {
            var wide = EnumSet.copyOf(PosixFilePermissions.fromString("---rwxrwx"));
            wide.retainAll(Files.getPosixFilePermissions(file));
            return wide.contains(PosixFilePermission.GROUP_READ) || wide.contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException e) {
            return false;
        }
    }

    /** Nothing when a gateway of this folder has it. */
    private static Optional<PlatformFinding> port(Config config) {
        var server = config.server();
        var data = config.paths().data();
        if (server.port() == 0 || (Files.isDirectory(data) && GatewayFile.isTaken(data))) {
            return Optional.empty();
        }
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(server.host(), server.port()));
            return Optional.of(PlatformFinding.ok("port " + server.port() + " of " + server.host() + " is free"));
        } catch (IOException e) {
            return Optional.of(PlatformFinding.error("port " + server.port() + " of " + server.host()
                    + " is in use or not allowed (" + e.getMessage()
                    + "): stop the process that uses it, or set server.port (PLAYCALL_SERVER_PORT)"));
        }
    }
}
