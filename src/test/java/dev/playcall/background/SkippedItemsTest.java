package dev.playcall.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SkippedItemsTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final SkippedItems skipped = new SkippedItems(clock);
    private final List<String> instead = new ArrayList<>();

    private static void fail(String why) {
        throw new IllegalStateException(why);
    }

    private void fails(String why) {
        assertThatThrownBy(() -> skipped.run("entry 1", () -> fail(why), instead::add))
                .hasMessage(why);
    }

    @Test
    void whatFailsAgainAndAgainIsSkippedAndShownForADay() {
        for (int n = 1; n < SkippedItems.TRIES; n++) {
            fails("broken");
            assertThat(skipped.problem()).isEmpty();
        }
        skipped.run("entry 1", () -> fail("broken"), instead::add);
        assertThat(instead).containsExactly("broken");
        assertThat(skipped.problem()).contains("skipped entry 1 at 2026-03-01 12:00:00 UTC after 5 tries: broken");
        skipped.run("entry 1", () -> fail("not tried"), instead::add);
        clock.go(SkippedItems.PAUSE);
        fails("tried again");
        clock.go(Duration.ofHours(24));
        assertThat(skipped.problem()).isEmpty();
    }

    @Test
    void aSuccessBetweenFailuresBeginsTheCountAnew() {
        for (int n = 1; n < SkippedItems.TRIES; n++) {
            fails("broken");
        }
        skipped.run("entry 1", () -> {});
        fails("broken");
        assertThat(instead).isEmpty();
    }

    @Test
    void aFullDiskIsNotTheFaultOfAnItem() {
        for (int n = 0; n < 3 * SkippedItems.TRIES; n++) {
            fails("[SQLITE_FULL] database or disk is full");
        }
        assertThat(skipped.problem()).isEmpty();
    }
}
