package dev.playcall.journal;

import dev.playcall.domain.RunId;

/** A run that is no longer known; {@code log} is the file of its output, which is still there. */
public record Forgotten(RunId run, String log) {}
