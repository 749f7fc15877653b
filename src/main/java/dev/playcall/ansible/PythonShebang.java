package dev.playcall.ansible;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The first line of a program that Python executes. */
public final class PythonShebang {
    private static final int LONGEST_LINE = 127;

    private PythonShebang() {}

    /**
     * The interpreter and its options, as the kernel takes them from the line; empty for a program that no Python executes.
     *
     * @throws IOException it cannot be read
     */
    public static Optional<List<String>> interpreter(Path program) throws IOException {
        try (var in = Files.newInputStream(program)) {
            var line = new String(in.readNBytes(LONGEST_LINE), StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
            if (!line.startsWith("#!")) {
                return Optional.empty();
            }
            var words =
                    Arrays.stream(line.substring(2).strip().split("\\s+", 2)).toList();
            return Optional.of(words).filter(w -> isPython(w.getFirst()));
        }
    }

    private static boolean isPython(String interpreter) {
        var path = Path.of(interpreter);
        return path.isAbsolute()
                && path.getFileName() != null
                && path.getFileName().toString().startsWith("python");
    }
}
