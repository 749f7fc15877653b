package dev.playcall.command;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.command.ScheduleCommand.ChangeSchedule.How;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.Authorizer.Decision;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks the permissions a command needs; every answer is empty when the caller has them. */
public final class Rights {
    private static final String TOKEN = "token:";

    private final Authorizer authorizer;
    private final IdentityLinks people;

    public Rights(Authorizer authorizer, IdentityLinks people) {
        this.authorizer = authorizer;
        this.people = people;
    }

    public Authorizer authorizer() {
        return authorizer;
    }

    /** Who is one human with whom. */
    public IdentityLinks people() {
        return people;
    }

    /** What this person may look at. */
    public VisibleEnvironments visibleEnvironments(Caller caller) {
        return authorizer.visibleEnvironments(caller.principal());
    }

    /** Why this person may not do this to that. */
    public Optional<Reply.Denied> refusal(Caller caller, Permission what, Target on) {
        return refusal(authorizer.decide(caller.principal(), what, on));
    }

    /** Why this person may not approve this run: its terms may ask for more than the permission. */
    public Optional<Reply.Denied> approving(Caller caller, Run run) {
        var startTerms = run.approvalState().terms();
        var target = Target.of(run.request());
        return refusal(authorizer.decide(caller.principal(), Permission.APPROVE, target, startTerms.roles()))
                .or(() -> startTerms.own() ? Optional.empty() : unnamed(caller.person(), target));
    }

    /** Whether this run waits for this person: they may approve it, did not ask for it and have not approved it yet. */
    public boolean isAsked(Caller caller, Run run, Instant now) {
        var state = run.approvalState();
        var all = people.identities(caller.person());
        boolean asks = run.state() == RunState.AWAITING_APPROVAL && !state.isOver(now);
        boolean own =
                run.provenance().isAny(all) || people.same(run.provenance().human(), caller.person());
        boolean given = state.given().stream().anyMatch(a -> !Collections.disjoint(a.identities(), all));
        return asks
                && !given
                && (state.terms().own() || !own)
                && approving(caller, run).isEmpty();
    }

    /** Why this person may not take care of what says of itself that it is about this environment. */
    public Optional<Reply.Denied> caring(Caller caller, Optional<EnvironmentName> environment) {
        return environment.isPresent()
                ? refusal(caller, Permission.LOCK, Target.of(environment.get()))
                : anywhere(caller, Permission.LOCK);
    }

    /** Who may make tokens could approve their own runs through one, and so could whoever holds one that is nobody's. */
    private Optional<Reply.Denied> unnamed(Person person, Target target) {
        if (person.value().startsWith(TOKEN)) {
            return Optional.of(new Reply.Denied(
                    "an API token cannot approve; a person has to, with their own account",
                    authorizer.whoCould(Permission.APPROVE, target)));
        }
        return people.isUnknown(person)
                ? Optional.of(new Reply.Denied(
                        "nobody can say who you are without an account; log in to approve",
                        authorizer.whoCould(Permission.APPROVE, target)))
                : Optional.empty();
    }

    /** Who may still approve this run: persons, groups and channels as the configuration has them; no token may. */
    public List<String> approvers(Run run) {
        var approval = run.approvalState();
        var terms = approval.terms();
        var not = approval.given().stream()
                .flatMap(a -> a.identities().stream())
                .collect(Collectors.toCollection(HashSet::new));
        if (!terms.own()) {
            not.addAll(people.identities(run.provenance().human()));
        }
        return authorizer.whoCould(Permission.APPROVE, Target.of(run.request()), terms.roles()).stream()
                .filter(who -> !who.startsWith(TOKEN))
                .filter(who -> not.stream().map(Person::value).noneMatch(who::equals))
                .toList();
    }

    /** Why there is nothing at all to which this person may do this. */
    public Optional<Reply.Denied> anywhere(Caller caller, Permission what) {
        return refusal(authorizer.decideAnywhere(caller.principal(), what));
    }

    public Optional<Reply.Denied> refusal(Caller caller, Permission what, Run run) {
        return refusal(caller, what, Target.of(run.request()));
    }

    /**
     * Why this request to start something is refused, whatever else is wrong with it. Who may not start anything learns
     * nothing about what there is.
     */
    public Optional<Reply.Denied> refusal(Caller caller, StartCommand command, Catalog catalog) {
        var target = target(command, catalog);
        return target.isPresent()
                ? refusal(caller, Permission.START, target.get())
                : anywhere(caller, Permission.START);
    }

    private static Optional<Target> target(StartCommand command, Catalog catalog) {
        var spec = Optional.of(command.operation())
                .filter(Operation::isValid)
                .flatMap(o -> catalog.operation(new Operation(o)));
        boolean there = EnvironmentName.isValid(command.environment())
                && catalog.environment(new EnvironmentName(command.environment()))
                        .isPresent();
        return spec.filter(_ -> there)
                .map(s -> new Target(s.operation().value(), command.environment(), playbook(s, command), ""));
    }

    /** Why this person may not change this schedule so. Whoever it belongs to always may. */
    public Optional<Reply.Denied> changing(Caller caller, Schedule schedule, How how) {
        if (people.same(schedule.owner(), caller.person())) {
            return Optional.empty();
        }
        return refusal(caller, how == How.RESUME ? Permission.START : Permission.CANCEL, target(schedule));
    }

    public static Target target(Schedule s) {
        if (s.plan().isReport()) {
            return new Target("", where(s), "", "");
        }
        return new Target(
                s.plan().operation(),
                s.plan().environment(),
                s.plan().playbook().orElse(""),
                "");
    }

    private static String playbook(OperationSpec spec, StartCommand command) {
        return spec.operation().equals(Operation.PLAY)
                ? command.playbook().orElse("")
                : spec.playbook().map(PlaybookName::value).orElse("");
    }

    private static Optional<Reply.Denied> refusal(Decision decision) {
        return switch (decision) {
            case Decision.Allowed _ -> Optional.empty();
            case Decision.Denied(var reason, var whoCould) -> Optional.of(new Reply.Denied(reason, whoCould));
        };
    }

    /** The environment a report is about; empty for all. */
    public static String where(Schedule report) {
        var environment = report.plan().environment();
        return environment.equals(SchedulePlan.ALL) ? "" : environment;
    }
}
