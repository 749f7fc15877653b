package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The receipt of one delivery. Slack wants it within three seconds and takes one. */
final class SlackAck {
    private final String envelope;
    private final Back back;
    /** Receipts of the same delivery on other connections, which get the same answer. */
    private final List<SlackAck> duplicates = new ArrayList<>();

    private boolean given;
    private Optional<ObjectNode> answer = Optional.empty();
    private volatile boolean late;

    SlackAck(String envelope, Back back) {
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

    /** The same was delivered again: its receipt has the answer of this one, as soon as there is one. */
    void shareWith(SlackAck duplicate) {
        Optional<ObjectNode> same;
        synchronized (this) {
            if (!given) {
                duplicates.add(duplicate);
                return;
            }
            same = answer;
        }
        duplicate.give(same);
    }

    private boolean give(Optional<ObjectNode> payload) {
        List<SlackAck> others;
        synchronized (this) {
            if (given) {
                return false;
            }
            given = true;
            answer = payload;
            others = List.copyOf(duplicates);
        }
        boolean taken = back.acknowledge(envelope, payload);
        for (var other : others) {
            taken |= other.give(payload);
        }
        return taken;
    }
}
