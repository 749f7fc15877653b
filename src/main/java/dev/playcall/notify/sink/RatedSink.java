package dev.playcall.notify.sink;

import dev.playcall.config.ReceiverConfig.Rate;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.dispatch.Sink.ReceiverRate;
import dev.playcall.notify.event.Notification;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A receiver that is to get so many messages within so long, and no more; what is too much waits in the outbox. */
final class RatedSink implements Sink {
    private final Sink sink;
    private final ReceiverRate receiverRate;

    RatedSink(Sink sink, Rate rate, Clock clock) {
        this.sink = sink;
        this.receiverRate = new Leave(rate, clock);
    }

    @Override
    public ReceiverRate pace() {
        return receiverRate;
    }

    @Override
    public int atOnce() {
        return sink.atOnce();
    }

    @Override
    public Result deliver(Notification notification) {
        return sink.deliver(notification);
    }

    private static final class Leave implements ReceiverRate {
        private final Duration window;
        private final Bucket bucket;

        Leave(Rate rate, Clock clock) {
            window = rate.per();
            bucket = Bucket.builder()
                    .addLimit(l -> l.capacity(rate.count()).refillGreedy(rate.count(), rate.per()))
                    .withCustomTimePrecision(new Time(clock))
                    .build();
        }

        @Override
        public int take(int wanted) {
            return wanted <= 0 ? 0 : (int) bucket.tryConsumeAsMuchAsPossible(wanted);
        }

        @Override
        public void giveBack(int unused) {
            if (unused > 0) {
                bucket.addTokens(unused);
            }
        }

        @Override
        public Optional<Duration> window() {
            return Optional.of(window);
        }

        @Override
        public void recordSent(long messages) {
            if (messages > 0) {
                bucket.tryConsumeAsMuchAsPossible(messages);
            }
        }
    }

    private record Time(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
