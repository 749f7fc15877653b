package dev.playcall.notify.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** A receiver that is slow and well gets more at a time, one that becomes slower by that gets fewer. */
class ConcurrencyLimitTest {
    private static final int CEILING = 64;

    private final ConcurrencyLimit limit = new ConcurrencyLimit();

    /** Rounds of as many as may be on their way, each as slow as a receiver is with so many. */
    private int rounds(int rounds, IntToLongFunction millis) {
        int sent = 0;
        for (int i = 0; i < rounds; i++) {
            int now = Math.min(limit.get(), CEILING);
            for (int n = 0; n < now; n++) {
                limit.delivered(millis.applyAsLong(now));
            }
            sent += now;
        }
        return sent;
    }

    @Test
    void aHealthyReceiverThatTakesTwoSecondsGetsAsManyAtATimeAsTheCeilingAllowsAfterAFewRounds() {
        rounds(4, _ -> 2_000);
        assertThat(limit.get()).isGreaterThanOrEqualTo(CEILING);
        assertThat(new ConcurrencyLimitTest().rounds(12, _ -> 2_000))
                .as("in 24 s; four at a time would be 48")
                .isGreaterThanOrEqualTo(500);
    }

    @Test
    void oneThatTakesLongerTheMoreItGetsAtATimeIsNotGivenMore() {
        rounds(50, n -> 100L * n);
        assertThat(limit.get()).isBetween(ConcurrencyLimit.USUAL, 16);
    }

    @Test
    void oneThatBecameSlowerForItsOwnReasonsGrowsAgain() {
        rounds(6, _ -> 20);
        rounds(10, _ -> 2_000);
        assertThat(limit.get()).isGreaterThanOrEqualTo(CEILING);
    }

    @Test
    void afterAFailureItBeginsAgainWithAFew() {
        rounds(6, _ -> 20);
        limit.failed();
        assertThat(limit.get()).isEqualTo(ConcurrencyLimit.USUAL);
    }
}
