package dev.playcall.runner;

import dev.playcall.runner.directory.RunDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** The process that executes one run, or that carries it to the host that does. For one thread. */
final class Supervision {
    private static final Duration STARTING = Duration.ofSeconds(10);

    /** One that ends within {@link #STARTING} so often in a row will not do better. */
    private static final int MOST = 5;

    private final BooleanSupplier started;
    private final Supervisor supervisor;
    private final RunDirectory directory;
    private final Clock clock;
    private BooleanSupplier again = () -> false;
    private Instant at = Instant.EPOCH;
    private int inARow;

    /** @param started whether a supervisor that was started may still take the run, until there is a record of one */
    Supervision(BooleanSupplier started, Supervisor supervisor, RunDirectory directory, Clock clock) {
        this.started = started;
        this.supervisor = supervisor;
        this.directory = directory;
        this.clock = clock;
    }

    boolean mayBegin() {
        return started.getAsBoolean();
    }

    /**
     * The process is gone, maybe before it recorded itself. Where it only carried the run to another host, the run goes on there, and
     * another one follows it. One that said why it could not start is not started again.
     *
     * @return whether there is one that may still write its record
     */
    boolean isStartedAgain() {
        boolean hasRefused = directory.supervisor().isEmpty()
                && directory.supervisorLog().toFile().length() > 0;
        if (!directory.isCarried() || directory.exit().isPresent() || hasRefused) {
            return false;
        }
        var now = clock.instant();
        boolean isNew = Duration.between(at, now).compareTo(STARTING) < 0;
        if (isNew && again.getAsBoolean()) {
            return true;
        }
        inARow = isNew ? inARow + 1 : 0;
        if (inARow >= MOST) {
            return false;
        }
        at = now;
        again = supervisor.start(directory);
        return true;
    }
}
