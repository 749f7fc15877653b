package dev.playcall.notify;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that is open, or was.
 *
 * @param subject its source and what it is about
 * @param item the newest notice about it
 */
public record Alert(
        long id, String subject, Parcel.Item item, Parcel.Standing standing, Optional<Instant> resolvedAt) {}
