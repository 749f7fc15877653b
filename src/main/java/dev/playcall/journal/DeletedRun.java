package dev.playcall.journal;

import dev.playcall.domain.name.RunId;

/** A run that is no longer known; {@code log} is the file of its output, which is still there. */
public record DeletedRun(RunId run, String log) {}
