package dev.playcall.cli.client;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Shows something again and again: in place on a terminal, and elsewhere each time it has changed. */
public final class Watch {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final PrintWriter out;
    private final Terminal terminal;

    public Watch(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Until nobody wants to look any longer; Ctrl+C ends the whole command. */
    public void show(Supplier<String> look, BooleanSupplier left) {
        var before = "";
        while (!left.getAsBoolean()) {
            var now = look.get().stripTrailing();
            if (!now.equals(before)) {
                // To the first line and first column, and nothing left below.
                out.print(
                        terminal.live()
                                ? "\u001b[H\u001b[2J" + now + "\n"
                                : (before.isEmpty() ? "" : "\n") + now + "\n");
                out.flush();
                before = now;
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
