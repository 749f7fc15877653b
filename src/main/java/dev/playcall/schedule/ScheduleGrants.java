package dev.playcall.schedule;

import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Grant;
import dev.playcall.security.access.Grants;
import dev.playcall.security.access.Grants.Delegate;
import dev.playcall.security.access.Permission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A schedule acts for its owner: it may start what they may start at that moment, and nothing else. */
public final class ScheduleGrants implements Grants {
    private static final String SCHEDULE = "schedule:";

    private final Grants grants;
    private final ScheduleStore store;

    public ScheduleGrants(Grants grants, ScheduleStore store) {
        this.grants = grants;
        this.store = store;
    }

    @Override
    public List<Grant> current() {
        return grants.current();
    }

    @Override
    public Optional<String> gone(Person person) {
        if (!person.value().startsWith(SCHEDULE)) {
            return grants.gone(person);
        }
        return delegate(person).isPresent()
                ? Optional.empty()
                : Optional.of("schedule " + person.id() + " was removed");
    }

    @Override
    public Optional<Delegate> delegate(Person person) {
        if (!person.value().matches(SCHEDULE + "[1-9]\\d{0,15}")) {
            return grants.delegate(person);
        }
        return store.find(Long.parseLong(person.id()))
                .map(s -> new Delegate(
                        s.owner(),
                        Set.of(Permission.VIEW, Permission.START, Permission.ADHOC, Permission.ADHOC_SHELL)));
    }
}
