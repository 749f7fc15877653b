package dev.playcall.catalog.playbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The variable {@code installed_venvs} in the files of an inventory. */
final class InstalledVenvs {
    /**
     * The variable that follows which environments a host has, exactly as Playcall writes it into the files of an inventory: names and
     * nothing else, so that nothing can be hidden in it.
     */
    private static final Pattern INSTALLED =
            Pattern.compile("(?m)^[ \\t]*installed_venvs: \\[[a-z0-9_, ]*][ \\t]*(\\r?\\n|\\z)"
                    + "|(^|[ \\t]+)installed_venvs='\\[[a-z0-9_, \"]*]'"
                    + "|,[ \\t]*installed_venvs: \\[[a-z0-9_, ]*](?=[ \\t]*[,}])");

    /** Of a file with that variable alone. */
    private static final int LONGEST = 1 << 16;

    private static final String INSTALLED_VENVS = "installed_venvs";

    private InstalledVenvs() {}

    /** Each byte a letter, so that what is no text stays what it is. */
    static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    static boolean areIn(String text) {
        return text.contains(INSTALLED_VENVS);
    }

    /** The text without the variable. */
    static String without(String text) {
        return INSTALLED.matcher(text).replaceAll("");
    }

    /** Whether the file holds nothing else. */
    static boolean areAll(Path file) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) < LONGEST
                    && areIn(text(file))
                    && without(text(file)).isBlank();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
