package dev.playcall.web;

import dev.playcall.domain.RunId;
import dev.playcall.domain.Timeline;

/** Knows what each run did, task by task. */
@FunctionalInterface
public interface Timelines {
    /** Empty where nothing is known of it (any more). */
    Timeline of(RunId run);
}
