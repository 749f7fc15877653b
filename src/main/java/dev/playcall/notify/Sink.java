package dev.playcall.notify;

import java.time.Duration;
import java.util.Optional;

/** A way to reach a receiver. It sends once and says what came of it; it never tries again by itself. */
public interface Sink {

    /** Blocks until it is known what came of it. Its own address and secrets are in no result. */
    Result deliver(Parcel parcel);

    /** What came of one attempt. */
    sealed interface Result {
        /** It arrived; {@code ref} is the receiver's own name of the message, empty where it has none. */
        record Delivered(String ref) implements Result {}

        /** It did not arrive, or nobody knows; it may be tried again, after {@code after} when the receiver said so. */
        record Retry(String why, Optional<Duration> after) implements Result {}

        /** It will never arrive, however often it is tried. */
        record Refused(String why) implements Result {}
    }
}
