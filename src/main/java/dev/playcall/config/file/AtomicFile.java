package dev.playcall.config.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that others read while it is written. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Makes or replaces it at once, readable by our own user only; where that fails, it is as it was and nothing stays beside it. */
    public static void write(Path file, String text) throws IOException {
        var draft = Files.createTempFile(file.resolveSibling(""), ".new", "");
        try {
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
