package dev.playcall.chat;

import dev.playcall.domain.Person;
import java.time.Instant;
import java.util.List;

/** A wish that waits for a confirmation or for something missing; only who made it may go on with it. */
public record Wish(Person by, List<String> words, Instant at) {
    public Wish {
        words = List.copyOf(words);
    }
}
