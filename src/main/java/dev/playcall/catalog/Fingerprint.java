package dev.playcall.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changes when one of the files does that the catalogue is made of: name, size, time of change, rights. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Path inventory, Path playbooks) {
        return files(inventory, 2) + files(playbooks, 1);
    }

    private static String files(Path folder, int depth) {
        try (Stream<Path> found = Files.walk(folder, depth)) {
            return found.filter(p -> !p.getFileName().toString().endsWith("status.yml")
                            && !p.getFileName().toString().endsWith(".new"))
                    .filter(p -> depth == 1 || !Files.isDirectory(p) || folder.equals(p.getParent()))
                    .map(Fingerprint::one)
                    .sorted()
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return folder + " " + e.getMessage();
        }
    }

    private static String one(Path path) {
        try {
            var a = Files.readAttributes(path, PosixFileAttributes.class);
            // A status file is moved into an environment's folder after each run, which changes that folder's time.
            return a.isDirectory()
                    ? path + " " + a.permissions()
                    : path + " " + a.size() + " " + a.lastModifiedTime() + " " + a.permissions();
        } catch (IOException e) {
            return path + " gone";
        }
    }
}
