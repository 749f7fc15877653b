package dev.playcall.command.rollout;

import dev.playcall.catalog.playbook.OperationCatalog.OperationSpec;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.command.Caller;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.command.run.StartPreconditions;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes of the waves of a rollout what is recorded of each, the run that would take it back included. */
final class WaveRequests {
    private final RunRequestFactory runRequestFactory;
    private final StartPolicy rules;
    private final StartPreconditions startPreconditions;

    WaveRequests(RunRequestFactory runRequestFactory, StartPolicy rules) {
        this.runRequestFactory = runRequestFactory;
        this.rules = rules;
        this.startPreconditions = new StartPreconditions(rules, runRequestFactory.rights());
    }

    /** @param original the run that it does again */
    record Wave(RunRequest request, Optional<Run> original) {}

    /** What came of asking for all of them. */
    sealed interface Asked {
        record Good(List<RunEvent.Requested> waves, List<RunEvent.Requested> rollbacks) implements Asked {}

        record Bad(Reply reply) implements Asked {}
    }

    /** What came of looking for what takes a wave back. */
    sealed interface Rollback {
        record Good(StartCommand start) implements Rollback {}

        record Bad(Reply reply) implements Rollback {}
    }

    /** @param rollback the operation or playbook that takes a wave back; empty for none */
    Asked of(List<Wave> waves, String rollback, StartCommand start, Caller caller) {
        var asked = new ArrayList<RunEvent.Requested>();
        for (var wave : waves) {
            var through = wave.original()
                    .map(o -> caller.through("retry:" + o.id().value()))
                    .orElse(caller);
            switch (startPreconditions.of(wave.request(), start.override(), caller)) {
                case StartPreconditions.Result.Rejected(var reply) -> {
                    return new Asked.Bad(reply);
                }
                case StartPreconditions.Result.Accepted(var terms) ->
                    asked.add(requested(wave.request(), terms, through));
            }
        }
        return rollback.isEmpty()
                ? new Asked.Good(asked, List.of())
                : withRollbacks(waves, asked, rollback(rollback, start), caller);
    }

    private Asked withRollbacks(List<Wave> waves, List<RunEvent.Requested> asked, Rollback rollback, Caller caller) {
        return switch (rollback) {
            case Rollback.Bad(var reply) -> new Asked.Bad(reply);
            case Rollback.Good(var start) ->
                switch (runRequestFactory.of(start, caller)) {
                    case RunRequestFactory.Draft.Rejected(var reply) -> new Asked.Bad(reply);
                    case RunRequestFactory.Draft.Valid(var request, var _) ->
                        rollbacks(waves, asked, request, start, caller);
                };
        };
    }

    private Asked rollbacks(
            List<Wave> waves, List<RunEvent.Requested> asked, RunRequest request, StartCommand start, Caller caller) {
        var rollbacks = new ArrayList<RunEvent.Requested>();
        for (var wave : waves) {
            var back = request.on(wave.request().hosts());
            switch (startPreconditions.of(back, start.override(), caller)) {
                case StartPreconditions.Result.Rejected(var reply) -> {
                    return new Asked.Bad(reply);
                }
                case StartPreconditions.Result.Accepted(var terms) ->
                    rollbacks.add(requested(back, agreed(terms), caller));
            }
        }
        return new Asked.Good(asked, rollbacks);
    }

    /** Who agrees to the rollout agrees to this as well: it only has to be what it was then. */
    private static StartTerms agreed(StartTerms terms) {
        return new StartTerms(
                0, terms.roles(), terms.own(), Optional.empty(), false, terms.contentDigest(), terms.override(), false);
    }

    private RunEvent.Requested requested(RunRequest request, StartTerms terms, Caller caller) {
        return new RunEvent.Requested(
                request, caller.person(), Origin.of(caller.origin().channel()), terms, rules.provenance(caller));
    }

    /** The start of what takes hosts back, with those variables that it knows. */
    Rollback rollback(String name, StartCommand of) {
        var catalog = runRequestFactory.catalogs().current();
        var playbook = Optional.of(name)
                .filter(Operation::isValid)
                .flatMap(o -> catalog.operation(new Operation(o)))
                .flatMap(OperationSpec::playbook);
        var found = playbook.or(
                        () -> Optional.of(name).filter(PlaybookName::isValid).map(PlaybookName::new))
                .flatMap(catalog::playbook);
        if (found.isEmpty()) {
            return new Rollback.Bad(new Reply.Invalid(
                    "rollback",
                    "there is no operation or playbook \"" + name + "\" to roll back with",
                    Optional.empty()));
        }
        var start =
                playbook.isPresent() ? StartCommand.of(name, of.environment()) : play(found.get(), of.environment());
        return new Rollback.Good(start.with(known(found.get(), of))
                .named(of.name())
                .because(new RepeatReason(of.description(), of.override())));
    }

    private static StartCommand play(Playbook playbook, String environment) {
        return new StartCommand(
                Operation.PLAY.value(),
                environment,
                Optional.of(playbook.name().value()),
                "",
                List.of(),
                false,
                false,
                Map.of(),
                "",
                "");
    }

    private static Map<String, Object> known(Playbook playbook, StartCommand of) {
        var names = playbook.variables().stream().map(VariableSpec::name).collect(Collectors.toSet());
        var variables = new HashMap<>(of.variables());
        variables.keySet().retainAll(names);
        return variables;
    }
}
