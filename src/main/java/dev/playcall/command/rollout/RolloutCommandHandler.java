package dev.playcall.command.rollout;

import dev.playcall.command.BatchCommand;
import dev.playcall.command.BatchCommand.DeploymentCommand;
import dev.playcall.command.BatchCommand.RollBackDeployment;
import dev.playcall.command.BatchCommand.StartRollout;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.RetryRequests;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Rollout;
import dev.playcall.journal.Batches;
import dev.playcall.journal.DeploymentStore.DeploymentRequest;
import dev.playcall.journal.RetriedAloneException;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes deployments and does what is asked about one, except to cancel it, which is as for its batch. */
final class RolloutCommandHandler implements FamilyHandler<DeploymentCommand> {
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_RUN_NAME = 100;

    private final RunJournal journal;
    private final RunRequestFactory runRequestFactory;
    private final WaveRequests waves;
    private final DeploymentRepeats repeats;
    private final FamilyHandler<StartCommand> starts;
    private final HostReach reach;

    RolloutCommandHandler(
            RunJournal journal,
            RunRequestFactory runRequestFactory,
            WaveRequests waves,
            FamilyHandler<StartCommand> starts,
            HostReach reach) {
        this.journal = journal;
        this.runRequestFactory = runRequestFactory;
        this.waves = waves;
        this.repeats = new DeploymentRepeats(journal.read());
        this.starts = starts;
        this.reach = reach;
    }

    @Override
    public Reply handle(DeploymentCommand command, Caller caller) {
        return switch (command) {
            case StartRollout start -> start(start, caller);
            case BatchCommand.ResumeDeployment(var id) -> known(id, caller, d -> resume(d, caller));
            case BatchCommand.RetryDeployment again -> known(again.deployment(), caller, d -> retry(d, again, caller));
            case RollBackDeployment back -> known(back.deployment(), caller, d -> rollBack(d, back, caller));
            case BatchCommand.CancelDeployment _ -> throw new IllegalArgumentException("its batch is cancelled");
        };
    }

    private interface Then {
        Reply of(Deployment deployment);
    }

    private Reply known(long id, Caller caller, Then then) {
        return journal.read()
                .deployments()
                .find(id)
                .map(then::of)
                .or(() -> runRequestFactory
                        .rights()
                        .anywhere(caller, Permission.VIEW)
                        .map(d -> d))
                .orElseGet(() -> new Reply.NotFound("there is no deployment " + id));
    }

    private Optional<Reply> before(Caller caller) {
        return journal.read().batches().made(caller.origin()).map(this::again);
    }

    private Reply again(Batch batch) {
        return new Reply.Batched(batch, journal.read().batches().runs(batch.id()), true);
    }

    private Reply start(StartRollout command, Caller caller) {
        var name = Truncate.line(command.name());
        if (name.length() > LONGEST_NAME) {
            return invalid("name", "the name has " + name.length() + " characters, it may have " + LONGEST_NAME);
        }
        if (command.start().hasOneTimeSecret()) {
            return oneTimeSecret();
        }
        return switch (runRequestFactory.of(command.start().named(Truncate.of(name, LONGEST_RUN_NAME)), caller)) {
            case RunRequestFactory.Draft.Rejected(var reply) -> reply;
            case RunRequestFactory.Draft.Valid(var request, var _) ->
                before(caller).orElseGet(() -> start(command, name, request, caller));
        };
    }

    private Reply start(StartRollout command, String name, RunRequest request, Caller caller) {
        return switch (RolloutPlan.of(runRequestFactory.catalogs(), command, reach, caller)) {
            case RolloutPlan.Planned.Bad(var reply) -> reply;
            case RolloutPlan.Planned.Good(var plan) -> {
                var refusal = changing(command, plan, request, caller);
                var parts = plan.waves().stream()
                        .map(hosts -> new WaveRequests.Wave(request.on(hosts), Optional.empty()))
                        .toList();
                yield refusal.orElseGet(() -> record(
                        new Wanted(
                                name,
                                request.description(),
                                request.limit(),
                                plan.rollout(),
                                parts,
                                plan.untouched(),
                                command.start()),
                        Optional.empty(),
                        caller));
            }
        };
    }

    /** What a playbook says of its rollout may be changed by those who may pass a lock. */
    private Optional<Reply> changing(StartRollout command, RolloutPlan plan, RunRequest request, Caller caller) {
        return plan.configured() && !command.rollout().isNone()
                ? runRequestFactory
                        .rights()
                        .refusal(caller, Permission.OVERRIDE, Target.of(request))
                        .map(d -> new Reply.Denied(
                                "the rollout of " + request.operation() + " is configured as "
                                        + plan.rollout().line() + "; " + d.message(),
                                d.whoCould()))
                : Optional.empty();
    }

    /** What is to be recorded: a deployment and its waves. */
    private record Wanted(
            String name,
            String description,
            String selection,
            Rollout rollout,
            List<WaveRequests.Wave> waves,
            List<String> untouched,
            StartCommand start) {}

    private Reply record(Wanted wanted, Optional<Long> retryOf, Caller caller) {
        var request = new Batches.BatchRequest(Batch.OnFailure.CONTINUE, caller.person(), caller.origin(), retryOf);
        return switch (waves.of(wanted.waves(), wanted.rollout().rollback(), wanted.start(), caller)) {
            case WaveRequests.Asked.Bad(var reply) -> reply;
            case WaveRequests.Asked.Good(var asked, var rollbacks) -> record(wanted, request, asked, rollbacks);
        };
    }

    private Reply record(
            Wanted wanted,
            Batches.BatchRequest request,
            List<RunEvent.Requested> asked,
            List<RunEvent.Requested> rollbacks) {
        var deployment = new DeploymentRequest(
                wanted.name(),
                wanted.description(),
                wanted.selection(),
                wanted.rollout(),
                wanted.untouched(),
                rollbacks);
        try {
            var made = journal.create(deployment, request, asked);
            boolean before = made.entries().isEmpty();
            return before && !made.batch().origin().isSameRequest(request.origin())
                    ? repeats.faster(made.batch())
                    : new Reply.Batched(made.batch(), made.runs(), before);
        } catch (RetriedAloneException e) {
            return new Reply.TooLate(e.run(), e.line());
        }
    }

    private Reply resume(Deployment deployment, Caller caller) {
        var runs = runs(deployment);
        var refusal = runs.stream()
                .flatMap(r -> runRequestFactory.rights().refusal(caller, Permission.START, r).stream())
                .findFirst();
        if (refusal.isPresent()) {
            return refusal.get();
        }
        var held = deployment.held(runs);
        if (held.isEmpty()) {
            return new Reply.Conflict(
                    deployment + " is " + deployment.state(runs).word() + "; only a paused one can be resumed");
        }
        if (!journal.read().deployments().resume(deployment.id())) {
            return new Reply.Conflict(deployment + " has just been resumed or cancelled");
        }
        return new Reply.Done(deployment + " goes on with wave " + Deployment.place(held.get()) + " of " + runs.size());
    }

    private List<Run> runs(Deployment deployment) {
        return journal.read().batches().runs(deployment.batch().id());
    }

    private static Reply oneTimeSecret() {
        return invalid("variables", "a one-time secret cannot be given to a rollout; store it with secret set");
    }

    private Reply retry(Deployment deployment, BatchCommand.RetryDeployment command, Caller caller) {
        var again = before(caller);
        if (again.isPresent()) {
            return again.get();
        }
        var runs = runs(deployment);
        if (!deployment.state(runs).isFinal()) {
            return new Reply.Conflict(deployment + " has not finished yet; cancel deployment " + deployment.id());
        }
        var undone = Deployment.undone(journal.read().deployments().rolledBack(deployment));
        var bad = runs.stream()
                .filter(r -> r.state() != RunState.SUCCESS
                        || r.request().hosts().stream().anyMatch(undone::contains))
                .toList();
        if (bad.isEmpty()) {
            return invalid("deployment", deployment + " succeeded on every host; there is nothing to retry");
        }
        return repeats.ofRetry(deployment, command.why())
                .or(() -> repeats.ofWaves(bad))
                .orElseGet(() -> again(deployment, bad, undone, command, caller));
    }

    private Reply again(
            Deployment deployment,
            List<Run> bad,
            Set<String> undone,
            BatchCommand.RetryDeployment command,
            Caller caller) {
        var retryRequests = new RetryRequests(journal.read());
        var parts = new ArrayList<WaveRequests.Wave>();
        for (var run : bad) {
            var rest = retryRequests.rest(run, undone).because(command.why()).changing(command.variables());
            if (rest.hasOneTimeSecret()) {
                return oneTimeSecret();
            }
            switch (runRequestFactory.of(rest, Optional.of(run), caller)) {
                case RunRequestFactory.Draft.Rejected(var reply) -> {
                    return reply;
                }
                case RunRequestFactory.Draft.Valid(var request, var _) ->
                    parts.add(new WaveRequests.Wave(request.retry(run.id(), request.hosts()), Optional.of(run)));
            }
        }
        var start = RetryRequests.all(bad.getFirst().request())
                .because(command.why())
                .changing(command.variables());
        return record(
                repeated(deployment, parts, start),
                Optional.of(deployment.batch().id()),
                caller);
    }

    private static Wanted repeated(Deployment of, List<WaveRequests.Wave> parts, StartCommand start) {
        var rollout =
                of.rollout().with(parts.stream().map(p -> p.request().servers()).toList());
        return new Wanted(of.name(), of.description(), "failed in " + of, rollout, parts, List.of(), start);
    }

    private Reply rollBack(Deployment deployment, RollBackDeployment command, Caller caller) {
        var runs = runs(deployment);
        if (!deployment.state(runs).isFinal()) {
            return new Reply.Conflict(deployment + " has not finished yet; cancel deployment " + deployment.id());
        }
        var question = journal.read().made(caller.origin()).isPresent()
                ? Optional.<Reply>empty()
                : repeats.ofRollback(deployment, command);
        if (question.isPresent()) {
            return question.get();
        }
        return rollBack(deployment, command, runs, caller);
    }

    private Reply rollBack(Deployment deployment, RollBackDeployment command, List<Run> runs, Caller caller) {
        var name = command.with().isBlank() ? deployment.rollout().rollback() : command.with();
        var begun = runs.stream().filter(r -> r.startedAt().isPresent()).toList();
        if (name.isBlank() || begun.isEmpty()) {
            return invalid(
                    "rollback",
                    begun.isEmpty()
                            ? "nothing of " + deployment + " started, so there is nothing to roll back"
                            : deployment + " names nothing to roll back with; say the operation or the playbook");
        }
        var hosts = begun.stream().flatMap(r -> r.request().hosts().stream()).toList();
        var original = RetryRequests.all(begun.getFirst().request()).because(command.why());
        return switch (waves.rollback(name, original)) {
            case WaveRequests.Rollback.Bad(var reply) -> reply;
            case WaveRequests.Rollback.Good(var start) ->
                starts.handle(start.on(hosts), caller.through("rollback:" + deployment.id()));
        };
    }

    private static Reply invalid(String field, String message) {
        return new Reply.Invalid(field, message, Optional.empty());
    }
}
