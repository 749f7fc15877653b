package dev.playcall.domain;

import java.time.Instant;

/**
 * That somebody agreed.
 *
 * @param human stands for the human behind this identity and all others that are joined with it
 */
public record Approval(Person by, Person human, Instant at) {}
