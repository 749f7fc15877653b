package dev.playcall.notify.dispatch;

import java.time.Duration;
import java.time.Instant;

/** Is told when a receiver takes nothing for some time, and when it does again. */
interface ReceiverHealth {
    /** The kinds of the events that are made of this begin so. */
    String KINDS = "receiver.";

    /** Nobody is told. */
    ReceiverHealth UNWATCHED = new ReceiverHealth() {
        @Override
        public void failing(Failure failure, int givenUp) {}

        @Override
        public void working(String receiver) {}

        @Override
        public void messagesFailed(String receiver, int count, String title, String why, Instant now) {}
    };

    /**
     * That a receiver takes nothing.
     *
     * @param since when nothing arrived any more
     * @param why the last answer, one line
     * @param lasted how long it has been so
     */
    record Failure(String receiver, Instant since, String why, Duration lasted) {}

    /**
     * It has taken nothing for longer than a deployment or a restart takes.
     *
     * @param givenUp how many messages are not tried any more
     */
    void failing(Failure failure, int givenUp);

    /** It took a message: the first one since this process started, or since it was failing. */
    void working(String receiver);

    /**
     * It accepts messages, but did not accept these.
     *
     * @param title of the last of them
     * @param why the last of them failed
     */
    void messagesFailed(String receiver, int count, String title, String why, Instant now);
}
