package dev.playcall.cli.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jline.reader.impl.history.DefaultHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was typed, in a file that only its user can read. */
final class ShellHistory extends DefaultHistory {
    private static final Logger log = LoggerFactory.getLogger(ShellHistory.class);

    /** Where it is kept: {@code playcall/console_history} in the user's state folder. */
    static Path file(Path home, Optional<String> stateHome) {
        return stateHome
                .filter(s -> !s.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> home.resolve(".local/state"))
                .resolve("playcall/console_history");
    }

    /** Makes the file before anything is written to it; without one the history lasts as long as the session. */
    static void prepare(Path file) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            var mine = PosixFilePermissions.fromString("rw-------");
            if (!Files.exists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(mine));
            }
            Files.setPosixFilePermissions(file, mine);
        } catch (IOException | UnsupportedOperationException e) {
            log.warn("The history of the console cannot be kept in {}: {}", file, e.getMessage());
        }
    }
}
