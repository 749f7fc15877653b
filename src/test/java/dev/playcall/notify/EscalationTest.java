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

    private NotifyFixture house() {
        var steps = List.of(
                new Step(Duration.ofMinutes(10), List.of("night")), new Step(Duration.ofMinutes(30), List.of("boss")));
        var options = new RouteOptions(false, Optional.empty(), 10, steps, List.of(RESTART));
        return new NotifyFixture(folder, NotifyFixture.rules(options, "host"), NotifyFixture.T);
    }

    @Test
    void whenNobodyAcknowledgesTheNextAreTold() {
        try (var fixture = house()) {
            fixture.opens("web-1", Severity.ERROR);
            fixture.later(Duration.ofMinutes(9));
            assertThat(fixture.told("night")).isEmpty();
            fixture.later(Duration.ofMinutes(2));
            assertThat(fixture.titles("night")).containsExactly("web-1 is broken");
            assertThat(notes(fixture, "ops")).contains("unacknowledged for 10 min: escalated to night as well");
            fixture.later(Duration.ofMinutes(20));
            assertThat(fixture.titles("boss")).containsExactly("web-1 is broken");
            fixture.later(Duration.ofHours(5));
            assertThat(fixture.told("night")).hasSizeLessThanOrEqualTo(2);
            fixture.ends("web-1");
            assertThat(fixture.titles("boss")).last().asString().startsWith("web-1 is well after");
            assertThat(fixture.titles("night")).last().asString().startsWith("web-1 is well after");
        }
    }

    @Test
    void whatIsResolvedByHandIsOverForEverybodyWhoWasToldUntilItsSourceReportsItAgain() {
        try (var fixture = house()) {
            fixture.opens("web-1", Severity.ERROR);
            fixture.later(Duration.ofMinutes(11));
            long alert = fixture.database.alerts().open(10).getFirst().id();
            assertThat(fixture.alerts.resolve(alert, "slack:U1", "the playbook was deleted"))
                    .isTrue();
            assertThat(fixture.alerts.resolve(alert, "slack:U2", "once more")).isFalse();
            fixture.beat();
            for (var receiver : List.of("ops", "night")) {
                var content = fixture.told(receiver).getLast().content();
                assertThat(content.resolved()).as(receiver).isEqualTo(1);
                assertThat(content.open()).as(receiver).isZero();
                assertThat(notes(fixture, receiver))
                        .as(receiver)
                        .last()
                        .isEqualTo("resolved by hand by slack:U1: the playbook was deleted");
            }
            assertThat(fixture.database.alerts().open(10)).isEmpty();
            fixture.later(Duration.ofHours(5));
            assertThat(fixture.told("boss")).as("nobody else is called").isEmpty();
            fixture.opens("web-1", Severity.ERROR);
            assertThat(fixture.database.alerts().open(10)).as("reported again").hasSize(1);
            assertThat(fixture.told("ops").getLast().content().open()).isEqualTo(1);
        }
    }

    private static List<String> notes(NotifyFixture fixture, String receiver) {
        return fixture.told(receiver)
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
        try (var fixture = house()) {
            fixture.opens("web-1", Severity.ERROR);
            long alert = fixture.database.alerts().open(10).getFirst().id();
            assertThat(fixture.alerts.acknowledge(alert, "slack:U1")).isTrue();
            assertThat(fixture.alerts.acknowledge(alert, "slack:U2")).isFalse();
            fixture.beat();
            assertThat(fixture.told("ops")).hasSize(2);
            assertThat(fixture.told("ops").getLast().earlier()).isPresent();
            assertThat(notes(fixture, "ops")).containsExactly("slack:U1 acknowledged it at 2026-03-02 12:00 UTC");
            fixture.later(Duration.ofHours(1));
            assertThat(fixture.told("night")).isEmpty();
        }
    }

    @Test
    void theEndOfItEndsTheEscalation() {
        try (var fixture = house()) {
            fixture.opens("web-1", Severity.ERROR);
            fixture.ends("web-1");
            fixture.later(Duration.ofHours(1));
            assertThat(fixture.told("night")).isEmpty();
        }
    }

    @Test
    void aStepSurvivesARestart() {
        try (var fixture = house()) {
            fixture.opens("web-1", Severity.ERROR);
        }
        try (var fixture = house()) {
            fixture.later(Duration.ofMinutes(11));
            assertThat(fixture.titles("night")).containsExactly("web-1 is broken");
        }
    }

    @Test
    void whatCanBeDoneIsFilledInFromTheLabelsAndLeftOutWhereOneIsMissing() {
        try (var fixture = house()) {
            fixture.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17:9100"));
            var offers = fixture.told("ops")
                    .getLast()
                    .content()
                    .items()
                    .getFirst()
                    .standing()
                    .orElseThrow()
                    .offers();
            assertThat(offers).extracting(Notification.Button::label).containsExactly("restart nginx on web-17");
            fixture.say(
                    "b",
                    NotificationEvent.Status.OPEN,
                    Severity.ERROR,
                    Map.of("host", "b", "environment", "production"));
            assertThat(fixture.told("ops")
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
        try (var fixture = house()) {
            fixture.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17"));
            var claim = (AlertAction.Claim.Yours) fixture.alerts.claim(1, "slack:U1");
            assertThat(claim.offer().parameters().variables()).containsEntry("note", "for NginxDown {{ 7*7 }}");
            assertThat(fixture.alerts.claim(1, "slack:U2")).isInstanceOf(AlertAction.Claim.Cooling.class);
            fixture.alerts.started(claim.offer(), 31, "slack:U1");
            fixture.beat();
            assertThat(notes(fixture, "ops")).containsExactly("slack:U1 started #31 (restart nginx on web-17)");
            fixture.say("a", NotificationEvent.Status.RESOLVED, Severity.INFO, labels("web-17"));
            assertThat(fixture.alerts.claim(1, "slack:U2")).isInstanceOf(AlertAction.Claim.Over.class);
            fixture.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17"));
            assertThat(fixture.alerts.claim(2, "slack:U2")).isInstanceOf(AlertAction.Claim.Cooling.class);
            fixture.clock.go(Duration.ofMinutes(6));
            assertThat(fixture.alerts.claim(2, "slack:U2")).isInstanceOf(AlertAction.Claim.Yours.class);
            assertThat(fixture.alerts.claim(99, "slack:U2")).isInstanceOf(AlertAction.Claim.Unknown.class);
        }
    }

    @Test
    void theEndOfAnAlertSaysWhetherWhatWasDoneHelped() {
        try (var fixture = house()) {
            fixture.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17"));
            var alertAction = ((AlertAction.Claim.Yours) fixture.alerts.claim(1, "slack:U1")).offer();
            fixture.alerts.started(alertAction, 31, "slack:U1");
            fixture.clock.go(Duration.ofSeconds(20));
            fixture.database.alerts().ended(alertAction, true, "#31 succeeded after 20 s", fixture.clock.instant());
            fixture.beat();
            fixture.clock.go(Duration.ofSeconds(40));
            fixture.say("a", NotificationEvent.Status.RESOLVED, Severity.INFO, labels("web-17"));
            assertThat(notes(fixture, "ops")).last().asString().contains("#31", "resolved it 40 s after it ended");
        }
    }

    @Test
    void whatDidNotEndWellDidNotHelp() {
        try (var fixture = house()) {
            fixture.say("a", NotificationEvent.Status.OPEN, Severity.ERROR, labels("web-17"));
            var alertAction = ((AlertAction.Claim.Yours) fixture.alerts.claim(1, "slack:U1")).offer();
            fixture.alerts.leave(alertAction);
            alertAction = ((AlertAction.Claim.Yours) fixture.alerts.claim(1, "slack:U1")).offer();
            fixture.alerts.started(alertAction, 31, "slack:U1");
            fixture.database.alerts().ended(alertAction, false, "#31 failed", fixture.clock.instant());
            fixture.say("a", NotificationEvent.Status.RESOLVED, Severity.INFO, labels("web-17"));
            assertThat(notes(fixture, "ops")).last().asString().contains("did not succeed");
        }
    }
}
