package dev.playcall.notify.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.RouteOptions;
import dev.playcall.notify.CalmHouse;
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

    private CalmHouse house() {
        return new CalmHouse(folder, CalmHouse.rules(RouteOptions.PLAIN, "host"), CalmHouse.T);
    }

    private static Silence mute(CalmHouse house, String matcher) {
        return house.alerts.mute(List.of(matcher), "disk is replaced", "slack:U1", "slack:C1", TWO_HOURS);
    }

    @Test
    void whatIsMutedIsKeptInTheLedgerWithWhyAndOthersAreTold() {
        try (var house = house()) {
            mute(house, "host=\"web-17\"");
            house.opens("web-17", Severity.ERROR);
            house.opens("web-18", Severity.ERROR);
            assertThat(house.titles("ops")).containsExactly("web-18 is broken");
            var muted = house.ledger().stream()
                    .filter(d -> d.state() == Delivery.State.MUTED)
                    .toList();
            assertThat(muted).hasSize(1);
            assertThat(muted.getFirst().reason())
                    .contains("muted by slack:U1", "until 2026-03-02 14:00 UTC", "disk is replaced");
        }
    }

    @Test
    void whenItRunsOutPeopleAreToldThatAndWhatIsStillOpen() {
        try (var house = house()) {
            mute(house, "host=~\"web-.*\"");
            house.opens("web-1", Severity.ERROR);
            house.opens("web-2", Severity.ERROR);
            house.ends("web-2");
            house.later(Duration.ofMinutes(119));
            assertThat(house.told("ops")).isEmpty();
            house.later(Duration.ofMinutes(2));
            assertThat(house.titles("ops"))
                    .containsExactlyInAnyOrder("The mute of host=~\"web-.*\" has expired", "web-1 is broken");
            assertThat(house.told("ops").stream()
                            .flatMap(p -> p.content().items().stream())
                            .map(Notification.Item::text))
                    .anyMatch(t -> t.contains("Suppressed: 3 messages"));
            assertThat(house.alerts.mutes()).isEmpty();
        }
    }

    @Test
    void whoTakesItAwayHearsAtOnceWhatIsOpen() {
        try (var house = house()) {
            var silence = mute(house, "host=\"web-1\"");
            house.opens("web-1", Severity.ERROR);
            assertThat(house.alerts.unmute(silence.id(), "slack:U2")).isTrue();
            assertThat(house.alerts.unmute(silence.id(), "slack:U2")).isFalse();
            house.beat();
            assertThat(house.titles("ops")).containsExactly("web-1 is broken");
        }
    }

    @Test
    void theEndOfWhatWasToldBeforeIsToldWhenTheMuteEnds() {
        try (var house = house()) {
            house.opens("web-1", Severity.ERROR);
            var silence = mute(house, "host=\"web-1\"");
            house.ends("web-1");
            assertThat(house.told("ops")).hasSize(1);
            house.alerts.unmute(silence.id(), "slack:U2");
            house.beat();
            assertThat(house.titles("ops"))
                    .as("it took no time that could be told")
                    .last()
                    .isEqualTo("web-1 is well");
        }
    }

    @Test
    void aMuteSurvivesARestartAndRunsOutAsIfThereHadBeenNone() {
        try (var house = house()) {
            mute(house, "host=\"web-1\"");
            house.opens("web-1", Severity.ERROR);
        }
        try (var house = new CalmHouse(
                folder, CalmHouse.rules(RouteOptions.PLAIN, "host"), CalmHouse.T.plus(Duration.ofHours(3)))) {
            house.beat();
            assertThat(house.titles("ops")).contains("web-1 is broken");
        }
    }

    @Test
    void oneThingOfAGroupIsKeptBackAndTheOthersAreTold() {
        try (var house = new CalmHouse(folder, CalmHouse.rules(RouteOptions.PLAIN), CalmHouse.T)) {
            mute(house, "host=\"web-1\"");
            house.notificationEngine
                    .outbox()
                    .take(List.of(
                            house.notice(
                                    "web-1", NotificationEvent.Status.OPEN, Severity.ERROR, Map.of("host", "web-1")),
                            house.notice(
                                    "web-2", NotificationEvent.Status.OPEN, Severity.ERROR, Map.of("host", "web-2"))));
            house.beat();
            assertThat(house.titles("ops")).containsExactly("web-2 is broken");
            assertThat(house.count(Delivery.State.MUTED)).isEqualTo(1);
            house.later(Duration.ofHours(3));
            assertThat(house.titles("ops")).contains("web-1 is broken");
        }
    }

    @Test
    void whatIsGraverKeepsBackWhatFollowsFromItUntilItIsOver() {
        var rule = new Inhibition(
                List.of(matcher("severity=\"critical\"")), List.of(matcher("severity=\"warning\"")), List.of("rack"));
        var notificationRules = new NotificationRules(
                Optional.of(CalmHouse.route(RouteOptions.PLAIN, CalmHouse.QUICK, "host")),
                List.of(rule),
                new TreeMap<>(),
                new TreeMap<>());
        try (var house = new CalmHouse(folder, notificationRules, CalmHouse.T)) {
            house.say("power", NotificationEvent.Status.OPEN, Severity.CRITICAL, Map.of("rack", "7", "host", "pdu"));
            house.say("web-1", NotificationEvent.Status.OPEN, Severity.WARNING, Map.of("rack", "7", "host", "web-1"));
            house.say("web-2", NotificationEvent.Status.OPEN, Severity.WARNING, Map.of("rack", "8", "host", "web-2"));
            assertThat(house.titles("ops")).containsExactly("power is broken", "web-2 is broken");
            assertThat(house.ledger())
                    .anyMatch(
                            d -> d.state() == Delivery.State.MUTED && d.reason().contains("inhibited while alert 1"));
            house.say("power", NotificationEvent.Status.RESOLVED, Severity.INFO, Map.of("rack", "7", "host", "pdu"));
            assertThat(house.titles("ops")).contains("web-1 is broken");
        }
    }

    private static Matcher matcher(String text) {
        return ((Matcher.Parsed.Good) Matcher.parse(text)).matcher();
    }
}
