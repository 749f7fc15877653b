package dev.playcall.content.git;

import dev.playcall.catalog.file.OrdinaryModes;
import dev.playcall.content.ContentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The files that Playcall itself writes beside those of people: they are nobody's edit, and ours to keep. */
record ManagedFiles(Path root, Path inventory, Path playbooks) {

    boolean has(String file) {
        var path = root.resolve(file);
        var name = String.valueOf(path.getFileName());
        boolean state = name.equals("status.yml") || name.startsWith("status.yml.") || name.startsWith(".status");
        boolean draft = name.startsWith(".hosts");
        boolean check = name.startsWith(".check-");
        return ((state || draft) && isBelow(path, inventory, 2)) || (check && isBelow(path, playbooks, 1));
    }

    private static boolean isBelow(Path path, Path folder, int levels) {
        return path.startsWith(folder) && folder.relativize(path).getNameCount() == levels;
    }

    List<String> without(List<String> files) {
        return files.stream().filter(f -> !has(f)).toList();
    }

    /** Those of these that are ours and there. */
    List<String> among(List<String> files) {
        return files.stream()
                .filter(this::has)
                .filter(f -> Files.isRegularFile(root.resolve(f)))
                .toList();
    }

    void copy(List<String> files, Path to) throws IOException {
        for (var file : files) {
            var copy = to.resolve(file);
            Files.createDirectories(copy.resolveSibling(""));
            Files.copy(root.resolve(file), copy);
        }
    }

    /** Takes them out of the way of what comes. */
    void clear(Git git, List<String> tracked, List<String> files) throws IOException, ContentException {
        for (var file : files) {
            if (tracked.contains(file)) {
                git.ask(root, "checkout", "--quiet", "--", file);
            } else {
                Files.delete(root.resolve(file));
            }
        }
    }

    /** Has them as they were copied, where their environment is still there. */
    void putBack(Path copies) throws IOException {
        if (!Files.isDirectory(copies)) {
            return;
        }
        try (Stream<Path> all = Files.walk(copies)) {
            for (var copy : all.filter(Files::isRegularFile).toList()) {
                var path = root.resolve(copies.relativize(copy).toString());
                if (Files.isDirectory(path.resolveSibling(""))) {
                    var draft = path.resolveSibling(".status.yml.new");
                    Files.copy(copy, draft, StandardCopyOption.REPLACE_EXISTING);
                    OrdinaryModes.give(draft, path);
                    Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }
}
