package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The receipt of one delivery. Slack wants it within three seconds and takes one. */
final class Ack {
    private final String envelope;
    private final Back back;
    private final AtomicBoolean given = new AtomicBoolean();
    private volatile boolean late;

    Ack(String envelope, Back back) {
        this.envelope = envelope;
        this.back = back;
    }

    /** The way back to Slack; false when it is closed. */
    @FunctionalInterface
    interface Back {
        boolean acknowledge(String envelope, Optional<ObjectNode> payload);
    }

    boolean empty() {
        return give(Optional.empty());
    }

    /** Hands this back with the receipt; false when that is not possible any more and another way has to be taken. */
    boolean with(ObjectNode payload) {
        return give(Optional.of(payload));
    }

    /** Gives the receipt because the answer takes too long. */
    void late(Optional<ObjectNode> payload) {
        late = true;
        give(payload);
    }

    /** Whether the receipt was given before the answer was there. */
    boolean isLate() {
        return late;
    }

    private boolean give(Optional<ObjectNode> payload) {
        return given.compareAndSet(false, true) && back.acknowledge(envelope, payload);
    }
}
