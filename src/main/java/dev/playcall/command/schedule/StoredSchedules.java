package dev.playcall.command.schedule;

import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleStore.Draft;
import dev.playcall.security.access.People;
import java.time.Instant;
import java.util.function.Supplier;

/** Keeps what is to run by itself, up to so many of one human, whoever of their identities and tokens makes them. */
final class StoredSchedules {
    private final ScheduleStore store;
    private final People people;
    private final Supplier<ScheduleCommands.Defaults> configured;

    StoredSchedules(ScheduleStore store, People people, Supplier<ScheduleCommands.Defaults> configured) {
        this.store = store;
        this.people = people;
        this.configured = configured;
    }

    /** The same request is kept once, however many there are by now. */
    Schedule keep(Draft draft, Instant now) throws ScheduleTerms.InvalidScheduleException {
        synchronized (store) {
            int most = configured.get().most();
            if (most > 0 && store.made(draft).isEmpty() && count(draft) >= most) {
                throw tooMany(most);
            }
            if (store.made(draft).isEmpty()) {
                named(draft);
            }
            try {
                return store.add(draft, now);
            } catch (ScheduleStore.NameTakenException e) {
                throw new ScheduleTerms.InvalidScheduleException(
                        "name", e.getMessage() + ": choose another name, or remove that one", "");
            }
        }
    }

    private static ScheduleTerms.InvalidScheduleException tooMany(int most) {
        return new ScheduleTerms.InvalidScheduleException(
                "schedule",
                "you have " + most + " schedules and reports, the limit per person (access.limits.schedules)",
                "remove one with schedule remove");
    }

    /** A name cannot be taken for a number. */
    private void named(Draft draft) throws ScheduleTerms.InvalidScheduleException {
        var name = draft.plan().name();
        if (draft.plan().isReport() || name.isEmpty()) {
            return;
        }
        if (name.matches("#?\\d+")) {
            throw new ScheduleTerms.InvalidScheduleException("name", "the name of a schedule cannot be a number", "");
        }
    }

    /** Those that have had their last time do not count. */
    private long count(Draft draft) {
        var mine = people.identities(people.human(draft.owner()));
        return store.all().stream()
                .filter(s -> s.next().isPresent())
                .filter(s -> mine.contains(s.owner()) || mine.contains(people.human(s.owner())))
                .count();
    }
}
