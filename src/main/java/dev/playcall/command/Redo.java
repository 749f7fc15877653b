package dev.playcall.command;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Value;
import dev.playcall.journal.EventStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes of a run the wish to do it again, all of it or what did not end well. */
record Redo(EventStore store) {

    /** The same request, to be checked anew. */
    static Command.Start all(RunRequest r) {
        Map<String, Object> variables = new HashMap<>();
        r.variables().forEach((name, value) -> raw(value).ifPresent(v -> variables.put(name, v)));
        return new Command.Start(
                r.operation().value(),
                r.environment().value(),
                r.playbook().map(p -> p.value()),
                r.limit(),
                r.tags(),
                r.check(),
                r.diff(),
                variables,
                r.name(),
                r.description());
    }

    /** The same for the hosts that did not end well: also for those a stopped run never reached. */
    Command.Start rest(Run run) {
        var hosts = store.hosts(run.id());
        var unfinished = hosts.stream()
                .filter(h -> needsRetry(h, run))
                .map(HostResult::host)
                .toList();
        var wish = all(run.request());
        return unfinished.isEmpty() || unfinished.size() == hosts.size() ? wish : wish.on(unfinished);
    }

    /** A retry of this run that has not ended. */
    Optional<Run> goingOn(RunId run) {
        return Stream.concat(store.running().stream(), store.queue().stream())
                .filter(r -> r.request().retryOf().equals(Optional.of(run)))
                .findFirst();
    }

    private static boolean needsRetry(HostResult host, Run run) {
        return switch (host.outcome()) {
            case FAILED, UNREACHABLE, PENDING -> true;
            // When a run was cut short, a host with results may still miss its last tasks.
            case OK, CHANGED, SKIPPED -> run.state() != RunState.FAILED;
        };
    }

    /** A secret is looked up anew, or asked for once more. */
    private static Optional<Object> raw(Value value) {
        return switch (value) {
            case Value.Text(var text) -> Optional.of(text);
            case Value.Decimal(var number) -> Optional.of(number);
            case Value.Flag(var flag) -> Optional.of(flag);
            case Value.Items(var items) -> Optional.of(items);
            case Value.Secret _ -> Optional.empty();
        };
    }
}
