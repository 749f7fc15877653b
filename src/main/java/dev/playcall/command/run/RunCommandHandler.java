package dev.playcall.command.run;

import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.command.Caller;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.RunCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.KeyRotation;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.RunState;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.Value;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.journal.EventStore.Appended;
import dev.playcall.journal.EventStore.Created;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Permission;
import dev.playcall.security.secret.SecretText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Starts runs, and does what is asked about one that exists. */
final class RunCommandHandler {
    private final RunJournal journal;
    private final Rights rights;
    private final StartPolicy rules;
    private final RunRequestFactory runRequestFactory;

    RunCommandHandler(RunJournal journal, Rights rights, StartPolicy rules, RunRequestFactory runRequestFactory) {
        this.journal = journal;
        this.rights = rights;
        this.rules = rules;
        this.runRequestFactory = runRequestFactory;
    }

    Reply start(StartCommand command, Caller caller) {
        return switch (runRequestFactory.of(command, caller)) {
            case RunRequestFactory.Draft.Rejected(var reply) -> reply;
            case RunRequestFactory.Draft.Valid good -> record(good, command.override(), Optional.empty(), caller);
        };
    }

    /** Starts what was made without the catalogue, for those who were asked already; locks and approvals are as for all. */
    Reply startPrepared(RunRequest request, Caller caller) {
        return record(new RunRequestFactory.Draft.Valid(request, Map.of()), "", Optional.empty(), caller);
    }

    Reply handle(RunCommand command, Caller caller) {
        return known(command.run(), caller, run -> handle(command, run, caller));
    }

    private Reply handle(RunCommand command, Run run, Caller caller) {
        return switch (command) {
            case RunCommand.Cancel _ -> cancel(run, caller);
            case RunCommand.Retry again -> retry(run, again, caller);
            case RunCommand.Rerun(var _, var why) -> rerun(run, why, caller);
            case RunCommand.Approve _ -> approvals().approve(run, caller);
            case RunCommand.Reject(var _, var reason) -> approvals().reject(run, reason, caller);
            case RunCommand.Pin(var _, var reason) -> pins().pin(run, reason, caller);
            case RunCommand.Unpin _ -> pins().unpin(run, caller);
            case RunCommand.PauseRun(var _, var reason) -> pausing().pause(run, reason, caller);
            case RunCommand.ResumeRun _ -> pausing().resume(run, caller);
        };
    }

    private RunPausing pausing() {
        return new RunPausing(journal, rights);
    }

    private RunPinning pins() {
        return new RunPinning(journal, rights, rules.clock());
    }

    private RunApprovals approvals() {
        return new RunApprovals(journal, rules, rights);
    }

    private Reply repeat(Run original, StartCommand command, RepeatReason why, boolean isRetry, Caller caller) {
        return switch (runRequestFactory.of(command, Optional.of(original).filter(_ -> isRetry), caller)) {
            case RunRequestFactory.Draft.Rejected(var reply) -> reply;
            case RunRequestFactory.Draft.Valid good -> {
                var words = (isRetry ? "retry " : "rerun ") + original.id().value();
                var question = why.confirmed() || made(caller).isPresent()
                        ? Optional.<Reply>empty()
                        : question(original, good.request().hosts(), isRetry, words);
                yield question.orElseGet(() -> record(
                        good, command.override(), Optional.of(original.id()).filter(_ -> isRetry), caller));
            }
        };
    }

    private Optional<Reply> question(Run original, List<String> hosts, boolean isRetry, String words) {
        var retries = new RetryRequests(journal.read());
        var done = isRetry ? retries.done(original, hosts, words) : Optional.<Reply>empty();
        return done.or(() -> retries.question(original, hosts, words));
    }

    private Reply record(RunRequestFactory.Draft.Valid good, String override, Optional<RunId> retryOf, Caller caller) {
        var request = good.request();
        var exact = retryOf.map(original -> request.retry(original, request.hosts()))
                .orElse(request);
        return switch (new StartPreconditions(rules, rights).of(exact, override, caller)) {
            case StartPreconditions.Result.Rejected(var reply) ->
                made(caller).<Reply>map(Reply.Duplicate::new).orElse(reply);
            case StartPreconditions.Result.Accepted(var startTerms) -> record(exact, good.typed(), startTerms, caller);
        };
    }

    /** A request that was taken once stays taken, whatever has been locked meanwhile. */
    private Optional<Run> made(Caller caller) {
        return journal.read().made(caller.origin());
    }

    private Reply record(
            RunRequest request, Map<Value.Secret, SecretText> typed, StartTerms startTerms, Caller caller) {
        var through =
                request.retryOf().map(r -> caller.through("retry:" + r.value())).orElse(caller);
        var asked = new RunEvent.Requested(
                request, caller.person(), caller.origin(), startTerms, rules.provenance(through));
        return switch (create(asked, typed)) {
            case Created.New(var run, var _) -> new Reply.Accepted(run);
            case Created.Existing(var run) ->
                run.origin().isSameRequest(caller.origin()) ? new Reply.Duplicate(run) : faster(run, request);
        };
    }

    /** Only here, when everything has been asked, are the secrets kept that belong to the run; without it they go again. */
    private Created create(RunEvent.Requested asked, Map<Value.Secret, SecretText> typed) {
        var secrets = runRequestFactory.secrets();
        boolean isNew = false;
        try {
            typed.forEach(secrets::keep);
            var created = journal.create(asked);
            isNew = created instanceof Created.New;
            return created;
        } finally {
            if (!isNew) {
                secrets.forgetOneTime(typed.keySet());
            }
        }
    }

    private Reply cancel(Run run, Caller caller) {
        var refusal = rights.refusal(caller, Permission.CANCEL, run);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (journal.append(run.id(), new RunEvent.CancelRequested(caller.person()))) {
            case Appended.At(var entry, var _) -> new Reply.Accepted(entry.run());
            case Appended.Refused(var now) ->
                new Reply.TooLate(
                        now,
                        now.state().isFinal()
                                ? now.id() + " has already finished: "
                                        + now.state().label()
                                : now.id() + " is already being cancelled by "
                                        + now.cancelledBy()
                                                .map(Object::toString)
                                                .orElse("somebody"));
            case Appended.Unknown() -> notFound(run.id());
        };
    }

    private Reply retry(Run run, RunCommand.Retry command, Caller caller) {
        var refusal = unrepeatable(run, caller);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var gone = caller.recorded().flatMap(_ -> rules.people().gone(caller.person()));
        if (gone.isPresent()) {
            return new Reply.Denied("the requester of " + run.id() + " no longer exists: " + gone.get());
        }
        if (!run.state().isFinal()) {
            return new Reply.TooLate(
                    run,
                    run.id() + " has not finished yet; it is " + run.state().label());
        }
        if (run.state() == RunState.SUCCESS) {
            return new Reply.Invalid(
                    "run",
                    run.id() + " succeeded on every host; there is nothing to retry",
                    Optional.of("rerun " + run.id().value()));
        }
        var retryRequests = new RetryRequests(journal.read());
        var added = retryRequests.left(run).unlimitable();
        if (!added.isEmpty()) {
            return new Reply.Invalid(
                    "run",
                    notOfTheInventory(run, added),
                    Optional.of("rerun " + run.id().value()));
        }
        var running = retryRequests.goingOn(run.id());
        if (running.isPresent() && !running.get().origin().isSameRequest(caller.origin())) {
            return faster(running.get(), running.get().request());
        }
        if (!command.variables().isEmpty() && run.request().operation().equals(Operation.ADHOC)) {
            return new Reply.Invalid(
                    "variables",
                    run.id() + " ran a module, whose arguments stay as they are",
                    Optional.of("retry " + run.id().value()));
        }
        var why = command.why();
        var rest = retryRequests.rest(run).because(why).changing(command.variables());
        return command.limit().isBlank()
                ? repeat(run, rest, why, true, caller)
                : limited(
                        run, rest, why, command.limit(), retryRequests.left(run).names(), caller);
    }

    /** @param left the hosts that the run left to do; empty when that is every host it was for */
    private Reply limited(
            Run run, StartCommand rest, RepeatReason why, String limit, List<String> left, Caller caller) {
        var environment =
                runRequestFactory.catalogs().current().environment(run.request().environment());
        if (environment.isEmpty()) {
            return repeat(run, rest, why, true, caller);
        }
        return switch (HostPattern.resolve(
                environment.get(), limit, runRequestFactory.catalogs().facts())) {
            case HostPattern.Invalid invalid -> new Reply.Invalid("limit", invalid.message(), invalid.remedy());
            case HostPattern.Hosts(var named) -> {
                var all = !left.isEmpty()
                        ? left
                        : run.request().hosts().isEmpty()
                                ? environment.get().hosts()
                                : run.request().hosts();
                var chosen = named.stream().filter(all::contains).toList();
                yield chosen.isEmpty()
                        ? new Reply.Invalid(
                                "limit",
                                "none of these hosts is left to retry; left by " + run.id() + ": " + few(all),
                                Optional.of("retry " + run.id().value()))
                        : repeat(run, rest.on(chosen), why, true, caller);
            }
        };
    }

    private static String few(List<String> hosts) {
        return TextFormat.list(hosts, 3);
    }

    private static String notOfTheInventory(Run run, List<String> hosts) {
        boolean localhost = hosts.equals(List.of("localhost"));
        return few(hosts) + (hosts.size() == 1 ? " is" : " are") + " not in the inventory of "
                + run.request().environment()
                + (localhost ? "" : ", the run created " + (hosts.size() == 1 ? "it" : "them") + " itself")
                + "; only the whole run can be repeated";
    }

    private static Reply faster(Run first, RunRequest request) {
        var does = request.retryOf().map(o -> "retries " + o).orElse("rolls it back");
        return new Reply.TooLate(
                first,
                first.requestedBy().inText() + " was faster: " + first.id() + " " + does + " and is "
                        + first.state().label());
    }

    private Reply rerun(Run run, RepeatReason why, Caller caller) {
        var refusal = unrepeatable(run, caller);
        return refusal.isPresent()
                ? refusal.get()
                : repeat(
                        run,
                        RetryRequests.all(run.request()).because(why),
                        why,
                        false,
                        caller.through("rerun:" + run.id().value()));
    }

    /** The keys of a rotation are those of its run alone, and what a host lacks is looked at anew. */
    private Optional<Reply> unrepeatable(Run run, Caller caller) {
        Optional<Reply> refusal = rights.refusal(caller, Permission.START, run).map(d -> d);
        return refusal.or(() -> HostVenvRun.of(run.request())
                        .map(v -> new Reply.Invalid(
                                "run",
                                run.id() + " was written for this one time, and is requested anew",
                                Optional.of(
                                        switch (v) {
                                            case HostVenvRun.Deploy _ ->
                                                "venv deploy PLAYBOOK "
                                                        + run.request().limit();
                                            case HostVenvRun.Cleanup _ ->
                                                "venv cleanup " + run.request().limit();
                                            case HostVenvRun.Verify _ ->
                                                "venv list-host "
                                                        + run.request().limit() + " --verify";
                                        }))))
                .or(() -> KeyRotation.of(run.request())
                        .map(r -> new Reply.Invalid(
                                "run",
                                run.id() + " rotated an ssh key, which is requested anew",
                                Optional.of("secret rotate-key "
                                        + r.secret().substring(r.secret().indexOf('/') + 1) + " "
                                        + run.request().environment()))));
    }

    /** Who may see nothing is not told which runs there are. */
    private Reply known(RunId id, Caller caller, Function<Run, Reply> then) {
        var found = journal.read().find(id);
        return found.isPresent()
                ? then.apply(found.get())
                : rights.anywhere(caller, Permission.VIEW).<Reply>map(d -> d).orElseGet(() -> notFound(id));
    }

    private static Reply notFound(RunId id) {
        return new Reply.NotFound("there is no run " + id);
    }
}
