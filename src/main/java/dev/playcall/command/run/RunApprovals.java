package dev.playcall.command.run;

import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.ApprovalState.Approval;
import dev.playcall.domain.Plan;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore.Appended;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.People;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Agreeing to a run and refusing to. Four eyes are two humans, however many identities they have. */
final class RunApprovals {
    private static final int LONGEST_REASON = 300;

    private final RunJournal journal;
    private final StartPolicy rules;
    private final Rights rights;
    private final People people;

    public RunApprovals(RunJournal journal, StartPolicy rules, Rights rights) {
        this.journal = journal;
        this.rules = rules;
        this.rights = rights;
        this.people = rules.people();
    }

    public Reply approve(Run run, Caller caller) {
        var startTerms = run.approvalState().terms();
        var refusal = rights.refusal(caller, Permission.APPROVE, run)
                .<Reply>map(d -> d)
                .or(() -> late(run))
                .or(() -> rights.approving(caller, run).map(d -> d))
                .or(() -> oneself(run, startTerms, caller.person()))
                .or(() -> nobodyKnown(run, startTerms))
                .or(() -> again(run, caller.person()))
                .or(() -> unseen(run))
                .or(() -> closed(run, startTerms))
                .or(() -> voided(run));
        return refusal.orElseGet(() -> record(
                run,
                new RunEvent.Approved(caller.person(), human(caller.person()), people.identities(caller.person()))));
    }

    public Reply reject(Run run, String why, Caller caller) {
        var reason = Truncate.line(why);
        if (reason.length() > LONGEST_REASON) {
            return new Reply.Invalid(
                    "reason", "the reason has more than " + LONGEST_REASON + " characters", Optional.empty());
        }
        return rights.refusal(caller, Permission.APPROVE, run)
                .<Reply>map(d -> d)
                .or(() -> late(run))
                .orElseGet(() -> record(run, new RunEvent.Rejected(caller.person(), reason)));
    }

    /** One identity stands for all that are joined: the store then sees that a human agrees twice. */
    private Person human(Person person) {
        return people.identities(person).stream()
                .min(Comparator.comparing(Person::value))
                .orElse(person);
    }

    private Optional<Reply> late(Run run) {
        if (run.state() != RunState.AWAITING_APPROVAL) {
            return Optional.of(new Reply.TooLate(run, stateOf(run)));
        }
        if (!run.approvalState().isOver(rules.clock().instant())) {
            return Optional.empty();
        }
        journal.append(run.id(), new RunEvent.Expired());
        var now = journal.read().find(run.id()).orElse(run);
        return Optional.of(new Reply.TooLate(now, stateOf(now)));
    }

    private static String stateOf(Run run) {
        var by = run.approvedBy().map(p -> ", approved by " + p.inText()).orElse("");
        var why = run.reason().isEmpty() ? "" : ": " + run.reason();
        return run.id() + " is not awaiting approval, it is " + run.state().label() + by + why;
    }

    private Optional<Reply> oneself(Run run, StartTerms startTerms, Person person) {
        if (startTerms.own() || !isBehind(run, person)) {
            return Optional.empty();
        }
        var through = run.requestedBy().equals(person)
                ? ""
                : " as " + run.requestedBy().inText();
        return Optional.of(new Reply.Denied(
                "you requested " + run.id() + " yourself" + through + "; someone else has to approve it",
                others(run, person)));
    }

    /** Who stood behind it when it was asked for; who has been joined with them since is the same human as well. */
    private boolean isBehind(Run run, Person person) {
        var behind = run.provenance();
        return behind.isAny(people.identities(person)) || people.same(behind.human(), person);
    }

    /** Nobody can say who is a second human, unless there were enough of them whoever asked. */
    private Optional<Reply> nobodyKnown(Run run, StartTerms startTerms) {
        var human = run.provenance().human();
        boolean counted = human.equals(Authorizer.ADMIN_TOKEN) || human.equals(Authorizer.LOCAL);
        return people.isUnknown(human) && !counted && !startTerms.own()
                ? Optional.of(new Reply.Denied("the person behind " + human + ", which requested " + run.id()
                        + ", is unknown; request it again"))
                : Optional.empty();
    }

    private List<String> others(Run run, Person person) {
        var own = people.identities(person).stream().map(Person::value).toList();
        return rights.authorizer().whoCould(Permission.APPROVE, Target.of(run.request())).stream()
                .filter(w -> !own.contains(w))
                .map(w -> w.replaceFirst("^everybody\\b", "everybody else"))
                .toList();
    }

    private Optional<Reply> again(Run run, Person person) {
        return run.approvalState().given().stream()
                .filter(a -> isOf(a, person))
                .map(Approval::by)
                .findFirst()
                .map(by -> new Reply.Invalid(
                        "run",
                        "you have approved " + run.id() + " already" + (by.equals(person) ? "" : " as " + by) + "; "
                                + run.approvalState().missing() + " more required",
                        Optional.empty()));
    }

    private boolean isOf(Approval given, Person person) {
        return given.identities().stream().anyMatch(people.identities(person)::contains)
                || people.same(given.by(), person);
    }

    /** What is to be looked at first has to be there. */
    private static Optional<Reply> unseen(Run run) {
        var result = run.approvalState().outline().map(Plan::checkResult).orElse("");
        return run.approvalState().terms().preview() && result.isEmpty()
                ? Optional.of(new Reply.Invalid(
                        "run",
                        "the check mode run of " + run.id() + " has not finished yet; approve it when it has",
                        Optional.empty()))
                : Optional.empty();
    }

    private Optional<Reply> closed(Run run, StartTerms startTerms) {
        return startTerms.override().isEmpty()
                ? rules.closed(run.request(), run.provenance().human()).map(c -> new Reply.Denied(rules.line(c)))
                : Optional.empty();
    }

    private Optional<Reply> voided(Run run) {
        return rules.voids(run).map(why -> {
            journal.append(run.id(), new RunEvent.Voided(why));
            return new Reply.TooLate(journal.read().find(run.id()).orElse(run), why);
        });
    }

    private Reply record(Run run, RunEvent decision) {
        return switch (journal.append(run.id(), decision)) {
            case Appended.At(var entry, var _) -> new Reply.Accepted(entry.run());
            case Appended.Refused(var now) -> new Reply.TooLate(now, stateOf(now));
            case Appended.Unknown() -> new Reply.NotFound("there is no run " + run.id());
        };
    }
}
