package dev.playcall.notify.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.RouteOptions;
import dev.playcall.notify.NotifyFixture;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.Matcher;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.Inhibition;
import dev.playcall.notify.routing.NotificationRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not told, why, and what is told when that ends. */
class MuteTest {
    private static final Optional<Duration> TWO_HOURS = Optional.of(Duration.ofHours(2));

    @TempDir
    private Path folder;

    private NotifyFixture house() {
        return new NotifyFixture(folder, NotifyFixture.rules(RouteOptions.PLAIN, "host"), NotifyFixture.T);
    }

    private static Silence mute(NotifyFixture fixture, String matcher) {
        return fixture.alerts.mute(List.of(matcher), "disk is replaced", "slack:U1", "slack:C1", TWO_HOURS);
    }

    @Test
    void whatIsMutedIsKeptInTheLedgerWithWhyAndOthersAreTold() {
        try (var fixture = house()) {
            mute(fixture, "host=\"web-17\"");
            fixture.opens("web-17", Severity.ERROR);
            fixture.opens("web-18", Severity.ERROR);
            assertThat(fixture.titles("ops")).containsExactly("web-18 is broken");
            var muted = fixture.ledger().stream()
                    .filter(d -> d.state() == Delivery.State.MUTED)
                    .toList();
            assertThat(muted).hasSize(1);
            assertThat(muted.getFirst().reason())
                    .contains("muted by slack:U1", "until 2026-03-02 14:00 UTC", "disk is replaced");
        }
    }

    @Test
    void whenItRunsOutPeopleAreToldThatAndWhatIsStillOpen() {
        try (var fixture = house()) {
            mute(fixture, "host=~\"web-.*\"");
            fixture.opens("web-1", Severity.ERROR);
            fixture.opens("web-2", Severity.ERROR);
            fixture.ends("web-2");
            fixture.later(Duration.ofMinutes(119));
            assertThat(fixture.told("ops")).isEmpty();
            fixture.later(Duration.ofMinutes(2));
            assertThat(fixture.titles("ops"))
                    .containsExactlyInAnyOrder("The mute of host=~\"web-.*\" has expired", "web-1 is broken");
            assertThat(fixture.told("ops").stream()
                            .flatMap(p -> p.content().items().stream())
                            .map(Notification.Item::text))
                    .anyMatch(t -> t.contains("Suppressed: 3 messages"));
            assertThat(fixture.alerts.mutes()).isEmpty();
        }
    }

    @Test
    void whoTakesItAwayHearsAtOnceWhatIsOpen() {
        try (var fixture = house()) {
            var silence = mute(fixture, "host=\"web-1\"");
            fixture.opens("web-1", Severity.ERROR);
            assertThat(fixture.alerts.unmute(silence.id(), "slack:U2")).isTrue();
            assertThat(fixture.alerts.unmute(silence.id(), "slack:U2")).isFalse();
            fixture.beat();
            assertThat(fixture.titles("ops")).containsExactly("web-1 is broken");
        }
    }

    @Test
    void theEndOfWhatWasToldBeforeIsToldWhenTheMuteEnds() {
        try (var fixture = house()) {
            fixture.opens("web-1", Severity.ERROR);
            var silence = mute(fixture, "host=\"web-1\"");
            fixture.ends("web-1");
            assertThat(fixture.told("ops")).hasSize(1);
            fixture.alerts.unmute(silence.id(), "slack:U2");
            fixture.beat();
            assertThat(fixture.titles("ops"))
                    .as("it took no time that could be told")
                    .last()
                    .isEqualTo("web-1 is well");
        }
    }

    @Test
    void aMuteSurvivesARestartAndRunsOutAsIfThereHadBeenNone() {
        try (var fixture = house()) {
            mute(fixture, "host=\"web-1\"");
            fixture.opens("web-1", Severity.ERROR);
        }
        try (var fixture = new NotifyFixture(
                folder, NotifyFixture.rules(RouteOptions.PLAIN, "host"), NotifyFixture.T.plus(Duration.ofHours(3)))) {
            fixture.beat();
            assertThat(fixture.titles("ops")).contains("web-1 is broken");
        }
    }

    @Test
    void oneThingOfAGroupIsKeptBackAndTheOthersAreTold() {
        try (var fixture = new NotifyFixture(folder, NotifyFixture.rules(RouteOptions.PLAIN), NotifyFixture.T)) {
            mute(fixture, "host=\"web-1\"");
            fixture.notificationEngine
                    .outbox()
                    .take(List.of(
                            fixture.notice(
                                    "web-1", NotificationEvent.Status.OPEN, Severity.ERROR, Map.of("host", "web-1")),
                            fixture.notice(
                                    "web-2", NotificationEvent.Status.OPEN, Severity.ERROR, Map.of("host", "web-2"))));
            fixture.beat();
            assertThat(fixture.titles("ops")).containsExactly("web-2 is broken");
            assertThat(fixture.count(Delivery.State.MUTED)).isEqualTo(1);
            fixture.later(Duration.ofHours(3));
            assertThat(fixture.titles("ops")).contains("web-1 is broken");
        }
    }

    @Test
    void whatIsGraverKeepsBackWhatFollowsFromItUntilItIsOver() {
        var rule = new Inhibition(
                List.of(matcher("severity=\"critical\"")), List.of(matcher("severity=\"warning\"")), List.of("rack"));
        var notificationRules = new NotificationRules(
                Optional.of(NotifyFixture.route(RouteOptions.PLAIN, NotifyFixture.QUICK, "host")),
                List.of(rule),
                new TreeMap<>(),
                new TreeMap<>());
        try (var fixture = new NotifyFixture(folder, notificationRules, NotifyFixture.T)) {
            fixture.say("power", NotificationEvent.Status.OPEN, Severity.CRITICAL, Map.of("rack", "7", "host", "pdu"));
            fixture.say("web-1", NotificationEvent.Status.OPEN, Severity.WARNING, Map.of("rack", "7", "host", "web-1"));
            fixture.say("web-2", NotificationEvent.Status.OPEN, Severity.WARNING, Map.of("rack", "8", "host", "web-2"));
            assertThat(fixture.titles("ops")).containsExactly("power is broken", "web-2 is broken");
            assertThat(fixture.ledger())
                    .anyMatch(
                            d -> d.state() == Delivery.State.MUTED && d.reason().contains("inhibited while alert 1"));
            fixture.say("power", NotificationEvent.Status.RESOLVED, Severity.INFO, Map.of("rack", "7", "host", "pdu"));
            assertThat(fixture.titles("ops")).contains("web-1 is broken");
        }
    }

    private static Matcher matcher(String text) {
        return ((Matcher.Parsed.Valid) Matcher.parse(text)).matcher();
    }
}
