package dev.playcall.boot;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** The umask of this process and of what it starts: what Playcall writes is for its own user only. */
public final class Umask {
    private static final int PRIVATE = 0077;

    private Umask() {}

    /** The launcher has set it already; this is for who starts the jar without it. */
    public static void makePrivate() {
        if (!isPrivate()) {
            set();
        }
    }

    /** Asked first, as a call of the C library costs some of the time of a start. */
    private static boolean isPrivate() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.anyMatch(("Umask:\t00" + Integer.toOctalString(PRIVATE))::equals);
        } catch (IOException e) {
            return false;
        }
    }

    @SuppressWarnings("restricted")
    private static void set() {
        try {
            var linker = Linker.nativeLinker();
            var umask = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("umask"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            int _ = (int) umask.invokeExact(PRIVATE);
        } catch (Throwable e) {
            throw new IllegalStateException("the umask of this process cannot be set", e);
        }
    }
}
