package dev.playcall.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.RouteOptions;
import dev.playcall.config.RouteOptions.Step;
import dev.playcall.config.RouteOptions.Suggestion;
import dev.playcall.notify.alert.AlertAction;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told when nobody takes care, and what can be done about it. */
class EscalationTest {
    private static final Suggestion RESTART = new Suggestion(
            "restart nginx on {{ labels.instance | host }}",
            "play",
            Optional.of("restart"),
            "{{ labels.environment }}",
            "{{ labels.instance | host }}",
            new TreeMap<>(Map.of("note", "for {{ labels.alertname }}")),
            Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    private CalmHouse house() {
        var steps = List.of(
                new Step(Duration.ofMinutes(10), List.of("night")), new Step(Duration.ofMinutes(30), List.of("boss")));
        var options = new RouteOptions(false, Optional.empty(), 10, steps, List.of(RESTART));
        return new CalmHouse(folder, CalmHouse.rules(options, "host"), CalmHouse.T);
    }

    @Test
    void whenNobodyAcknowledgesTheNextAreTold() {
        try (var house = house()) {
            house.opens("web-1", Severity.ERROR);
            house.later(Duration.ofMinutes(9));
            assertThat(house.told("night")).isEmpty();
            house.later(Duration.ofMinutes(2));
            assertThat(house.titles("night")).containsExactly("web-1 is broken");
            assertThat(notes(house, "ops")).contains("unacknowledged for 10 min: escalated to night as well");
            house.later(Duration.ofMinutes(20));
            assertThat(house.titles("boss")).containsExactly("web-1 is broken");
            house.later(Duration.ofHours(5));
            assertThat(house.told("night")).hasSizeLessThanOrEqualTo(2);
            house.ends("web-1");
            assertThat(house.titles("boss")).last().asString().startsWith("web-1 is well after");
            assertThat(house.titles("night")).last().asString().startsWith("web-1 is well after");
        }
    }

    @Test
    void whatIsResolvedByHandIsOverForEverybodyWhoWasToldUntilItsSourceReportsItAgain() {
        try (var house = house()) {
            house.opens("web-1", Severity.ERROR);
            house.later(Duration.ofMinutes(11));
            long alert = house.database.alerts().open(10).getFirst().id();
            assertThat(house.alerts.resolve(alert, "slack:U1", "the playbook was deleted"))
                    .isTrue();
            assertThat(house.alerts.resolve(alert, "slack:U2", "once more")).isFalse();
            house.beat();
            for (var receiver : List.of("ops", "night")) {
                var content = house.told(receiver).getLast().content();
                assertThat(content.resolved()).as(receiver).isEqualTo(1);
                assertThat(content.open()).as(receiver).isZero();
                assertThat(notes(house, receiver))
                        .as(receiver)
                        .last()
                        .isEqualTo("resolved by hand by slack:U1: the playbook was deleted");
            }
            assertThat(house.database.alerts().open(10)).isEmpty();
            house.later(Duration.ofHours(5));
            assertThat(house.told("boss")).as("nobody else is called").isEmpty();
            house.opens("web-1", Severity.ERROR);
            assertThat(house.database.alerts().open(10)).as("reported again").hasSize(1);
            assertThat(house.told("ops").getLast().content().open()).isEqualTo(1);
        }
    }

    private static List<String> notes(CalmHouse house, String receiver) {
        return house.told(receiver)
                .getLast()
                .content()
                .items()
                .getFirst()
                .standing()
                .orElseThrow()
                .notes();
    }

    @Test
    void whoAcknowledgesIsShownInPlaceAndEndsIt() {
        try (var house = house()) {
            house.opens("web-1", Severity.ERROR);
            long alert = house.database.alerts().open(10).getFirst().id();
            assertThat(house.alerts.acknowledge(alert, "slack:U1")).isTrue();
            assertThat(house.alerts.acknowledge(alert, "slack:U2")).isFalse();
            house.beat();
            assertThat(house.told("ops")).hasSize(2);
            assertThat(house.told("ops").getLast().earlier()).isPresent();
            assertThat(notes(house, "ops")).containsExactly("slack:U1 acknowledged it at 2026-03-02 12:00 UTC");
            house.later(Duration.ofHours(1));
            assertThat(house.told("night")).isEmpty();
        }
    }

    @Test
    void theEndOfItEndsTheEscalation() {
        try (var house = house()) {
            house.opens("web-1", Severity.ERROR);
            house.ends("web-1");
            house.later(Duration.ofHours(1));
            assertThat(house.told("night")).isEmpty();
        }
    }

    @Test
    void aStepSurvivesARestart() {
        try (var house = house()) {
            house.opens("web-1", Severity.ERROR);
        }
        try (var house = house()) {
            house.later(Duration.ofMinutes(11));
            assertThat(house.titles("night")).containsExactly("web-1 is broken");
        }
    }

    @Test
    void whatCanBeDoneIsFilledInFromTheLabelsAndLeftOutWhereOneIsMissing() {
        try (var house = house()) {
            house.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17:9100"));
            var offers = house.told("ops")
                    .getLast()
                    .content()
                    .items()
                    .getFirst()
                    .standing()
                    .orElseThrow()
                    .offers();
            assertThat(offers).extracting(Notification.Button::label).containsExactly("restart nginx on web-17");
            house.say(
                    "b",
                    NotificationEvent.Status.OPEN,
                    Severity.ERROR,
                    Map.of("host", "b", "environment", "production"));
            assertThat(house.told("ops")
                            .getLast()
                            .content()
                            .items()
                            .getFirst()
                            .standing()
                            .orElseThrow()
                            .offers())
                    .isEmpty();
        }
    }

    private static Map<String, String> labels(String instance) {
        return Map.of(
                "host", "x", "environment", "production", "instance", instance, "alertname", "NginxDown {{ 7*7 }}");
    }

    @Test
    void whatIsDoneOnceCoolsDownAlsoWhenTheAlertFlaps() {
        try (var house = house()) {
            house.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17"));
            var claim = (AlertAction.Claim.Yours) house.alerts.claim(1, "slack:U1");
            assertThat(claim.offer().wish().variables()).containsEntry("note", "for NginxDown {{ 7*7 }}");
            assertThat(house.alerts.claim(1, "slack:U2")).isInstanceOf(AlertAction.Claim.Cooling.class);
            house.alerts.started(claim.offer(), 31, "slack:U1");
            house.beat();
            assertThat(notes(house, "ops")).containsExactly("slack:U1 started #31 (restart nginx on web-17)");
            house.say("a", NotificationEvent.Status.RESOLVED, Severity.INFO, labels("web-17"));
            assertThat(house.alerts.claim(1, "slack:U2")).isInstanceOf(AlertAction.Claim.Over.class);
            house.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17"));
            assertThat(house.alerts.claim(2, "slack:U2")).isInstanceOf(AlertAction.Claim.Cooling.class);
            house.clock.go(Duration.ofMinutes(6));
            assertThat(house.alerts.claim(2, "slack:U2")).isInstanceOf(AlertAction.Claim.Yours.class);
            assertThat(house.alerts.claim(99, "slack:U2")).isInstanceOf(AlertAction.Claim.Unknown.class);
        }
    }

    @Test
    void theEndOfAnAlertSaysWhetherWhatWasDoneHelped() {
        try (var house = house()) {
            house.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17"));
            var alertAction = ((AlertAction.Claim.Yours) house.alerts.claim(1, "slack:U1")).offer();
            house.alerts.started(alertAction, 31, "slack:U1");
            house.clock.go(Duration.ofSeconds(20));
            house.database.alerts().ended(alertAction, true, "#31 succeeded after 20 s", house.clock.instant());
            house.beat();
            house.clock.go(Duration.ofSeconds(40));
            house.say("a", NotificationEvent.Status.RESOLVED, Severity.INFO, labels("web-17"));
            assertThat(notes(house, "ops")).last().asString().contains("#31", "resolved it 40 s after it ended");
        }
    }

    @Test
    void whatDidNotEndWellDidNotHelp() {
        try (var house = house()) {
            house.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17"));
            var alertAction = ((AlertAction.Claim.Yours) house.alerts.claim(1, "slack:U1")).offer();
            house.alerts.leave(alertAction);
            alertAction = ((AlertAction.Claim.Yours) house.alerts.claim(1, "slack:U1")).offer();
            house.alerts.started(alertAction, 31, "slack:U1");
            house.database.alerts().ended(alertAction, false, "#31 failed", house.clock.instant());
            house.say("a", NotificationEvent.Status.RESOLVED, Severity.INFO, labels("web-17"));
            assertThat(notes(house, "ops")).last().asString().contains("did not succeed");
        }
    }
}
