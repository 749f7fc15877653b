package dev.playcall.notify.dispatch;

import dev.playcall.notify.event.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes on with one receiver. Whoever comes back from it leaves what came of it here; one at a time writes down all
 * that has come back and takes what is due next, and those who come meanwhile leave it to them.
 */
final class ReceiverQueue {
    private final String receiver;
    private final CircuitBreaker circuitBreaker = new CircuitBreaker();
    private final AtomicInteger asked = new AtomicInteger();
    private List<Delivery.Outcome> back = new ArrayList<>();
    /** Taken out of the outbox and not written down: what would be told twice after a kill. */
    private int open;

    private boolean paced;

    ReceiverQueue(String receiver) {
        this.receiver = receiver;
    }

    String receiver() {
        return receiver;
    }

    /** What has come back, and how many messages there is room for. */
    record Turn(List<Delivery.Outcome> outcomes, int room) {
        boolean isIdle() {
            return outcomes.isEmpty() && room == 0;
        }
    }

    /** Asks for a turn; whether it is the caller's, who otherwise has left it to somebody at work. */
    boolean ask() {
        return asked.getAndIncrement() == 0;
    }

    /** How many have asked, for {@link #isOver}. */
    int asked() {
        return asked.get();
    }

    /** Whether nobody has asked since; otherwise there is another turn to take. */
    boolean isOver(int seen) {
        return asked.addAndGet(-seen) == 0;
    }

    /** @param most at a time, 0 to take nothing more */
    synchronized Turn turn(Instant now, int most, ReceiverRate receiverRate) {
        var outcomes = back;
        back = new ArrayList<>();
        int room = circuitBreaker.room(now, most) - (open - outcomes.size());
        if (room <= 0) {
            return new Turn(outcomes, 0);
        }
        int may = receiverRate.take(room);
        paced = may < room;
        return new Turn(outcomes, may);
    }

    synchronized void taken(int notifications, Turn in) {
        open += notifications - in.outcomes().size();
    }

    synchronized void came(Delivery.Outcome outcome, Sink.Result result, Instant now) {
        back.add(outcome);
        switch (result) {
            case Sink.Result.Delivered _ -> circuitBreaker.delivered();
            case Sink.Result.Retry(var _, var after) -> circuitBreaker.failed(now, after.orElse(Duration.ZERO));
            case Sink.Result.Refused _ -> {
                // says something about this message, nothing about the receiver
            }
        }
    }

    /** The clock was set. */
    synchronized void shift(Duration by) {
        circuitBreaker.shift(by);
    }

    /** When it is tried again, if it is being spared. */
    synchronized Optional<Instant> circuitOpenUntil() {
        return circuitBreaker.isOpen() ? Optional.of(circuitBreaker.closedUntil()) : Optional.empty();
    }

    /** Whether it had as much as its rate allows. */
    synchronized boolean isPaced() {
        return paced;
    }
}
