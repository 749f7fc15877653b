package dev.playcall.journal;

import dev.playcall.domain.name.RunId;
import java.time.Instant;

/**
 * A version that really ran in an environment.
 *
 * @param run the last one that put it there
 * @param at when that run ended
 */
public record DeployedVersion(String version, RunId run, Instant at) {}
