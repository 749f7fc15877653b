package dev.playcall.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.security.identity.LoginThrottle.Place;
import dev.playcall.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginThrottleTest {
    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final LoginThrottle throttle = new LoginThrottle(clock);

    private static Place at(String address) {
        return new Place(address, Optional.empty());
    }

    private static Place with(String browser, String address) {
        return new Place(address, Optional.of(browser));
    }

    private int tries(String name, Place place, int most) {
        int free = 0;
        while (free < most && throttle.attempt(name, place).isZero()) {
            free++;
        }
        return free;
    }

    /** How many of these tries, all at the same moment, are looked at. */
    private int tries(int most, IntFunction<String> name, IntFunction<String> address) {
        return (int) IntStream.range(0, most)
                .filter(i ->
                        throttle.attempt(name.apply(i), at(address.apply(i))).isZero())
                .count();
    }

    @Test
    void fiveAreFreeThenEveryFailureDoublesTheWaitUpToAQuarterOfAnHour() {
        assertThat(tries("anna", at("192.0.2.1"), 100)).isEqualTo(5);
        var longest = Duration.ZERO;
        for (int i = 0; i < 15; i++) {
            var pause = throttle.attempt("anna", at("192.0.2.1"));
            assertThat(pause).isGreaterThanOrEqualTo(longest).isPositive();
            longest = pause;
            clock.go(pause);
            assertThat(throttle.attempt("anna", at("192.0.2.1"))).isZero();
        }
        assertThat(longest).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void whoGuessesFromOneAddressHoldsUpNobodyElse() {
        tries("anna", at("192.0.2.1"), 100);
        assertThat(throttle.attempt("anna", at("192.0.2.2"))).isZero();
    }

    @Test
    void manyNamesFromOneAddressAreHeldUpTogether() {
        assertThat(tries(100, i -> "name" + i, _ -> "192.0.2.1")).isEqualTo(20);
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreOneAddress() {
        assertThat(tries(100, i -> "name" + i, i -> "2001:db8:1:2::" + Integer.toHexString(i)))
                .isEqualTo(20);
        assertThat(throttle.attempt("anna", at("2001:db8:1:3::1"))).isZero();
    }

    /** Whatever strangers do at the same time, from however many addresses and in whatever order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void strangersLockNobodyOut(long seed) {
        var random = new Random(seed);
        throttle.attempt("anna", at("198.51.100.1"));
        throttle.succeeded("anna", at("198.51.100.1"));
        var asked = new boolean[] {false};
        for (int second = 0; second < 200; second++) {
            for (int i = random.nextInt(10); i > 0; i--) {
                throttle.attempt("anna", at(stranger(random)));
            }
            clock.go(Duration.ofMillis(random.nextInt(2000)));
            if (second % 10 != 0) {
                continue;
            }
            assertThat(throttle.attempt("anna", at("198.51.100.1")))
                    .as("an address where she logged in before")
                    .isZero();
            throttle.succeeded("anna", at("198.51.100.1"));
            var browser = with("hers", stranger(random));
            assertThat(throttle.attempt("anna", browser))
                    .as("her browser, wherever it is")
                    .isZero();
            throttle.succeeded("anna", browser);
            // A place that nobody has seen before waits once, and then it is its turn.
            var anew = at("198.51.100." + (2 + second));
            var wait = throttle.attempt("anna", anew);
            assertThat(wait).as("a new place").isLessThanOrEqualTo(LoginThrottle.FIRST_WAIT);
            asked[0] |= !wait.isZero();
            if (!wait.isZero()) {
                IntStream.range(0, 100).forEach(_ -> throttle.attempt("anna", at(stranger(random))));
                clock.go(wait);
                assertThat(throttle.attempt("anna", anew)).isZero();
            }
            throttle.succeeded("anna", anew);
        }
        assertThat(asked[0]).as("new places were slowed at all").isTrue();
    }

    private static String stranger(Random random) {
        return random.nextBoolean()
                ? "203.0." + random.nextInt(256) + "." + random.nextInt(256)
                : "2001:db8:" + Integer.toHexString(random.nextInt(65_536)) + "::1";
    }

    /** Each new address costs a wait, and each try from it a longer one. */
    @Test
    void oneNameFromManyAddressesIsSlow() {
        assertThat(tries(200, _ -> "anna", i -> "192.0.2." + i)).isEqualTo(20);
        int looked = 0;
        for (int second = 0; second < 600; second++) {
            clock.go(Duration.ofSeconds(1));
            looked += throttle.attempt("anna", at("203.0.113.9")).isZero() ? 1 : 0;
        }
        assertThat(looked).as("in ten minutes from one address").isBetween(1, 5);
    }

    @Test
    void whoeverHoldsTheBrowserOfSomebodyGuessesAsSlowly() {
        assertThat(tries("anna", with("hers", "192.0.2.1"), 100)).isEqualTo(5);
        assertThat(throttle.attempt("anna", with("hers", "192.0.2.2"))).isPositive();
    }

    @Test
    void namesThatCannotBeAreOneNameHoweverLong() {
        assertThat(tries(100, i -> "?".repeat(10_000) + i, _ -> "192.0.2.1")).isEqualTo(5);
    }

    @Test
    void aRightPasswordMakesTheNextOnesFreeAgain() {
        tries("anna", at("192.0.2.1"), 4);
        throttle.succeeded("anna", at("192.0.2.1"));
        assertThat(tries("anna", at("192.0.2.1"), 100)).isEqualTo(5);
    }

    @Test
    void afterAnHourOfQuietAllIsForgotten() {
        tries("anna", at("192.0.2.1"), 100);
        clock.go(Duration.ofMinutes(61));
        assertThat(tries("anna", at("192.0.2.1"), 100)).isEqualTo(5);
    }
}
