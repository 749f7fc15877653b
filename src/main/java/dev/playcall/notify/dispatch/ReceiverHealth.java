package dev.playcall.notify.dispatch;

import java.time.Duration;
import java.time.Instant;

/** Is told when a receiver takes nothing for some time, and when it does again. */
interface ReceiverHealth {
    /** Nobody is told. */
    ReceiverHealth UNWATCHED = new ReceiverHealth() {
        @Override
        public void failing(Failure failure, int givenUp) {}

        @Override
        public void working(String receiver) {}
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
}
