package dev.playcall.web.runs;

import dev.playcall.domain.Timeline;
import dev.playcall.domain.name.RunId;

/** Knows what each run did, task by task. */
@FunctionalInterface
public interface Timelines {
    /** Empty where nothing is known of it (any more). */
    Timeline of(RunId run);
}
