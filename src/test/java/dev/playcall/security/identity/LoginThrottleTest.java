package dev.playcall.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.HandClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private final HandClock clock = new HandClock(Instant.EPOCH);
    private final LoginThrottle throttle = new LoginThrottle(clock);

    private int tries(String name, String address, int most) {
        int free = 0;
        while (free < most && throttle.attempt(name, address).isZero()) {
            free++;
        }
        return free;
    }

    @Test
    void fiveAreFreeThenEveryFailureDoublesTheWaitUpToAQuarterOfAnHour() {
        assertThat(tries("anna", "192.0.2.1", 100)).isEqualTo(5);
        var longest = Duration.ZERO;
        for (int i = 0; i < 15; i++) {
            var pause = throttle.attempt("anna", "192.0.2.1");
            assertThat(pause).isGreaterThanOrEqualTo(longest).isPositive();
            longest = pause;
            clock.go(pause);
            assertThat(throttle.attempt("anna", "192.0.2.1")).isZero();
        }
        assertThat(longest).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void whoGuessesFromOneAddressHoldsUpNobodyElse() {
        tries("anna", "192.0.2.1", 100);
        assertThat(throttle.attempt("anna", "192.0.2.2")).isZero();
    }

    @Test
    void manyNamesFromOneAddressAreHeldUpTogether() {
        int free = 0;
        for (int i = 0; i < 100; i++) {
            free += throttle.attempt("name" + i, "192.0.2.1").isZero() ? 1 : 0;
        }
        assertThat(free).isEqualTo(20);
    }

    @Test
    void oneNameFromManyAddressesIsHeldUpInTheEnd() {
        int free = 0;
        for (int i = 0; i < 200; i++) {
            free += throttle.attempt("anna", "192.0.2." + i).isZero() ? 1 : 0;
        }
        assertThat(free).isEqualTo(60);
    }

    @Test
    void aRightPasswordMakesTheNextOnesFreeAgain() {
        tries("anna", "192.0.2.1", 4);
        throttle.succeeded("anna", "192.0.2.1");
        assertThat(tries("anna", "192.0.2.1", 100)).isEqualTo(5);
    }

    @Test
    void afterAnHourOfQuietAllIsForgotten() {
        tries("anna", "192.0.2.1", 100);
        clock.go(Duration.ofMinutes(61));
        assertThat(tries("anna", "192.0.2.1", 100)).isEqualTo(5);
    }
}
