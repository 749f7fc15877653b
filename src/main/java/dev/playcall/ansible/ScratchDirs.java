package dev.playcall.ansible;

import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders that are only needed while a program is asked something. */
final class ScratchDirs {
    private static final Logger log = LoggerFactory.getLogger(ScratchDirs.class);

    private ScratchDirs() {}

    /** Removes it with everything in it; what stays behind is only untidy. */
    static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            FileTrees.delete(folder);
        } catch (IOException e) {
            log.warn("{} could not be removed: {}", folder, e.toString());
        }
    }
}
