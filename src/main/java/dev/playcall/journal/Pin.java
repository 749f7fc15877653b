package dev.playcall.journal;

import dev.playcall.domain.name.Person;
import java.time.Instant;

/** Somebody wants a run to be kept, and says why. */
public record Pin(Person by, String reason, Instant at) {}
