package dev.playcall.chat.message;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A wish that waits for a confirmation or for something missing; only who made it may go on with it.
 *
 * @param secrets where the values of secret variables are kept that were filled in already, by variable
 */
public record PendingRequest(Person by, List<String> words, Map<String, String> secrets, Instant at) {
    public PendingRequest {
        words = List.copyOf(words);
        secrets = Map.copyOf(secrets);
    }
}
