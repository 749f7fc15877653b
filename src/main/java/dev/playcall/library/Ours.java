package dev.playcall.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files that Playcall itself writes beside those of people: they are nobody's edit, and ours to keep. */
record Ours(Path root, Path inventory, Path playbooks) {

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

    /** Takes ours out of the way of a merge; what they said by name. */
    Map<String, byte[]> putAway(Git git, List<String> tracked, List<String> files)
            throws IOException, RefusedException {
        var kept = new TreeMap<String, byte[]>();
        for (var file : files) {
            var path = root.resolve(file);
            if (has(file) && Files.isRegularFile(path)) {
                kept.put(file, Files.readAllBytes(path));
                if (tracked.contains(file)) {
                    git.ask(root, "checkout", "--quiet", "--", file);
                } else {
                    Files.delete(path);
                }
            }
        }
        return kept;
    }

    void putBack(Map<String, byte[]> kept) throws IOException {
        for (var entry : kept.entrySet()) {
            var path = root.resolve(entry.getKey());
            if (Files.isDirectory(path.resolveSibling(""))) {
                var draft = path.resolveSibling(".status.yml.new");
                Files.write(draft, entry.getValue());
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
