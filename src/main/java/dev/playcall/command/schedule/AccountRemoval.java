package dev.playcall.command.schedule;

import dev.playcall.domain.name.Person;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.security.access.People;
import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.identity.Identity;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Takes away an account or a token with what acts for it: tokens are revoked, schedules paused. */
public final class AccountRemoval {
    private final Identity identity;
    private final Supplier<Optional<ScheduleStore>> schedules;
    private final People people;
    private final Clock clock;

    /** @param schedules where there are any */
    public AccountRemoval(Identity identity, Supplier<Optional<ScheduleStore>> schedules, People people, Clock clock) {
        this.identity = identity;
        this.schedules = schedules;
        this.people = people;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param tokens that were revoked with it
     * @param schedules that were paused with it
     */
    public record Removed(AccountChange change, List<String> tokens, List<Long> schedules) {
        public Removed {
            tokens = List.copyOf(tokens);
            schedules = List.copyOf(schedules);
        }

        public Optional<String> refusal() {
            return change.refusal();
        }

        /** {@code Revoked: token ci. Paused: schedules 3, 7.} */
        public String words() {
            var revoked = tokens.isEmpty() ? "" : "Revoked: token" + plural(tokens) + String.join(", ", tokens) + ".";
            var paused = schedules.isEmpty()
                    ? ""
                    : "Paused: schedule" + plural(schedules)
                            + schedules.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".";
            return (revoked + " " + paused).strip();
        }

        private static String plural(List<?> of) {
            return of.size() == 1 ? " " : "s ";
        }
    }

    /** Everything of theirs is paused, also what they made with an identity that is joined with the account. */
    public Removed removeAccount(String name, Person by) {
        var person = new Person("web:" + name);
        var theirs = new HashSet<>(people.identities(person));
        var tokens = identity.tokens().list().stream()
                .filter(t -> t.owner().equals(person))
                .toList();
        var accountChange = identity.accounts().remove(name);
        if (accountChange.refusal().isPresent()) {
            return new Removed(accountChange, List.of(), List.of());
        }
        tokens.forEach(t -> identity.tokens().revoke(t.name()));
        tokens.stream().map(ApiToken::person).forEach(theirs::add);
        return new Removed(
                accountChange,
                tokens.stream().map(ApiToken::name).toList(),
                pause(theirs, by, "the account " + name + " was removed"));
    }

    /** Its schedules are paused with it. */
    public Removed revokeToken(String name, Person by) {
        if (!identity.tokens().revoke(name)) {
            return new Removed(new AccountChange.Refused("name", "there is no token " + name), List.of(), List.of());
        }
        var paused = pause(Set.of(new Person("token:" + name)), by, "the token " + name + " was revoked");
        return new Removed(new AccountChange.Done(), List.of(), paused);
    }

    private List<Long> pause(Set<Person> owners, Person by, String why) {
        var paused = new Schedule.Paused(by, why, clock.instant());
        return schedules
                .get()
                .map(store -> store.all().stream()
                        .filter(s -> owners.contains(s.owner()) && s.next().isPresent())
                        .map(Schedule::id)
                        .filter(id -> store.pause(id, paused))
                        .toList())
                .orElse(List.of());
    }
}
