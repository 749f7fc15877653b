package dev.playcall.notify.dispatch;

import dev.playcall.notify.event.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has somebody notified of messages that failed while their receiver accepted others: at once, then once an hour. */
final class FailedMessages {
    static final Duration AT_MOST_EACH = Duration.ofHours(1);
    private static final Logger log = LoggerFactory.getLogger(FailedMessages.class);

    private final ReceiverHealth health;
    private final Map<String, Instant> reported = new HashMap<>();
    private final Map<String, Failed> waiting = new HashMap<>();

    /** What of one receiver was not reported yet, and the last of it. */
    private record Failed(int count, String title, String why) {}

    FailedMessages(ReceiverHealth health) {
        this.health = health;
    }

    /** A message about a receiver is in the log and in the ledger only: it would be followed by one about itself. */
    synchronized void add(Notification notification, String why, Instant now) {
        var items = notification.content().items();
        if (items.stream().anyMatch(i -> i.kind().startsWith(ReceiverHealth.KINDS))) {
            return;
        }
        var title = items.isEmpty()
                ? notification.content().digest()
                : items.getFirst().title();
        waiting.merge(
                notification.receiver(),
                new Failed(1, title, why),
                (before, last) -> new Failed(before.count() + 1, last.title(), last.why()));
        report(now);
    }

    /** Reports what has waited for its hour. */
    synchronized void report(Instant now) {
        waiting.entrySet().removeIf(e -> isDue(e.getKey(), now) && isReported(e.getKey(), e.getValue(), now));
    }

    private boolean isDue(String receiver, Instant now) {
        var last = reported.get(receiver);
        return last == null || !now.isBefore(last.plus(AT_MOST_EACH));
    }

    private boolean isReported(String receiver, Failed failed, Instant now) {
        try {
            health.messagesFailed(receiver, failed.count(), failed.title(), failed.why(), now);
            reported.put(receiver, now);
            return true;
        } catch (RuntimeException e) {
            log.error("Failed messages of receiver {} could not be reported; it is retried", receiver, e);
            return false;
        }
    }
}
