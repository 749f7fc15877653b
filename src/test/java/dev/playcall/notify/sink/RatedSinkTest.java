package dev.playcall.notify.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.ReceiverConfig.Rate;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RatedSinkTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Sink sink =
            new RatedSink(_ -> new Sink.Result.Delivered(""), new Rate(30, Duration.ofMinutes(1)), clock);

    @Test
    void soManyGoOutWithinTheTimeAndTheRestOneAfterTheOther() {
        assertThat(sink.pace().take(4)).isEqualTo(4);
        assertThat(sink.pace().take(100)).isEqualTo(26);
        assertThat(sink.pace().take(1)).isZero();
        clock.go(Duration.ofSeconds(2));
        assertThat(sink.pace().take(5)).isEqualTo(1);
        clock.go(Duration.ofHours(1));
        assertThat(sink.pace().take(100)).isEqualTo(30);
    }

    @Test
    void whatWasNotNeededIsThereAgain() {
        assertThat(sink.pace().take(30)).isEqualTo(30);
        sink.pace().giveBack(29);
        assertThat(sink.pace().take(100)).isEqualTo(29);
    }

    @Test
    void whatWentOutBeforeARestartCounts() {
        sink.pace().recordSent(28);
        assertThat(sink.pace().take(100)).isEqualTo(2);
    }
}
