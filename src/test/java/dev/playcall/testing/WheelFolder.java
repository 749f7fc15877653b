package dev.playcall.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Python packages as wheels, made of this machine's own ansible-core, for those who have no network. */
public final class WheelFolder {
    private WheelFolder() {}

    /** ansible-core with what it needs, and {@code acme-greeting}. */
    public static void make(Path folder) throws IOException {
        var script = Path.of("src", "test", "resources", "venv", "make_wheels.py");
        var process = new ProcessBuilder("/usr/bin/python3", "-I", script.toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
