package dev.playcall.domain.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextFormatTest {
    private static final Instant NOW = Instant.parse("2026-11-22T01:30:05Z");

    private static String duration(long seconds) {
        return TextFormat.duration(Duration.ofSeconds(seconds));
    }

    @Test
    void aDurationHasItsTwoLargestUnits() {
        assertThat(duration(-3)).isEqualTo("0 s");
        assertThat(duration(54)).isEqualTo("54 s");
        assertThat(duration(60)).isEqualTo("1 min");
        assertThat(duration(77)).isEqualTo("1 min 17 s");
        assertThat(duration(86_220)).isEqualTo("23 h 57 min");
        assertThat(duration(7_200)).isEqualTo("2 h");
        assertThat(duration(183_600)).isEqualTo("2 d 3 h");
        assertThat(duration(7 * 86_400)).isEqualTo("7 d");
    }

    @Test
    void aShortDurationHasTenthsOfASecond() {
        assertThat(TextFormat.shortDuration(Duration.ofMillis(440))).isEqualTo("0.4 s");
        assertThat(TextFormat.shortDuration(Duration.ofMillis(12_300))).isEqualTo("12.3 s");
        assertThat(TextFormat.shortDuration(Duration.ofSeconds(77))).isEqualTo("1 min 17 s");
    }

    @Test
    void aTimeToComeIsSaidAsSuch() {
        assertThat(TextFormat.ago(NOW.plusSeconds(300), NOW)).isEqualTo("in 5 min");
        assertThat(TextFormat.ago(NOW.plusSeconds(3), NOW)).isEqualTo("in 3 s");
        assertThat(TextFormat.until(NOW.plusMillis(300), NOW)).isEqualTo("now");
        assertThat(TextFormat.until(NOW, NOW)).isEqualTo("now");
    }

    @Test
    void anAgeHasOneUnit() {
        assertThat(TextFormat.ago(NOW, NOW)).isEqualTo("just now");
        assertThat(TextFormat.ago(NOW.minusSeconds(40), NOW)).isEqualTo("40 s ago");
        assertThat(TextFormat.ago(NOW.minusSeconds(330), NOW)).isEqualTo("5 min ago");
        assertThat(TextFormat.ago(NOW.minusSeconds(11_000), NOW)).isEqualTo("3 h ago");
        assertThat(TextFormat.ago(NOW.minusSeconds(200_000), NOW)).isEqualTo("2 d ago");
    }

    @Test
    void aTimeHasItsZone() {
        assertThat(TextFormat.minute(NOW)).isEqualTo("2026-11-22 01:30 UTC");
        assertThat(TextFormat.second(NOW)).isEqualTo("2026-11-22 01:30:05 UTC");
        assertThat(TextFormat.weekday(NOW, ZoneId.of("Europe/Berlin"))).isEqualTo("Sun 22 Nov 02:30 Europe/Berlin");
        assertThat(TextFormat.weekdayOnly(NOW, ZoneId.of("Europe/Berlin"))).isEqualTo("Sun 22 Nov 02:30");
    }

    @Test
    void sizesCountIn1024() {
        assertThat(TextFormat.size(0)).isEqualTo("0 B");
        assertThat(TextFormat.size(1536)).isEqualTo("1.5 kB");
        assertThat(TextFormat.size(54L << 20)).isEqualTo("54 MB");
        assertThat(TextFormat.size(5L << 30)).isEqualTo("5 GB");
    }

    @Test
    void percentagesAndCountsAreRoundedAndNamed() {
        assertThat(TextFormat.percent(87.5)).isEqualTo("87.5%");
        assertThat(TextFormat.percent(100)).isEqualTo("100%");
        assertThat(TextFormat.count(1, "host")).isEqualTo("1 host");
        assertThat(TextFormat.count(1200, "host")).isEqualTo("1,200 hosts");
    }

    @Test
    void aListNamesTheFirstAndCountsTheRest() {
        assertThat(TextFormat.list(List.of(), 2)).isEmpty();
        assertThat(TextFormat.list(List.of("a", "b"), 2)).isEqualTo("a, b");
        assertThat(TextFormat.list(List.of("a", "b", "c"), 2)).isEqualTo("a, b and 1 more");
        assertThat(TextFormat.list(List.of(1, 2, 3), 1, n -> "#" + n)).isEqualTo("#1 and 2 more");
        assertThat(TextFormat.phrases(List.of("a, b", "c", "d"), 2)).isEqualTo("a, b; c; and 1 more");
    }
}
