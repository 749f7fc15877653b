package dev.playcall.notify;

import dev.playcall.notify.AlertStore.Rung;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Does what is due by the clock: mutes that run out, alerts that nobody has acknowledged. */
final class Watch {
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

    private final AlertStore alerts;
    private final Supplier<Rules> rules;
    private final Clock clock;

    Watch(AlertStore alerts, Supplier<Rules> rules, Clock clock) {
        this.alerts = alerts;
        this.rules = rules;
        this.clock = clock;
    }

    /** What is kept back at this moment. */
    Hush hush() {
        var now = rules.get();
        var open = now.inhibit().isEmpty() ? java.util.List.<Alert>of() : alerts.open(2_000);
        return new Hush(alerts.mutes(), now.inhibit(), open, clock.instant());
    }

    void tick() {
        var now = clock.instant();
        alerts.mutes().stream()
                .filter(m -> m.until().filter(u -> !u.isAfter(now)).isPresent())
                .forEach(m -> expire(m, now));
        var due = alerts.rungs(now);
        if (!due.isEmpty()) {
            var hush = hush();
            due.forEach(r -> climb(r, hush, now));
        }
    }

    /** People are told where it hid something, and where it was said. */
    private void expire(Mute mute, Instant now) {
        var there = rules.get().channels().entrySet().stream()
                .filter(c -> mute.channel().startsWith(c.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        var hidden = mute.hidden() == 0
                ? "It hid nothing."
                : "It hid " + Phrases.count(mute.hidden(), "message") + "; what is still open follows.";
        var say = Contents.remark(
                "The mute of " + mute.what() + " has run out",
                hidden + " " + mute.by() + " set it"
                        + (mute.reason().isEmpty() ? "" : ": " + mute.reason()) + ". Again: mute "
                        + String.join(" ", mute.matchers()),
                now);
        alerts.unmute(mute.id(), Optional.empty(), there, Optional.of(say), now);
    }

    private void climb(Rung rung, Hush hush, Instant now) {
        var alert = rung.alert();
        var route = Optional.ofNullable(rules.get().byName().get(rung.route()));
        var morning = route.flatMap(r -> r.manner().quiet())
                .filter(q -> alert.item()
                                .severity()
                                .compareTo(Severity.of(q.except()).orElse(Severity.CRITICAL))
                        < 0)
                .flatMap(q -> QuietHours.until(q, now));
        if (morning.isPresent()) {
            alerts.postpone(rung, morning.get().plusMillis(rung.after()));
        } else if (hush.against(alert.subject(), alert.item()).isPresent()) {
            alerts.postpone(rung, now.plus(LOOK_AGAIN));
        } else {
            var note = "nobody acknowledged it for " + Phrases.span(Duration.ofMillis(rung.after())) + ": told "
                    + String.join(", ", rung.receivers()) + " as well";
            alerts.climb(rung, route.map(Route::timing).orElse(Timing.USUAL), note, now);
        }
    }
}
