package dev.playcall.notify;

import java.time.Clock;
import java.util.function.Supplier;

/** Turns groups whose time has come into messages for the outbox. */
final class Grouper {
    private final NotifyStore store;
    private final Watch watch;
    private final Supplier<Rules> rules;
    private final Clock clock;

    Grouper(NotifyStore store, Watch watch, Supplier<Rules> rules, Clock clock) {
        this.store = store;
        this.watch = watch;
        this.rules = rules;
        this.clock = clock;
    }

    /** Tells what is due now; whether there may be more. */
    boolean tick() {
        var now = clock.instant();
        return store.tellDue(now, new Teller(rules.get().byName(), watch.hush(), now)) >= NotifyStore.MOST_TOLD;
    }
}
