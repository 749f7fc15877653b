package dev.playcall.journal;

import dev.playcall.domain.Run;

/** A run that was to be done again with others is done again alone at this moment; nothing was recorded. */
public final class RetriedAloneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Run run;

    /** @param run the one that does it */
    public RetriedAloneException(Run run) {
        super(run.id() + " retries it alone");
        this.run = run;
    }

    public Run run() {
        return run;
    }

    /** {@code #12 already retries #7 and is running}. */
    public String line() {
        var of = run.request().retryOf().map(r -> r.toString()).orElse("a run of it");
        return run.id() + " already retries " + of + " and is " + run.state().label();
    }
}
