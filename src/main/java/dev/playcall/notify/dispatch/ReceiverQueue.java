package dev.playcall.notify.dispatch;

import dev.playcall.notify.dispatch.Sink.ReceiverRate;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.Notification;
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
    private final RetryPolicy retryPolicy;
    private final CircuitBreaker circuitBreaker;
    private final ConcurrencyLimit concurrencyLimit = new ConcurrencyLimit();
    private final RejectedMessages rejectedMessages = new RejectedMessages();
    private final AtomicInteger asked = new AtomicInteger();
    private List<Delivery.Outcome> back = new ArrayList<>();
    /** Taken out of the outbox and not written down: what would be told twice after a kill. */
    private int open;

    private boolean paced;
    private boolean recovered;
    private String lastFailure = "";

    ReceiverQueue(String receiver, RetryPolicy retryPolicy) {
        this.receiver = receiver;
        this.retryPolicy = retryPolicy;
        this.circuitBreaker = new CircuitBreaker(retryPolicy.random());
    }

    String receiver() {
        return receiver;
    }

    /**
     * What has come back, and how many messages there is room for.
     *
     * @param recovered the receiver was spared and takes messages again
     */
    record Turn(List<Delivery.Outcome> outcomes, int capacity, boolean recovered) {
        boolean isIdle() {
            return outcomes.isEmpty() && capacity == 0 && !recovered;
        }
    }

    /** What follows on a try. */
    sealed interface Next {
        record Done() implements Next {}

        record Again(Instant at) implements Next {}

        record Dead(String reason) implements Next {}
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
        boolean again = recovered;
        recovered = false;
        int capacity = circuitBreaker.capacity(now, Math.min(most, concurrencyLimit.get())) - (open - outcomes.size());
        if (capacity <= 0) {
            return new Turn(outcomes, 0, again);
        }
        int may = receiverRate.take(capacity);
        paced = may < capacity;
        return new Turn(outcomes, may, again);
    }

    synchronized void taken(int notifications, Turn in) {
        open += notifications - in.outcomes().size();
    }

    /** What a turn was to write down could not be. */
    synchronized void failed(Turn turn) {
        recovered |= turn.recovered();
    }

    /** Decides what follows on what a try came to. */
    synchronized Next next(Notification notification, Sink.Result result, long millis, Instant now) {
        int tries = notification.tries() + 1;
        return switch (result) {
            case Sink.Result.Delivered _ -> {
                recovered |= circuitBreaker.delivered();
                concurrencyLimit.delivered(millis);
                rejectedMessages.delivered(notification.id());
                yield new Next.Done();
            }
            case Sink.Result.Retry(var why, var after) -> {
                circuitBreaker.failed(now, after);
                concurrencyLimit.failed();
                lastFailure = why;
                yield retryPolicy
                        .next(tries, notification.createdAt(), now, after)
                        .<Next>map(at -> again(after.isPresent() ? at : notBeforeProbe(at)))
                        .orElseGet(() -> new Next.Dead(why + "; failed after " + tries + " attempts"));
            }
            case Sink.Result.Rejected(var why) -> rejected(notification, why, tries, now);
            case Sink.Result.Refused(var why) -> new Next.Dead(why);
        };
    }

    private Next rejected(Notification notification, String why, int tries, Instant now) {
        if (rejectedMessages.rejected(notification.id())) {
            circuitBreaker.forgive();
            return new Next.Dead(
                    why + "; failed after " + tries + " attempts, as other messages were accepted meanwhile");
        }
        circuitBreaker.rejected(now);
        concurrencyLimit.failed();
        lastFailure = why;
        return again(notBeforeProbe(now.plus(retryPolicy.afterRejection(rejectedMessages.times(notification.id())))));
    }

    private static Next again(Instant at) {
        return new Next.Again(at);
    }

    /** While a receiver takes nothing its probes decide, not how often this message was tried. */
    private Instant notBeforeProbe(Instant own) {
        return circuitBreaker.isOpen() ? circuitBreaker.closedUntil() : own;
    }

    synchronized void add(Delivery.Outcome outcome) {
        back.add(outcome);
    }

    /** How long nothing goes out, when that is so. */
    synchronized Optional<Duration> pause(Instant now) {
        return Optional.of(circuitBreaker.closedUntil())
                .filter(now::isBefore)
                .map(until -> Duration.between(now, until));
    }

    /** That it takes nothing, and since when; empty while one message alone is in trouble. */
    synchronized Optional<ReceiverHealth.Failure> failure(Instant now) {
        return circuitBreaker
                .failingSince()
                .filter(_ -> circuitBreaker.isOpen())
                .map(since -> failure(since, now));
    }

    /** That it rejects everything, and since when. */
    synchronized Optional<ReceiverHealth.Failure> rejecting(Instant now) {
        return circuitBreaker
                .rejectingSince()
                .filter(_ -> circuitBreaker.isOpen())
                .map(since -> failure(since, now));
    }

    private ReceiverHealth.Failure failure(Instant since, Instant now) {
        return new ReceiverHealth.Failure(receiver, since, lastFailure, Duration.between(since, now));
    }

    /** What waited too long was given up. */
    synchronized void gaveUp() {
        rejectedMessages.clear();
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
