package dev.playcall.notify.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final Duration NONE = Duration.ZERO;

    private final CircuitBreaker circuitBreaker = new CircuitBreaker(new Random(4));
    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    private Duration pause() {
        return circuitBreaker.closedUntil().isAfter(now) ? Duration.between(now, circuitBreaker.closedUntil()) : NONE;
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuitBreaker.failed(now, Optional.empty());
        }
    }

    @Test
    void aMomentsTroubleOfManyAtATimeIsAnsweredWithHalfASecond() {
        fail(64);
        assertThat(circuitBreaker.isOpen()).isTrue();
        assertThat(pause()).isBetween(Duration.ofMillis(375), Duration.ofMillis(500));
        now = now.plus(pause());
        assertThat(circuitBreaker.capacity(now, 16)).isEqualTo(1);
        assertThat(circuitBreaker.delivered()).as("what waits is due now").isTrue();
        assertThat(circuitBreaker.capacity(now, 16)).isEqualTo(16);
        assertThat(circuitBreaker.delivered()).isFalse();
    }

    @Test
    void thePausesDoubleUpToAMinute() {
        fail(5);
        for (int millis : new int[] {500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000}) {
            assertThat(pause()).isBetween(Duration.ofMillis(millis * 3L / 4), Duration.ofMillis(millis));
            now = now.plus(pause());
            fail(1);
        }
    }

    @Test
    void whatItAskedForHoldsWhateverOurOwnPauseIs() {
        fail(5);
        for (int i = 0; i < 6; i++) {
            now = now.plus(pause());
            fail(1);
        }
        now = now.plus(pause());
        circuitBreaker.failed(now, Optional.of(Duration.ofSeconds(1)));
        assertThat(pause()).as("not the half minute it had come to").isEqualTo(Duration.ofSeconds(1));
        fail(20);
        assertThat(pause()).as("those that were on their way").isEqualTo(Duration.ofSeconds(1));
        circuitBreaker.delivered();
        assertThat(pause()).as("one that it took before").isEqualTo(Duration.ofSeconds(1));
        circuitBreaker.failed(now, Optional.of(Duration.ofDays(1)));
        assertThat(pause()).as("within reason").isEqualTo(Duration.ofMinutes(15));
    }
}
