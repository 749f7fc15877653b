package dev.playcall.domain;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** On which terms a run was taken, what is known of what it would do, and who has agreed to that so far. */
public record ApprovalState(StartTerms terms, Optional<Plan> outline, List<Approval> given) {
    public static final ApprovalState NONE = new ApprovalState(StartTerms.NONE, Optional.empty(), List.of());

    public ApprovalState {
        given = List.copyOf(given);
    }

    static ApprovalState on(StartTerms startTerms) {
        return new ApprovalState(startTerms, Optional.empty(), List.of());
    }

    /** Whether enough people have agreed. */
    public boolean isReached() {
        return given.size() >= terms.approvals();
    }

    /** How many more have to agree. */
    public int missing() {
        return Math.max(0, terms.approvals() - given.size());
    }

    /** Whether it is too late to agree. */
    public boolean isOver(Instant now) {
        return terms.until().filter(u -> !now.isBefore(u)).isPresent();
    }

    /** With one more voice, or empty when that human was heard before or the time is over. */
    Optional<ApprovalState> and(Approval more) {
        if (isOver(more.at()) || given.stream().anyMatch(more::isOfSame)) {
            return Optional.empty();
        }
        var all = new ArrayList<>(given);
        all.add(more);
        return Optional.of(new ApprovalState(terms, outline, all));
    }

    ApprovalState with(Plan newer) {
        return new ApprovalState(terms, Optional.of(newer), given);
    }

    /**
     * That somebody agreed.
     *
     * @param human stands for the human behind this identity and all others that are joined with it
     * @param identities all of them, as it was then
     */
    public record Approval(Person by, Person human, Set<Person> identities, Instant at) {
        public Approval {
            var all = new LinkedHashSet<>(identities);
            all.add(by);
            all.add(human);
            identities = Collections.unmodifiableSet(all);
        }

        /** Whether both are of one human. */
        boolean isOfSame(Approval other) {
            return !Collections.disjoint(identities, other.identities);
        }
    }
}
