package dev.playcall.notify.dispatch;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.NotifyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives up what waited too long for a receiver that takes nothing, and has somebody told. */
final class FailingReceivers {
    private static final Logger log = LoggerFactory.getLogger(FailingReceivers.class);

    private final NotifyStore store;
    private final ReceiverHealth health;
    private final Supplier<Duration> giveUpAfter;
    private final Duration total;
    private final Map<String, Reported> reported = new ConcurrentHashMap<>();

    private record Reported(boolean failing, int givenUp) {}

    /**
     * @param giveUpAfter how long a receiver that rejects everything is tried, and after which one that fails is told of
     * @param total how long a receiver that cannot be reached is tried
     */
    FailingReceivers(NotifyStore store, ReceiverHealth health, Supplier<Duration> giveUpAfter, Duration total) {
        this.store = store;
        this.health = health;
        this.giveUpAfter = giveUpAfter;
        this.total = total;
    }

    /** After outcomes were written down. A fault in here is none of the receiver's. */
    void look(ReceiverQueue queue, List<Delivery.Outcome> outcomes, Instant now) {
        try {
            if (outcomes.stream().anyMatch(o -> o.next() == Delivery.State.DONE)) {
                works(queue.receiver());
            } else if (!outcomes.isEmpty()) {
                queue.failure(now).ifPresent(f -> fails(queue, f, now));
            }
        } catch (RuntimeException e) {
            log.error("The state of receiver {} could not be reported", queue.receiver(), e);
        }
    }

    private void works(String receiver) {
        var before = reported.put(receiver, new Reported(false, 0));
        if (before == null || before.failing()) {
            health.working(receiver);
        }
    }

    private void fails(ReceiverQueue queue, ReceiverHealth.Failure failure, Instant now) {
        int givenUp = giveUp(queue, failure, now);
        var before = Optional.ofNullable(reported.get(failure.receiver())).filter(Reported::failing);
        boolean isLong = failure.lasted().compareTo(giveUpAfter.get()) >= 0;
        if (givenUp > 0 || (isLong && before.isEmpty())) {
            int all = before.map(Reported::givenUp).orElse(0) + givenUp;
            reported.put(failure.receiver(), new Reported(true, all));
            health.failing(failure, all);
        }
    }

    private int giveUp(ReceiverQueue queue, ReceiverHealth.Failure failure, Instant now) {
        var rejecting = queue.rejecting(now)
                .filter(r -> r.lasted().compareTo(giveUpAfter.get()) >= 0)
                .map(_ -> giveUpAfter.get());
        var limit = rejecting.or(
                () -> Optional.of(total).filter(t -> failure.lasted().compareTo(t) >= 0));
        if (limit.isEmpty()) {
            return 0;
        }
        var reason =
                failure.why() + "; failed, as the receiver accepted nothing for " + TextFormat.duration(limit.get());
        int givenUp = store.giveUp(failure.receiver(), now.minus(limit.get()), reason, now);
        if (givenUp > 0) {
            queue.gaveUp();
            log.error("Receiver {}: {} deliveries are dead: {}", failure.receiver(), givenUp, reason);
        }
        return givenUp;
    }
}
