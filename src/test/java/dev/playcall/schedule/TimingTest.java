package dev.playcall.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimingTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static List<String> next(String cron, ZoneId zone, String from, int most) {
        return new ScheduleTiming.Repeated(cron, zone)
                .next(Instant.parse(from), most).stream().map(Instant::toString).toList();
    }

    @Test
    void aTimeThatTheClockJumpsOverComesAtTheJump() {
        assertThat(next("30 2 * * *", BERLIN, "2026-03-27T12:00:00Z", 4))
                .containsExactly(
                        "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z");
    }

    @Test
    void aTimeThatTheClockShowsTwiceComesTheFirstTime() {
        assertThat(next("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z", "2026-10-27T01:30:00Z");
        assertThat(next("0,30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 3))
                .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:00:00Z");
    }

    @Test
    void elapsedTimeGoesOnThroughBothChanges() {
        assertThat(next("*/30 * * * *", BERLIN, "2026-10-25T00:00:00Z", 5))
                .containsExactly(
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T02:00:00Z",
                        "2026-10-25T02:30:00Z");
        assertThat(next("0 * * * *", BERLIN, "2026-03-29T00:00:00Z", 3))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", "2026-03-29T03:00:00Z");
    }

    @Test
    void aWeekdayThatTheClockDoesNotReachIsLeftAlone() {
        // The jump is on a Sunday: what is meant for Mondays has nothing to do with it.
        assertThat(next("30 2 * * mon", BERLIN, "2026-03-27T12:00:00Z", 1)).containsExactly("2026-03-30T00:30:00Z");
    }

    @Test
    void theTwentyNinthOfFebruaryIsAwaited() {
        assertThat(next("0 0 29 2 *", ZoneId.of("UTC"), "2026-11-20T12:00:00Z", 2))
                .containsExactly("2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0 0 30 2 *", "0 0 31 4 *", "61 * * * *", "* * * *", "hello", "", "* * * * * *", "0 25 * * *"})
    void whatNeverComesOrMeansNothingIsRefused(String cron) {
        assertThat(ScheduleTiming.wrong(cron, BERLIN, NOW)).isPresent();
    }

    @Test
    void aLineIsSaidInWords() {
        assertThat(new ScheduleTiming.Repeated("30 2 * * *", BERLIN).words()).contains("02:30");
        assertThat(ScheduleTiming.wrong("30 2 * * mon-fri", BERLIN, NOW)).isEmpty();
    }
}
