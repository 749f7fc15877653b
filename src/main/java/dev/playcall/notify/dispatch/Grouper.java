package dev.playcall.notify.dispatch;

import dev.playcall.notify.alert.EscalationTimer;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.routing.NotificationRules;
import java.time.Clock;
import java.util.function.Supplier;

/** Turns groups whose time has come into messages for the outbox. */
final class Grouper {
    private final NotifyStore store;
    private final EscalationTimer escalationTimer;
    private final Supplier<NotificationRules> rules;
    private final Clock clock;

    public Grouper(NotifyStore store, EscalationTimer escalationTimer, Supplier<NotificationRules> rules, Clock clock) {
        this.store = store;
        this.escalationTimer = escalationTimer;
        this.rules = rules;
        this.clock = clock;
    }

    /** Tells what is due now; whether there may be more. */
    public boolean tick() {
        var now = clock.instant();
        return store.tellDue(now, new GroupFlusher(rules.get().byName(), escalationTimer.hush(), now))
                >= NotifyStore.MOST_TOLD;
    }
}
