package dev.playcall.notify.dispatch;

import dev.playcall.notify.event.Notification;
import java.time.Duration;
import java.util.Optional;

/** A way to reach a receiver. It sends once and says what came of it; it never tries again by itself. */
public interface Sink {

    /** How fast it may be used; asked before anything is taken out of the outbox for it. */
    default ReceiverRate pace() {
        return ReceiverRate.ANY;
    }

    /** How many messages may be on their way to it at a time, which is what a kill may double. */
    default int atOnce() {
        return ConcurrencyLimit.USUAL;
    }

    /** Blocks until it is known what came of it. Its own address and secrets are in no result. */
    Result deliver(Notification notification);

    /** What came of one attempt. */
    sealed interface Result {
        /** The same with a note, for the ledger, where it arrived. */
        default Result noting(String note) {
            return this;
        }

        /**
         * It arrived.
         *
         * @param ref the receiver's own name of the message, empty where it has none
         * @param note what was not as it should be, for the ledger; empty when all was well
         */
        record Delivered(String ref, String note) implements Result {
            public Delivered(String ref) {
                this(ref, "");
            }

            /** The same with another note behind it. */
            @Override
            public Delivered noting(String more) {
                return more.isEmpty() ? this : new Delivered(ref, note.isEmpty() ? more : note + "; " + more);
            }
        }

        /** It did not arrive, or nobody knows; it may be tried again, after {@code after} when the receiver said so. */
        record Retry(String why, Optional<Duration> after) implements Result {}

        /**
         * It was answered with what usually does not change: a redirect, a client error. That may be this message, or the
         * receiver, or a proxy before it for as long as a deployment takes.
         */
        record Rejected(String why) implements Result {}

        /** It cannot be sent as Playcall is set up; nobody was asked. */
        record Refused(String why) implements Result {}
    }

    /** How fast a receiver may be told things. */
    interface ReceiverRate {
        /** As fast as it takes them. */
        ReceiverRate ANY = wanted -> wanted;

        /** Takes leave for so many messages at most; how many may go out now. */
        int take(int wanted);

        /** Leave that was not needed. */
        default void giveBack(int unused) {}

        /** How far back it looks, when it does. */
        default Optional<Duration> window() {
            return Optional.empty();
        }

        /** What was sent within that time by a process before this one. */
        default void recordSent(long messages) {}
    }
}
