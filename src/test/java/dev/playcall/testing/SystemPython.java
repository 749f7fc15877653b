package dev.playcall.testing;

import dev.playcall.ansible.ProgramPaths;
import java.nio.file.Path;

/** The Python that the product finds: the first one on the path may be the shim of a version manager, which takes a second to start. */
public final class SystemPython {
    private SystemPython() {}

    public static String program() {
        return new ProgramPaths(System.getenv("PATH"))
                .python()
                .map(Path::toString)
                .orElse("python3");
    }
}
