package dev.playcall.web.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.schedule.Schedule;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleRowsTest {
    private static final Instant THEN = Instant.parse("2026-11-29T06:00:00Z");

    @Test
    void the_last_run_of_a_schedule_is_named_once() {
        assertThat(ScheduleRows.besideLink(new Schedule.Last(THEN, Optional.of(40L), "#40")))
                .isEmpty();
    }

    @Test
    void what_kept_a_schedule_from_running_is_said_in_full() {
        assertThat(ScheduleRows.besideLink(new Schedule.Last(THEN, Optional.empty(), "missed")))
                .isEqualTo("missed");
    }
}
