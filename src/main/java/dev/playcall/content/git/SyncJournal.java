package dev.playcall.content.git;

import dev.playcall.config.file.FileTrees;
import dev.playcall.content.ListDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is written down of a checkout before it goes from one commit to another, so that whoever comes after a gateway that
 * was killed on the way knows what was going on.
 *
 * @param folder where it is written down, with the files of ours that are in the way
 * @param fresh submodules that were not here before
 */
record SyncJournal(Path folder, Path root, String from, String to, List<String> fresh) {
    private static final String DRAFT = ".new-";
    private static final String OVER = ".over-";
    private static final String NOTE = "move";
    private static final int FIXED = 3;

    SyncJournal {
        fresh = List.copyOf(fresh);
    }

    /** @param below where such things are written down */
    static Path place(Path below, Path root) {
        var sum = new ListDigest();
        sum.add(root.toString());
        return below.resolve(sum.brief());
    }

    /** Writes it down, whole or not at all, with copies of these files. */
    void begin(ManagedFiles managedFiles, List<String> files) throws IOException {
        var below = Files.createDirectories(folder.resolveSibling(""));
        FileTrees.clear(below, DRAFT);
        FileTrees.clear(below, OVER);
        var draft = Files.createTempDirectory(below, DRAFT);
        try {
            managedFiles.copy(files, draft.resolve("kept"));
            var words = new ArrayList<>(List.of(root.toString(), from, to));
            words.addAll(fresh);
            Files.writeString(draft.resolve(NOTE), String.join("\0", words));
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTrees.delete(draft);
        }
    }

    Path kept() {
        return folder.resolve("kept");
    }

    void end() throws IOException {
        var over = folder.resolveSibling(OVER + folder.getFileName());
        Files.move(folder, over, StandardCopyOption.ATOMIC_MOVE);
        FileTrees.delete(over);
    }

    /** What nobody has brought to its end. */
    static List<SyncJournal> left(Path below) throws IOException {
        var found = new ArrayList<SyncJournal>();
        for (var folder : FileTrees.in(below)) {
            if (!String.valueOf(folder.getFileName()).startsWith(".") && Files.exists(folder.resolve(NOTE))) {
                var words = Arrays.asList(Files.readString(folder.resolve(NOTE)).split("\0", -1));
                found.add(new SyncJournal(
                        folder, Path.of(words.get(0)), words.get(1), words.get(2), words.subList(FIXED, words.size())));
            }
        }
        return found;
    }
}
