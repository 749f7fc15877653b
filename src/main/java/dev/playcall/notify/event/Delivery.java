package dev.playcall.notify.event;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One message to one receiver, as the ledger shows it.
 *
 * @param due when it is tried next, while it waits
 * @param reason why it waits or is dead, one line
 * @param ref the receiver's own name of the message
 * @param attempts what was tried, the oldest first; empty in lists
 */
public record Delivery(
        long id,
        String receiver,
        String thread,
        State state,
        Instant createdAt,
        Optional<Instant> due,
        Optional<Instant> endedAt,
        String reason,
        String ref,
        int tries,
        Notification.Content content,
        List<Attempt> attempts) {
    public Delivery {
        attempts = List.copyOf(attempts);
    }

    /** How it stands. */
    public enum State {
        DUE,
        /** Being sent by the process that holds the lease; with a lease that ran out nobody knows whether it arrived. */
        SENDING,
        DONE,
        DEAD,
        /** Kept back by a mute or by something graver; the reason says by what. */
        MUTED,
        /** Told as part of a message about many. */
        FOLDED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<State> of(String word) {
            return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
        }
    }

    /** One try: what was answered, without addresses and secrets. */
    public record Attempt(int number, Instant at, long millis, boolean delivered, String answer) {}

    /**
     * What came of one try and what follows.
     *
     * @param id of the delivery
     * @param due for another try, none for an end
     * @param reason why it waits or is dead, one line
     * @param ref the receiver's own name of the message
     */
    public record Outcome(long id, Attempt attempt, State next, Optional<Instant> due, String reason, String ref) {}
}
