package dev.playcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"10s, PT10S", "5m, PT5M", "1h, PT1H", "30d, PT720H", "1h30m, PT1H30M", "' 2d ', PT48H", "0s, PT0S"})
    void durations(String text, Duration duration) {
        assertThat(Quantities.duration(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "5 minuets", "-5m", "1.5h", "m", "5m5h", "99999999999999999999s", "5M", "٣s"})
    void noDurations(String text) {
        assertThat(Quantities.duration(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "100, 100",
        "1KB, 1024",
        "500MB, 524288000",
        "5GB, 5368709120",
        "5 GiB, 5368709120",
        "1T, 1099511627776"
    })
    void sizes(String text, long bytes) {
        assertThat(Quantities.size(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "-1GB", "1.5GB", "5XB", "999999999TB", "1 000"})
    void noSizes(String text) {
        assertThat(Quantities.size(text)).isEmpty();
    }
}
