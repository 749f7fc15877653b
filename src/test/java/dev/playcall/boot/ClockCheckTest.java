package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.testing.ManualClock;
import dev.playcall.web.http.ReadinessCheck.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
    private static final Instant T = Instant.parse("2026-01-31T09:30:00Z");

    @Test
    void aClockThatIsBehindTheNewestRecordIsTold() {
        var clock = new ManualClock(T);
        var check = new ClockCheck(clock, () -> Optional.of(T));
        assertThat(check.look()).isEmpty();
        clock.go(Duration.ofSeconds(-30));
        assertThat(check.look()).isEmpty();
        clock.go(Duration.ofHours(-3));
        assertThat(check.look())
                .hasValueSatisfying(p -> assertThat(p.weight()).isEqualTo(Weight.DEGRADES))
                .hasValueSatisfying(p -> assertThat(p.text())
                        .contains("the clock was set back", "2026-01-31T06:29:30Z", "2026-01-31T09:30:00Z"));
        assertThat(new ClockCheck(clock, Optional::empty).look()).isEmpty();
    }
}
