package dev.playcall.notify.dispatch;

import dev.playcall.background.SkippedItems;
import dev.playcall.background.Steps;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.alert.AlertStore.EscalationStep;
import dev.playcall.notify.alert.Silence;
import dev.playcall.notify.event.GroupTiming;
import dev.playcall.notify.event.NotificationBuilder;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Does what is due by the clock: mutes that run out, alerts that nobody has acknowledged. */
final class EscalationTimer {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final AlertStore alerts;
    private final Supplier<NotificationRules> rules;
    private final Clock clock;
    private final SkippedItems skipped;

    /** @param skipped mutes and escalations that cannot be handled */
    public EscalationTimer(AlertStore alerts, Supplier<NotificationRules> rules, Clock clock, SkippedItems skipped) {
        this.alerts = alerts;
        this.rules = rules;
        this.clock = clock;
        this.skipped = skipped;
    }

    /** What is kept back at this moment. */
    public SilencesAndInhibitions silencesAndInhibitions() {
        var now = rules.get();
        var open = now.inhibit().isEmpty() ? java.util.List.<Alert>of() : alerts.open(2_000);
        return new SilencesAndInhibitions(alerts.mutes(), now.inhibit(), open, clock.instant());
    }

    public void tick() {
        var now = clock.instant();
        var steps = new Steps();
        alerts.mutes().stream()
                .filter(m -> m.until().filter(u -> !u.isAfter(now)).isPresent())
                .forEach(m -> steps.then(() -> skipped.run("the end of mute " + m.id(), () -> expire(m, now))));
        var due = alerts.dueSteps(now);
        if (!due.isEmpty()) {
            var silences = silencesAndInhibitions();
            due.forEach(r -> steps.then(
                    () -> skipped.run("the escalation of alert " + r.alert().id(), () -> escalate(r, silences, now))));
        }
        steps.end();
    }

    /** People are told where it hid something, and where it was said. */
    private void expire(Silence silence, Instant now) {
        var there = rules.get().channels().entrySet().stream()
                .filter(c -> silence.channel().startsWith(c.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        var hidden = silence.hidden() == 0
                ? "No notifications were suppressed."
                : "Suppressed: " + TextFormat.count(silence.hidden(), "message") + "; alerts still open follow.";
        var content = NotificationBuilder.remark(
                "The mute of " + silence.what() + " has expired",
                hidden + " " + silence.by() + " set it"
                        + (silence.reason().isEmpty() ? "" : ": " + silence.reason()) + ". Again: mute "
                        + String.join(" ", silence.matchers()),
                now);
        alerts.unmute(silence.id(), Optional.empty(), there, Optional.of(content), now);
    }

    private void escalate(EscalationStep step, SilencesAndInhibitions silences, Instant now) {
        var alert = step.alert();
        var route = Optional.ofNullable(rules.get().byName().get(step.route()));
        var morning = route.flatMap(r -> r.options().quiet())
                .filter(q -> alert.item()
                                .severity()
                                .compareTo(Severity.of(q.except()).orElse(Severity.CRITICAL))
                        < 0)
                .flatMap(q -> QuietHours.until(q, now));
        if (morning.isPresent()) {
            alerts.postpone(step, morning.get().plusMillis(step.after()));
        } else if (silences.against(alert.subject(), alert.item()).isPresent()) {
            alerts.postpone(step, now.plus(LOOK_AGAIN));
        } else {
            var note = "unacknowledged for " + TextFormat.duration(Duration.ofMillis(step.after())) + ": escalated to "
                    + String.join(", ", step.receivers()) + " as well";
            alerts.escalate(step, route.map(Route::timing).orElse(GroupTiming.USUAL), note, now);
        }
    }
}
