package dev.playcall.notify.sink;

import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The files of one call of apprise. Those of calls that were killed with us are taken away by a later one. */
final class AppriseFiles {
    private static final Duration OLD = Duration.ofMinutes(10);

    private final Path folder;

    AppriseFiles(Path folder) {
        this.folder = folder;
    }

    /** Where they are; nobody else can look into the folder. */
    record Call(Path folder) implements AutoCloseable {
        Path config() {
            return folder.resolve("apprise.conf");
        }

        Path title() {
            return folder.resolve("title");
        }

        Path body() {
            return folder.resolve("body");
        }

        @Override
        public void close() {
            remove(folder);
        }
    }

    Call open(String url, String title, String body) throws IOException {
        Files.createDirectories(folder, owner("rwx------"));
        sweep();
        var call = new Call(Files.createTempDirectory(folder, "call", owner("rwx------")));
        try {
            write(call.config(), url + "\n");
            write(call.title(), title);
            write(call.body(), body);
        } catch (IOException e) {
            call.close();
            throw e;
        }
        return call;
    }

    static java.nio.file.attribute.FileAttribute<?> owner(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createFile(file, owner("rw-------"));
        Files.writeString(file, text);
    }

    private void sweep() throws IOException {
        var before = Instant.now().minus(OLD);
        List<Path> old;
        try (Stream<Path> all = Files.list(folder)) {
            old = all.filter(p -> isOlder(p, before)).toList();
        }
        old.forEach(AppriseFiles::remove);
    }

    private static boolean isOlder(Path path, Instant than) {
        try {
            return Files.getLastModifiedTime(path).toInstant().isBefore(than);
        } catch (IOException e) {
            return false; // another call took it away
        }
    }

    private static void remove(Path folder) {
        try {
            FileTrees.delete(folder);
        } catch (IOException e) {
            // A later call sweeps again.
        }
    }
}
