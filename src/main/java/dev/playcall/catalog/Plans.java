package dev.playcall.catalog;

import dev.playcall.domain.Plan;
import dev.playcall.domain.RunRequest;

/** Says what a run would do without doing it. */
public interface Plans {

    /** Hosts and tasks as far as they can be told; takes seconds, and never fails but says what the trouble is. */
    Plan of(RunRequest request);
}
