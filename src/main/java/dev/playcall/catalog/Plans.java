package dev.playcall.catalog;

import dev.playcall.domain.Plan;
import dev.playcall.domain.RunRequest;
import java.util.Set;

/** Says what a run would do without doing it. */
public interface Plans {

    /** Hosts and tasks as far as they can be told; takes seconds, and never fails but says what the trouble is. */
    Plan of(RunRequest request);

    /** The hosts of the request that a play is for, as far as can be told without doing it; otherwise all of them. */
    default Set<String> touched(RunRequest request) {
        var plan = of(request);
        return Set.copyOf(plan.listingError().isEmpty() ? plan.hosts() : request.hosts());
    }
}
