package dev.playcall.notify.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.RouteOptions;
import dev.playcall.config.RouteOptions.Quiet;
import dev.playcall.notify.NotifyFixture;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore.PendingMessages;
import dev.playcall.notify.event.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights and storms. */
class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Quiet NIGHT = night("22:00", "07:00");

    @TempDir
    private Path folder;

    private static Quiet night(String from, String to) {
        return new Quiet(LocalTime.parse(from), LocalTime.parse(to), BERLIN, "critical");
    }

    private static Optional<String> until(Quiet quiet, String now) {
        return QuietHours.until(quiet, Instant.parse(now)).map(Instant::toString);
    }

    @Test
    void theNightEndsInTheMorningOfTheRightDay() {
        assertThat(until(NIGHT, "2026-03-02T20:59:59Z")).isEmpty();
        assertThat(until(NIGHT, "2026-03-02T21:00:00Z")).contains("2026-03-03T06:00:00Z");
        assertThat(until(NIGHT, "2026-03-03T05:59:59Z")).contains("2026-03-03T06:00:00Z");
        assertThat(until(NIGHT, "2026-03-03T06:00:00Z")).isEmpty();
        assertThat(until(night("12:00", "13:00"), "2026-03-02T11:30:00Z")).contains("2026-03-02T12:00:00Z");
        assertThat(until(night("07:00", "07:00"), "2026-03-02T11:30:00Z")).isEmpty();
    }

    @Test
    void theNightIsAnHourShorterInSpringAndLongerInAutumn() {
        assertThat(until(NIGHT, "2026-03-28T22:00:00Z")).contains("2026-03-29T05:00:00Z");
        assertThat(until(NIGHT, "2026-10-24T21:00:00Z")).contains("2026-10-25T06:00:00Z");
        // 02:30 is leapt over on March 29 and comes twice on October 25.
        assertThat(until(night("22:00", "02:30"), "2026-03-29T00:30:00Z")).contains("2026-03-29T01:00:00Z");
        assertThat(until(night("22:00", "02:30"), "2026-03-29T01:00:00Z")).isEmpty();
        assertThat(until(night("22:00", "02:30"), "2026-10-25T00:15:00Z")).contains("2026-10-25T00:30:00Z");
        assertThat(until(night("22:00", "02:30"), "2026-10-25T01:15:00Z")).isEmpty();
    }

    private static RouteOptions quiet() {
        return new RouteOptions(false, Optional.of(NIGHT), 10, List.of(), List.of());
    }

    @Test
    void atNightOnlyWhatIsGraveIsToldAndTheRestInTheMorningAsOne() {
        var evening = Instant.parse("2026-03-02T22:00:00Z");
        try (var fixture = new NotifyFixture(folder, NotifyFixture.rules(quiet(), "host"), evening)) {
            fixture.opens("web-1", Severity.ERROR);
            fixture.opens("web-2", Severity.WARNING);
            fixture.opens("web-3", Severity.ERROR);
            fixture.opens("db-1", Severity.CRITICAL);
            fixture.ends("web-2");
            assertThat(fixture.titles("ops")).containsExactly("db-1 is broken");
            assertThat(fixture.notificationEngine.held())
                    .extracting(PendingMessages::words)
                    .containsExactly("3 messages for ops deferred until 2026-03-03 06:00 UTC: quiet hours");
        }
        try (var fixture = new NotifyFixture(
                folder, NotifyFixture.rules(quiet(), "host"), Instant.parse("2026-03-03T05:59:00Z"))) {
            fixture.beat();
            assertThat(fixture.told("ops")).isEmpty();
            fixture.later(Duration.ofMinutes(2));
            assertThat(fixture.told("ops")).hasSize(1);
            var digest = fixture.told("ops").getFirst().content();
            assertThat(digest.digest()).startsWith("During quiet hours: 2 error, 1 resolved");
            assertThat(digest.open()).isEqualTo(2);
            assertThat(fixture.count(Delivery.State.FOLDED)).isEqualTo(3);
            fixture.later(Duration.ofHours(1));
            assertThat(fixture.told("ops")).hasSize(1);
        }
    }

    @Test
    void tenThousandAlertsAreADozenMessagesWithTheGraveOnesNamedAndAllInTheLedger() {
        var options = new RouteOptions(false, Optional.empty(), 10, List.of(), List.of());
        try (var fixture = new NotifyFixture(folder, NotifyFixture.rules(options, "host"), NotifyFixture.T)) {
            for (int block = 0; block < 20; block++) {
                int first = block * 500;
                fixture.notificationEngine
                        .outbox()
                        .take(java.util.stream.IntStream.range(first, first + 500)
                                .mapToObj(n -> fixture.notice(
                                        "host-" + n,
                                        NotificationEvent.Status.OPEN,
                                        n % 2_500 == 77 ? Severity.CRITICAL : Severity.ERROR,
                                        Map.of("host", "host-" + n, "rack", "r" + n % 3)))
                                .toList());
                fixture.clock.go(Duration.ofMillis(500));
                fixture.beat();
            }
            for (int minute = 0; minute < 5; minute++) {
                fixture.later(Duration.ofMinutes(1));
            }
            assertThat(fixture.told("ops")).hasSizeBetween(2, 12);
            assertThat(fixture.titles("ops"))
                    .contains("host-77 is broken", "host-2577 is broken", "host-5077 is broken", "host-7577 is broken");
            assertThat(fixture.count(Delivery.State.FOLDED)
                            + fixture.count(Delivery.State.DONE)
                            - fixture.told("ops").stream()
                                    .filter(p -> !p.content().digest().isEmpty())
                                    .count())
                    .isEqualTo(10_000);
            var big = fixture.told("ops").stream()
                    .map(Notification::content)
                    .filter(c -> c.open() > 100)
                    .findFirst()
                    .orElseThrow();
            assertThat(big.digest()).contains("499 notifications", "rack: r");
            assertThat(big.items()).hasSize(Notification.Content.MOST_ITEMS);
        }
    }

    @Test
    void afterAStormMessagesComeOneByOneAgain() {
        var options = new RouteOptions(false, Optional.empty(), 3, List.of(), List.of());
        try (var fixture = new NotifyFixture(folder, NotifyFixture.rules(options, "host"), NotifyFixture.T)) {
            for (int n = 0; n < 30; n++) {
                fixture.opens("host-" + n, Severity.ERROR);
                fixture.clock.go(Duration.ofSeconds(1));
            }
            for (int n = 0; n < 5; n++) {
                fixture.later(Duration.ofMinutes(2));
            }
            int before = fixture.told("ops").size();
            assertThat(before).isBetween(4, 6);
            fixture.opens("late", Severity.ERROR);
            assertThat(fixture.told("ops")).hasSize(before + 1);
            assertThat(fixture.told("ops").getLast().content().digest()).isEmpty();
        }
    }
}
