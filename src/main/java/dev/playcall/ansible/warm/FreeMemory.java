package dev.playcall.ansible.warm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What this machine could give to new processes. */
final class FreeMemory {
    private static final String NAME = "MemAvailable:";

    private FreeMemory() {}

    /** In bytes; empty where the kernel does not say. */
    static OptionalLong now() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(l -> l.startsWith(NAME))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
