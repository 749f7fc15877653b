package dev.playcall.command.run;

import dev.playcall.command.BatchCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Batch.OnFailure;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.journal.Batches;
import dev.playcall.journal.EventStore.Appended;
import dev.playcall.journal.RetriedAloneException;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Permission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Does the same in several environments. Each of them is checked as if it were asked for alone; when one is refused, none
 * is started.
 */
final class BatchCommandHandler implements FamilyHandler<BatchCommand> {
    private static final int MOST = 100;
    /** How every environment is said that one sees. */
    static final List<String> EVERYWHERE = List.of("all");

    private final RunJournal journal;
    private final RunRequestFactory runRequestFactory;
    private final StartPolicy rules;
    private final StartPreconditions startPreconditions;
    private final FamilyHandler<BatchCommand.DeploymentCommand> deployments;

    /** @param deployments handles what is about deployments, except to cancel one */
    BatchCommandHandler(
            RunJournal journal,
            RunRequestFactory runRequestFactory,
            StartPolicy rules,
            FamilyHandler<BatchCommand.DeploymentCommand> deployments) {
        this.deployments = deployments;
        this.journal = journal;
        this.runRequestFactory = runRequestFactory;
        this.rules = rules;
        this.startPreconditions = new StartPreconditions(rules, runRequestFactory.rights());
    }

    /** One environment of a batch, the run it is to do again, and the words that do it although a newer one would be undone. */
    private record Part(StartCommand command, Optional<Run> original, Optional<String> question) {
        Optional<RunId> retryOf() {
            return original.map(Run::id);
        }
    }

    @Override
    public Reply handle(BatchCommand command, Caller caller) {
        return switch (command) {
            case BatchCommand.StartBatch startBatch -> start(startBatch, caller);
            case BatchCommand.CancelBatch(var batch, var rest) ->
                known(batch, caller, b -> cancel(b, b.toString(), rest, caller));
            case BatchCommand.RetryBatch retry -> known(retry.batch(), caller, b -> retry(b, retry, caller));
            case BatchCommand.CancelDeployment(var id) -> cancel(id, caller);
            case BatchCommand.DeploymentCommand deployment -> deployments.handle(deployment, caller);
        };
    }

    private Reply cancel(long deployment, Caller caller) {
        return journal.read()
                .deployments()
                .find(deployment)
                .map(d -> cancel(d.batch(), d.toString(), false, caller))
                .or(() -> runRequestFactory
                        .rights()
                        .anywhere(caller, Permission.VIEW)
                        .map(d -> d))
                .orElseGet(() -> new Reply.NotFound("there is no deployment " + deployment));
    }

    private Reply known(long batch, Caller caller, Function<Batch, Reply> then) {
        return journal.read()
                .batches()
                .find(batch)
                .map(then)
                .or(() -> runRequestFactory
                        .rights()
                        .anywhere(caller, Permission.VIEW)
                        .map(d -> d))
                .orElseGet(() -> new Reply.NotFound("there is no batch " + batch));
    }

    private Reply start(BatchCommand.StartBatch command, Caller caller) {
        var policy = command.onFailure().isBlank() ? Optional.of(OnFailure.STOP) : OnFailure.of(command.onFailure());
        var denied = runRequestFactory.rights().anywhere(caller, Permission.START);
        if (denied.isPresent()) {
            return denied.get();
        }
        if (policy.isEmpty()) {
            return new Reply.Invalid(
                    "on_failure",
                    "--on-failure must be stop or continue",
                    Suggestion.of(command.onFailure(), List.of("stop", "continue"))
                            .map(n -> "--on-failure " + n));
        }
        var names = names(command.environments(), caller);
        var wrong = wrong(names, command.start());
        if (wrong.isPresent()) {
            return wrong.get();
        }
        var parts = names.stream()
                .map(n -> new Part(command.start().in(n), Optional.empty(), Optional.empty()))
                .toList();
        return record(
                parts,
                new Batches.BatchRequest(policy.get(), caller.person(), caller.origin(), Optional.empty()),
                caller);
    }

    private List<String> names(List<String> requested, Caller caller) {
        if (!requested.equals(EVERYWHERE)) {
            return requested;
        }
        var visible = runRequestFactory.rights().visibleEnvironments(caller);
        return runRequestFactory.catalogs().current().environments().keySet().stream()
                .filter(visible::sees)
                .map(EnvironmentName::value)
                .sorted()
                .toList();
    }

    private static Optional<Reply> wrong(List<String> names, StartCommand start) {
        var seen = new HashSet<String>();
        var twice = names.stream().filter(n -> !seen.add(n)).findFirst();
        if (names.isEmpty() || names.size() > MOST) {
            return invalid(
                    "environments",
                    names.isEmpty() ? "which environments? Comma-separated, or all" : "that is more than " + MOST);
        }
        if (twice.isPresent()) {
            return invalid("environments", twice.get() + " is named twice");
        }
        return start.hasOneTimeSecret()
                ? invalid("variables", "a one-time secret cannot be given to a batch; store it with secret set")
                : Optional.empty();
    }

    private static Optional<Reply> invalid(String field, String message) {
        return Optional.of(new Reply.Invalid(field, message, Optional.empty()));
    }

    /** All of them or none. */
    private Reply record(List<Part> parts, Batches.BatchRequest batch, Caller caller) {
        var asked = new ArrayList<RunEvent.Requested>();
        Map<String, Reply> refused = new LinkedHashMap<>();
        for (var part : parts) {
            switch (runRequestFactory.of(part.command(), part.original(), caller)) {
                case RunRequestFactory.Draft.Rejected(var reply) ->
                    refused.put(part.command().environment(), reply);
                case RunRequestFactory.Draft.Valid(var request, var _) -> take(part, request, caller, asked, refused);
            }
        }
        var before = journal.read().batches().made(batch.origin());
        if (refused.isEmpty() || before.isPresent()) {
            return before.<Reply>map(
                            b -> new Reply.Batched(b, journal.read().batches().runs(b.id()), true))
                    .orElseGet(() -> create(batch, asked));
        }
        return refusal(refused, parts.size());
    }

    private Reply create(Batches.BatchRequest batch, List<RunEvent.Requested> asked) {
        try {
            var made = journal.create(batch, asked);
            return new Reply.Batched(made.batch(), made.runs(), made.entries().isEmpty());
        } catch (RetriedAloneException e) {
            return new Reply.TooLate(e.run(), e.line());
        }
    }

    private void take(
            Part part, RunRequest request, Caller caller, List<RunEvent.Requested> asked, Map<String, Reply> refused) {
        var exact = part.retryOf().map(o -> request.retry(o, request.hosts())).orElse(request);
        var question = part.question()
                .flatMap(q ->
                        part.original().flatMap(o -> new RetryRequests(journal.read()).question(o, exact.hosts(), q)));
        if (question.isPresent()) {
            refused.put(part.command().environment(), question.get());
            return;
        }
        switch (startPreconditions.of(exact, part.command().override(), caller)) {
            case StartPreconditions.Result.Rejected(var reply) ->
                refused.put(part.command().environment(), reply);
            case StartPreconditions.Result.Accepted(var startTerms) ->
                asked.add(new RunEvent.Requested(
                        exact,
                        caller.person(),
                        Origin.of(caller.origin().channel()),
                        startTerms,
                        rules.provenance(part.retryOf()
                                .map(o -> caller.through("retry:" + o.value()))
                                .orElse(caller))));
        }
    }

    /** Who was refused and why; what holds for several is said once. */
    private static Reply refusal(Map<String, Reply> refused, int all) {
        Map<String, List<String>> by = new LinkedHashMap<>();
        refused.forEach((name, reply) ->
                by.computeIfAbsent(line(reply), _ -> new ArrayList<>()).add(name));
        boolean denied = refused.values().stream().anyMatch(Reply.Denied.class::isInstance);
        if (by.size() == 1 && refused.size() == all) {
            return refused.values().iterator().next();
        }
        var text = "nothing was started. "
                + by.entrySet().stream()
                        .map(e -> String.join(", ", e.getValue()) + ": " + e.getKey())
                        .collect(Collectors.joining(". "));
        boolean asked = refused.values().stream()
                .allMatch(r -> r instanceof Reply.Invalid i && i.field().equals(RepeatReason.CONFIRM));
        return denied
                ? new Reply.Denied(text)
                : new Reply.Invalid(asked ? RepeatReason.CONFIRM : "environments", text, Optional.empty());
    }

    private static String line(Reply reply) {
        return switch (reply) {
            case Reply.Invalid invalid -> invalid.line();
            case Reply.Denied denied -> denied.line();
            case Reply other -> String.valueOf(other);
        };
    }

    /** The last ones first, or each end would let the next one begin. */
    private Reply cancel(Batch batch, String called, boolean rest, Caller caller) {
        var open = journal.read().batches().runs(batch.id()).reversed().stream()
                .filter(r -> rest ? r.isWaiting() : !r.state().isFinal())
                .toList();
        if (open.isEmpty()) {
            return new Reply.Conflict(
                    rest ? "nothing of " + called + " is queued any more" : called + " has already finished");
        }
        var done = new ArrayList<Run>();
        Optional<Reply.Denied> denied = Optional.empty();
        for (var run : open) {
            var refusal = runRequestFactory.rights().refusal(caller, Permission.CANCEL, run);
            denied = denied.or(() -> refusal);
            if (refusal.isEmpty()
                    && journal.append(run.id(), new RunEvent.CancelRequested(caller.person()))
                            instanceof Appended.At(var entry, var _)) {
                done.add(entry.run());
            }
        }
        if (done.isEmpty()) {
            return denied.<Reply>map(d -> d)
                    .orElseGet(() -> new Reply.Conflict(called + " is already being cancelled"));
        }
        return new Reply.Done(cancelled(called, done, open.size() - done.size()));
    }

    private static String cancelled(String called, List<Run> done, int left) {
        var waiting = done.reversed().stream()
                .filter(r -> r.state().isFinal())
                .map(r -> r.id() + " " + r.request().environment())
                .toList();
        var working = done.stream().filter(r -> !r.state().isFinal()).findFirst();
        var text = new ArrayList<String>();
        working.ifPresent(r -> text.add(r.id() + " " + r.request().environment() + " is being stopped"));
        if (!waiting.isEmpty()) {
            text.add(String.join(", ", waiting) + (waiting.size() == 1 ? " does" : " do") + " not start");
        }
        if (left > 0) {
            text.add(left + (left == 1 ? " is" : " are") + " left unchanged");
        }
        return called + ": " + String.join("; ", text);
    }

    private Reply retry(Batch batch, BatchCommand.RetryBatch command, Caller caller) {
        var again = journal.read().batches().made(caller.origin());
        if (again.isPresent()) {
            var runs = journal.read().batches().runs(again.get().id());
            return new Reply.Batched(again.get(), runs, true);
        }
        var runs = journal.read().batches().runs(batch.id());
        if (runs.stream().anyMatch(r -> !r.state().isFinal())) {
            return new Reply.Invalid(
                    "batch", batch + " has not finished yet", Optional.of("cancel batch " + batch.id()));
        }
        var bad = runs.stream()
                .filter(r -> r.state() != RunState.SUCCESS)
                .filter(r -> !command.rest() || r.startedAt().isEmpty())
                .toList();
        if (bad.isEmpty()) {
            var why = command.rest() ? "every run of " + batch + " started" : "all of " + batch + " succeeded";
            return new Reply.Invalid("batch", why + "; there is nothing to retry", Optional.empty());
        }
        var retryRequests = new RetryRequests(journal.read());
        var first = bad.stream()
                .flatMap(r -> retryRequests.goingOn(r.id()).stream())
                .findFirst();
        if (first.isPresent()) {
            var run = first.get();
            return new Reply.TooLate(
                    run,
                    run.requestedBy().inText() + " was faster: " + run.id() + " retries "
                            + run.request().retryOf().map(Object::toString).orElse("it") + " and is "
                            + run.state().label());
        }
        var parts = bad.stream()
                .map(r -> new Part(
                        retryRequests.rest(r).because(command.why()),
                        Optional.of(r),
                        Optional.of("retry batch " + batch.id() + (command.rest() ? " rest" : ""))
                                .filter(_ -> !command.why().confirmed())))
                .toList();
        var request =
                new Batches.BatchRequest(batch.onFailure(), caller.person(), caller.origin(), Optional.of(batch.id()));
        return record(parts, request, caller);
    }
}
