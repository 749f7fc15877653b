package dev.playcall.content.git;

import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Files in a checkout that git does not know and would write over. */
final class FilesInTheWay {
    private FilesInTheWay() {}

    /** Whether what is there is not from git and would be lost. */
    static boolean isInTheWay(Path path) {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return Files.exists(path.resolve(".git"));
            }
            // Behind a link that is in git and will be a folder, it is not the same file.
            var parent = path.resolveSibling("");
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && parent.toRealPath().equals(parent.normalize());
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether a submodule cannot be put there. */
    static boolean isFull(Path folder) {
        try {
            return Files.isDirectory(folder) ? !FileTrees.in(folder).isEmpty() : Files.exists(folder);
        } catch (IOException e) {
            return true;
        }
    }

    /** What kept git from going on. It lists files that it does not know and would write over, line by line. */
    static String blockedBy(Git.Output output) {
        var files = output.err()
                .lines()
                .filter(l -> l.startsWith("\t"))
                .map(String::strip)
                .toList();
        return files.isEmpty()
                ? output.errorMessage() + (output.err().contains("unable to write") ? " (is the disk full?)" : "")
                : "untracked files in the way: " + Checkout.named(files) + "; move them away, then sync again";
    }
}
