package dev.playcall.content.git;

import dev.playcall.content.ContentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files that git-lfs keeps elsewhere, and of which only the pointers are here: Ansible would copy those. */
final class LfsPointers {
    private static final String BEGIN = "version https://git-lfs";
    private static final int LARGEST = 1024;

    private LfsPointers() {}

    static List<String> in(Git git, Path root) throws ContentException {
        var kept = git.ask(root, "ls-files", "-z", "--", ":(attr:filter=lfs)");
        var pointers = new ArrayList<String>();
        for (var file : kept.isGood() ? kept.parts() : List.<String>of()) {
            if (isPointer(root.resolve(file))) {
                pointers.add(file);
            }
        }
        return pointers;
    }

    private static boolean isPointer(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) < LARGEST
                    && Files.readString(file, StandardCharsets.ISO_8859_1).startsWith(BEGIN);
        } catch (IOException e) {
            return false;
        }
    }
}
