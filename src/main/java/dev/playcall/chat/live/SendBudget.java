package dev.playcall.chat.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How many edits a platform bears in any minute. A part is kept for what matters more than progress. */
final class SendBudget {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int most;
    private final Deque<Instant> sentAt = new ArrayDeque<>();
    private Instant closedUntil = Instant.MIN;

    SendBudget(int perMinute) {
        this.most = perMinute;
    }

    boolean allows(FeedStep.Urgency urgency, Instant now) {
        while (!sentAt.isEmpty() && !sentAt.getFirst().isAfter(now.minus(WINDOW))) {
            sentAt.removeFirst();
        }
        int reserve = urgency == FeedStep.Urgency.PROGRESS ? Math.max(1, most / 5) : 0;
        return !now.isBefore(closedUntil) && sentAt.size() < most - reserve;
    }

    void spend(Instant now) {
        sentAt.addLast(now);
    }

    /** The platform asked us to wait. */
    void close(Instant until) {
        if (until.isAfter(closedUntil)) {
            closedUntil = until;
        }
    }
}
