package dev.playcall.notify.dispatch;

import dev.playcall.background.Faults;
import dev.playcall.background.SkippedItems;
import dev.playcall.background.Steps;
import dev.playcall.domain.name.Person;
import dev.playcall.notify.event.NotificationBuilder;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.NotifyStore.Batch;
import dev.playcall.notify.event.NotifyStore.Decider;
import dev.playcall.notify.event.NotifyStore.Decision;
import dev.playcall.notify.event.NotifyStore.Line;
import dev.playcall.notify.routing.NotificationRules;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Turns groups whose time has come into messages for the outbox. A group that cannot be handled does not hold up others. */
final class Grouper {
    private final NotifyStore store;
    private final EscalationTimer escalationTimer;
    private final Supplier<NotificationRules> rules;
    private final Clock clock;
    private final SkippedItems skipped;
    private final Function<Person, String> names;

    /** @param skipped groups that cannot be handled */
    public Grouper(
            NotifyStore store,
            EscalationTimer escalationTimer,
            Supplier<NotificationRules> rules,
            Clock clock,
            SkippedItems skipped,
            Function<Person, String> names) {
        this.store = store;
        this.escalationTimer = escalationTimer;
        this.rules = rules;
        this.clock = clock;
        this.skipped = skipped;
        this.names = names;
    }

    /** Tells what is due now; whether there may be more. */
    public boolean tick() {
        var now = clock.instant();
        var lines = store.due(now);
        if (lines.isEmpty()) {
            return false;
        }
        var decider = new GroupFlusher(rules.get().byName(), escalationTimer.silencesAndInhibitions(), names, now);
        var told = new AtomicInteger();
        var steps = new Steps();
        lines.forEach(line -> steps.then(() -> told.addAndGet(deliver(line, decider, now))));
        steps.end();
        return told.get() >= NotifyStore.MOST_GROUPS;
    }

    private int deliver(Line line, Decider decider, Instant now) {
        try {
            return store.deliver(line, now, decider);
        } catch (RuntimeException | Error e) {
            if (Faults.isPassing(e)) {
                throw e;
            }
            deliverAlone(line, decider, now);
            return 0;
        }
    }

    private void deliverAlone(Line line, Decider decider, Instant now) {
        var steps = new Steps();
        for (long group : store.dueGroups(line, now)) {
            steps.then(() -> skipped.run(
                    "notifications of group " + group + " for " + line.receiver(),
                    () -> store.deliver(line, group, now, decider),
                    why -> store.deliver(line, group, now, batch -> leaveOut(batch, why, now))));
        }
        steps.end();
    }

    private static List<Decision> leaveOut(Batch batch, String why, Instant now) {
        return batch.groups().stream()
                .<Decision>map(g -> new Decision.LeaveOut(g, NotificationBuilder.leftOut(g.members(), why, now)))
                .toList();
    }
}
