package dev.playcall.boot;

import dev.playcall.background.Faults;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.ReadinessCheck.Problem;
import dev.playcall.web.http.ReadinessCheck.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whether a folder can be written, and whether there is room left on its disk. Everybody may ask, so it is not tried each time. */
final class DiskCheck {
    /** As much as a page of the database: what cannot take this takes nothing. */
    private static final byte[] PROBE = new byte[1 << 14];

    private static final long LOW = 64L << 20;
    private static final int LOW_SHARE = 20;
    private static final long FRESH = TimeUnit.SECONDS.toNanos(5);

    private final String name;
    private final Path folder;
    private final Weight weight;
    private final LongSupplier nanos;
    private @Nullable Seen seen;

    private record Seen(long at, Optional<Problem> problem) {}

    /**
     * @param name of the folder, for whoever asks
     * @param weight what it means when it cannot be written
     */
    DiskCheck(String name, Path folder, Weight weight, LongSupplier nanos) {
        this.name = name;
        this.folder = folder;
        this.weight = weight;
        this.nanos = nanos;
    }

    ReadinessCheck check() {
        return new ReadinessCheck("disk-" + name, this::look);
    }

    synchronized Optional<Problem> look() {
        long now = nanos.getAsLong();
        var known = seen;
        if (known == null || now - known.at() > FRESH) {
            known = new Seen(now, find());
            seen = known;
        }
        return known.problem();
    }

    private Optional<Problem> find() {
        try {
            write();
            return low();
        } catch (IOException e) {
            return Optional.of(new Problem(name + "/ cannot be written: " + Faults.cause(e), weight));
        }
    }

    private void write() throws IOException {
        var file = Files.createTempFile(folder, ".write-check", "");
        try {
            Files.write(file, PROBE);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Optional<Problem> low() throws IOException {
        var disk = Files.getFileStore(folder);
        long free = disk.getUsableSpace();
        return free < Math.min(LOW, disk.getTotalSpace() / LOW_SHARE)
                ? Optional.of(
                        Problem.degrades("the disk of " + name + "/ is nearly full: " + (free >> 10) + " KiB left"))
                : Optional.empty();
    }
}
