package dev.playcall.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PageAgesTest {
    private static final Instant NOW = Instant.parse("2026-11-29T06:00:00Z");

    @Test
    void a_time_to_come_is_never_said_to_be_past() {
        assertThat(TimeAgo.ago(NOW.plusSeconds(300), NOW)).isEqualTo("in 5m 00s");
        assertThat(TimeAgo.ago(NOW.plusSeconds(3), NOW)).isEqualTo("in 3s");
    }

    @Test
    void a_time_that_is_past_is_said_with_its_age() {
        assertThat(TimeAgo.ago(NOW, NOW)).isEqualTo("just now");
        assertThat(TimeAgo.ago(NOW.minusSeconds(300), NOW)).isEqualTo("5m ago");
        assertThat(TimeAgo.ago(NOW.minusSeconds(200_000), NOW)).isEqualTo("2d ago");
    }
}
