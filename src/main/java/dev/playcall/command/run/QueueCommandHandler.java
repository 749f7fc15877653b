package dev.playcall.command.run;

import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.Reply;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.journal.EventStore.Appended;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.queue.Hold;
import dev.playcall.runner.queue.Hold.Kind;
import dev.playcall.runner.queue.HoldStore;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds work back and lets it go on. While nothing new is taken, requests are refused here with the reason. */
final class QueueCommandHandler implements FamilyHandler<QueueCommand> {
    private static final int LONGEST_REASON = 300;
    /** Runs cancelled in one transaction, so that others need not wait long for theirs. */
    private static final int AT_ONCE = 1_000;

    private final RunJournal journal;
    private final RunRequestFactory runRequestFactory;
    private final HoldStore holds;
    private final Clock clock;

    QueueCommandHandler(RunJournal journal, RunRequestFactory runRequestFactory, HoldStore holds, Clock clock) {
        this.journal = journal;
        this.runRequestFactory = runRequestFactory;
        this.holds = holds;
        this.clock = clock;
    }

    @Override
    public Reply handle(QueueCommand command, Caller caller) {
        return switch (command) {
            case QueueCommand.Pause(var what, var reason) -> pause(what, reason, caller);
            case QueueCommand.Drain(var reason) -> take(Kind.INTAKE, "", reason, caller);
            case QueueCommand.Resume(var what) -> resume(what, caller);
            case QueueCommand.CancelQueue() -> cancelAll(caller);
            case QueueCommand.DrainNode(var node, var reason) ->
                NodeNames.missing(node, caller, journal, runRequestFactory.rights())
                        .orElseGet(() -> take(Kind.NODE, node, reason, caller));
            case QueueCommand.UndrainNode(var node) ->
                NodeNames.missing(node, caller, journal, runRequestFactory.rights())
                        .orElseGet(() -> undrain(node, caller));
        };
    }

    private record What(Kind kind, String name) {}

    /** {@code queue}, an environment, a playbook; {@code playbook:deploy} where both have the name. */
    private Optional<What> what(String text) {
        var catalog = runRequestFactory.catalogs().current();
        boolean onlyPlaybook = text.startsWith("playbook:");
        var name = text.replaceFirst("^(playbook|environment):", "");
        if (text.isEmpty() || text.equals("queue")) {
            return Optional.of(new What(Kind.QUEUE, ""));
        }
        if (!onlyPlaybook
                && EnvironmentName.isValid(name)
                && catalog.environment(new EnvironmentName(name)).isPresent()) {
            return Optional.of(new What(Kind.ENVIRONMENT, name));
        }
        return PlaybookName.isValid(name)
                        && catalog.playbook(new PlaybookName(name)).isPresent()
                ? Optional.of(new What(Kind.PLAYBOOK, name))
                : Optional.empty();
    }

    private Reply pause(String text, String reason, Caller caller) {
        return what(text).map(w -> take(w.kind(), w.name(), reason, caller)).orElseGet(() -> unknown(text, caller));
    }

    private Reply unknown(String text, Caller caller) {
        var catalog = runRequestFactory.catalogs().current();
        var names = Stream.concat(
                        Stream.of("queue"),
                        Stream.concat(
                                catalog.environments().keySet().stream().map(EnvironmentName::value),
                                catalog.playbooks().keySet().stream().map(PlaybookName::value)))
                .toList();
        var shown = Truncate.of(text, 60);
        return runRequestFactory
                .rights()
                .anywhere(caller, Permission.LOCK)
                .<Reply>map(d -> d)
                .orElseGet(() -> new Reply.Invalid(
                        "what",
                        "there is no environment or playbook \"" + shown + "\"",
                        Suggestion.of(text, names).map(n -> "did you mean " + n + "?")));
    }

    private Reply undrain(String node, Caller caller) {
        var hold = holds.all().stream()
                .filter(h -> h.kind() == Kind.NODE && h.name().equals(node))
                .findFirst();
        return hold.flatMap(h -> refusal(h, caller))
                .<Reply>map(d -> d)
                .orElseGet(() -> hold.filter(holds::release)
                        .<Reply>map(h -> new Reply.Done(h.overLine() + own(h, caller.person())))
                        .orElseGet(() -> new Reply.Invalid("node", node + " is not drained", Optional.empty())));
    }

    private static Target target(Kind kind, String name) {
        return kind == Kind.ENVIRONMENT ? Target.of(new EnvironmentName(name)) : Target.EVERYTHING;
    }

    private Reply take(Kind kind, String name, String reason, Caller caller) {
        var refusal = runRequestFactory.rights().refusal(caller, Permission.LOCK, target(kind, name));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var why = Truncate.line(reason);
        if (why.isEmpty() || why.length() > LONGEST_REASON) {
            return new Reply.Invalid(
                    "reason",
                    why.isEmpty()
                            ? "reason required: it is shown to people who wait"
                            : "the reason has more than " + LONGEST_REASON + " characters",
                    Optional.of(hold(kind, name, why, caller).example()));
        }
        var hold = hold(kind, name, why, caller);
        return holds.take(hold)
                .<Reply>map(other -> new Reply.Conflict(other.alreadyLine()))
                .orElseGet(() -> new Reply.Done(hold.line() + "; running runs continue. To undo: " + hold.undoneBy()));
    }

    private Hold hold(Kind kind, String name, String why, Caller caller) {
        return new Hold(kind, name, caller.person(), why, clock.instant());
    }

    /** Without a word it lets go on what is held back for everybody. */
    private Reply resume(String text, Caller caller) {
        var what = what(text);
        if (what.isEmpty()) {
            return unknown(text, caller);
        }
        boolean whole = text.isEmpty();
        var found = holds.all().stream()
                .filter(h -> whole
                        ? h.name().isEmpty()
                        : h.kind() == what.get().kind()
                                && h.name().equals(what.get().name()))
                .toList();
        if (found.isEmpty()) {
            return runRequestFactory
                    .rights()
                    .anywhere(caller, Permission.LOCK)
                    .<Reply>map(d -> d)
                    .orElseGet(this::nothing);
        }
        for (var hold : found) {
            var refusal = refusal(hold, caller);
            if (refusal.isPresent()) {
                return new Reply.Denied(
                        refusal.get().message() + " (" + hold.line() + ")",
                        refusal.get().whoCould());
            }
        }
        var gone = found.stream().filter(holds::release).toList();
        return gone.isEmpty()
                ? nothing()
                : new Reply.Done(gone.stream()
                        .map(h -> h.overLine() + own(h, caller.person()))
                        .collect(Collectors.joining("; ")));
    }

    private static String own(Hold hold, Person person) {
        return hold.holder().equals(person) ? "" : " (ended by " + person.inText() + ")";
    }

    private Reply nothing() {
        var held = holds.all().stream().map(Hold::line).collect(Collectors.joining("; "));
        return new Reply.Invalid(
                "what", held.isEmpty() ? "nothing is paused" : "that is not paused; paused: " + held, Optional.empty());
    }

    private Optional<Reply.Denied> refusal(Hold hold, Caller caller) {
        boolean own = runRequestFactory.rights().people().same(hold.holder(), caller.person());
        return runRequestFactory
                .rights()
                .refusal(caller, own ? Permission.LOCK : Permission.UNLOCK, target(hold.kind(), hold.name()));
    }

    /** The last ones first, or each end would let the next one begin. */
    private Reply cancelAll(Caller caller) {
        var refusal = runRequestFactory.rights().anywhere(caller, Permission.CANCEL);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var allowed = new ArrayList<RunId>();
        int others = 0;
        for (var run : journal.read().queue().reversed()) {
            if (runRequestFactory
                    .rights()
                    .refusal(caller, Permission.CANCEL, run)
                    .isPresent()) {
                others++;
            } else {
                allowed.add(run.id());
            }
        }
        var mine = new ArrayList<Run>();
        for (int from = 0; from < allowed.size(); from += AT_ONCE) {
            var some = allowed.subList(from, Math.min(from + AT_ONCE, allowed.size()));
            for (var appended : journal.append(some, new RunEvent.CancelRequested(caller.person()))) {
                if (appended instanceof Appended.At(var entry, var _)) {
                    mine.add(entry.run());
                }
            }
        }
        return new Reply.Done(cancelled(mine, others));
    }

    private static String cancelled(List<Run> mine, int others) {
        var rest =
                others == 0 ? "" : "; " + others + " that you may not cancel " + (others == 1 ? "is" : "are") + " left";
        if (mine.isEmpty()) {
            return "queue is empty" + (others == 0 ? "" : " that you may cancel");
        }
        var named =
                mine.reversed().stream().limit(10).map(r -> r.id().toString()).collect(Collectors.joining(", "));
        return mine.size() + (mine.size() == 1 ? " queued run is" : " queued runs are") + " cancelled: " + named
                + (mine.size() > 10 ? " …" : "") + rest;
    }
}
