package dev.playcall.journal.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Until when this machine may work on runs, in a file that the supervisors of runs look at: they end their runs when it is over.
 * Its times are seconds since the start of the machine, which go on while it sleeps and whatever is done to its clock.
 */
public final class NodeLease {
    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Pattern WRITTEN = Pattern.compile("\\{\"boot\": \"([^\"]*)\", \"until\": (null|[0-9.]+)}");

    private final Path file;
    private final Supplier<ClusterTimes> times;
    private volatile boolean ranOut;

    /** @param times as they are configured now */
    public NodeLease(Path file, Supplier<ClusterTimes> times) {
        this.file = file;
        this.times = times;
    }

    /** What supervisors are told to look at; empty where no other machine takes over. */
    public Optional<Path> file() {
        return isLimited() ? Optional.of(file) : Optional.empty();
    }

    private boolean isLimited() {
        return times.get().canTakeOver();
    }

    /** To be said before the first {@link #renew}: what an earlier gateway of this machine has left. */
    void begin() {
        var until = written();
        ranOut = isLimited() && until.isPresent() && until.get() <= uptime();
        if (!isLimited() && until.isPresent()) {
            write("null"); // runs that began under a lease go on without one
        }
    }

    /** Whether this machine could not reach the database for longer than its lease before this gateway began. */
    public boolean hadRunOut() {
        return ranOut;
    }

    /**
     * Prolongs it when the database has heard of this node.
     *
     * @param heartbeat what tells the database; nothing is prolonged when it throws
     */
    void renew(Runnable heartbeat) {
        if (!isLimited()) {
            heartbeat.run();
            return;
        }
        double until = uptime() + times.get().stopAfter().toMillis() / 1000.0;
        if (written().filter(w -> w > until).isPresent()) {
            write(until); // it has become shorter, and the others are about to hear of that
        }
        heartbeat.run();
        write(until);
    }

    /** Empty where there is none; of an earlier start of the machine, it is over; without an end, infinite. */
    private Optional<Double> written() {
        try {
            var found = WRITTEN.matcher(Files.readString(file).strip());
            boolean now = found.matches() && found.group(1).equals(text(BOOT));
            return Optional.of(!now ? 0 : number(found.group(2)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double number(String text) {
        return text.equals("null") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private void write(double until) {
        write(String.format(Locale.ROOT, "%.2f", until));
    }

    private void write(String until) {
        try {
            var draft = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(draft, "{\"boot\": \"" + text(BOOT) + "\", \"until\": " + until + "}\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double uptime() {
        try {
            return Double.parseDouble(text(UPTIME).split(" ", 2)[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    }
}
