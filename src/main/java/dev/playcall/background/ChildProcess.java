package dev.playcall.background;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that lives no longer than somebody waits for it: when it takes too long, and when this gateway dies in whatever way,
 * it ends with everything that it has started, also in other sessions. The program reads {@code /dev/null}.
 */
public final class ChildProcess {
    /** Between the two stands {@code child.py}; without it what has left its parent could not be found again. */
    private static final String GUARD = guard();

    private static final List<Path> PYTHONS = List.of(Path.of("/usr/bin/python3"), Path.of("/usr/local/bin/python3"));
    private static final Duration GOODBYE = Duration.ofSeconds(2);
    /** The guard asks, kills and waits by itself. */
    private static final Duration GUARDED_GOODBYE = Duration.ofSeconds(15);

    private final Process process;
    private final boolean guarded;

    private ChildProcess(Process process, boolean guarded) {
        this.process = process;
        this.guarded = guarded;
    }

    /** What becomes of processes that a program has left behind when it ends by itself. */
    public enum Rest {
        END,
        LEAVE
    }

    /**
     * Starts it.
     *
     * @param builder with command, folder, environment and outputs
     */
    public static ChildProcess start(ProcessBuilder builder, Rest rest) throws IOException {
        var python = python();
        if (python.isEmpty()) {
            return direct(builder);
        }
        var before = List.of(python.get().toString(), "-I", "-S", "-c", GUARD, rest == Rest.END ? "end" : "leave");
        builder.command(
                Stream.concat(before.stream(), builder.command().stream()).toList());
        return new ChildProcess(
                builder.redirectInput(ProcessBuilder.Redirect.PIPE).start(), true);
    }

    /** One that ends at once by itself and starts nothing that lasts; it costs a process less. */
    public static ChildProcess direct(ProcessBuilder builder) throws IOException {
        return new ChildProcess(
                builder.redirectInput(Path.of("/dev/null").toFile()).start(), false);
    }

    private static Optional<Path> python() {
        return PYTHONS.stream().filter(Files::isExecutable).findFirst();
    }

    /** Whether it has ended within this time. */
    public boolean waitFor(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether it has ended by itself within this time; otherwise it is ended, also when the waiting is interrupted. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        try {
            return waitFor(time);
        } finally {
            end();
        }
    }

    /** 128 and its number when a signal has ended it. */
    public int exitValue() {
        return process.exitValue();
    }

    /** Ends it with everything that it has started; first in peace, as git takes its locks away then. */
    public void end() {
        if (!process.isAlive()) {
            return;
        }
        if (guarded) {
            closeInput();
        } else {
            process.destroy();
        }
        process.onExit()
                .completeOnTimeout(process, (guarded ? GUARDED_GOODBYE : GOODBYE).toMillis(), TimeUnit.MILLISECONDS)
                .join();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
    }

    private static String guard() {
        try (InputStream in = Objects.requireNonNull(ChildProcess.class.getResourceAsStream("child.py"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
