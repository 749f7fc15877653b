package dev.playcall.domain;

import java.util.Optional;

/**
 * Where a request came from.
 *
 * @param channel the place, {@code slack:C0123}, {@code console:main}, {@code api}
 * @param messageId names this request within its channel, so that a redelivered message or a repeated request with the
 *     same idempotency key is the same request
 */
public record Origin(String channel, Optional<String> messageId) {
    public static Origin of(String channel) {
        return new Origin(channel, Optional.empty());
    }

    /** Whether both are one request that was sent again; without a message id nobody can know that. */
    public boolean isSameRequest(Origin other) {
        return messageId.isPresent() && equals(other);
    }
}
