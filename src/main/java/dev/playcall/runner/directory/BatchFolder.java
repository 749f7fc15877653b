package dev.playcall.runner.directory;

import dev.playcall.config.file.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/** A folder that the runs of a batch, such as the waves of a deployment, have together, for what is to be the same in all of them. */
final class BatchFolder {
    /** In the folder of a run: the link to it. */
    private static final String LINK = "batch";

    private static final Duration KEPT = Duration.ofDays(30);

    private BatchFolder() {}

    /** @param all the folders of all batches */
    static void link(Path run, Path all, long batch) throws IOException {
        var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(all, own);
        clear(all);
        var folder = Files.createDirectories(all.resolve(Long.toString(batch)), own);
        Files.createSymbolicLink(run.resolve(LINK), folder.toAbsolutePath());
    }

    private static void clear(Path all) throws IOException {
        var oldest = Instant.now().minus(KEPT);
        for (var folder : FileTrees.in(all)) {
            if (Files.getLastModifiedTime(folder).toInstant().isBefore(oldest)) {
                FileTrees.delete(folder);
            }
        }
    }
}
