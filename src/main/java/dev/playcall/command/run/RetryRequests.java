package dev.playcall.command.run;

import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Remainder;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.NewerRuns;
import dev.playcall.journal.Repeats;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes of a run the request to do it again, all of it or what did not end well. */
public record RetryRequests(EventStore store) {

    /** The same request, to be checked anew. */
    public static StartCommand all(RunRequest r) {
        Map<String, Object> variables = new HashMap<>();
        boolean adhoc = r.operation().equals(Operation.ADHOC);
        r.variables()
                .forEach((name, value) -> raw(value)
                        // An argument is declared nowhere, so without its secret another module call would be made.
                        .or(() -> Optional.<Object>of(value).filter(_ -> adhoc))
                        .ifPresent(v -> variables.put(name, v)));
        return new StartCommand(
                        r.operation().value(),
                        r.environment().value(),
                        r.playbook().map(p -> p.value()),
                        r.limit(),
                        r.tags(),
                        r.check(),
                        r.diff(),
                        variables,
                        r.name(),
                        r.description())
                .with(r.options())
                .with(r.task().filter(_ -> adhoc));
    }

    /** The same for the hosts that it left to do. */
    public StartCommand rest(Run run) {
        var left = left(run);
        var command = all(run.request());
        return left.isAll() || !left.unlimitable().isEmpty() ? command : command.on(left.names());
    }

    /**
     * The same for the hosts that it left to do, or on which it was taken back.
     *
     * @param undone on which it was taken back, hosts of other runs among them; empty for none
     */
    public StartCommand rest(Run run, Set<String> undone) {
        var hosts = run.request().hosts();
        if (hosts.stream().noneMatch(undone::contains)) {
            return rest(run);
        }
        var left = left(run).names();
        return all(run.request())
                .on(hosts.stream()
                        .filter(h -> undone.contains(h) || left.contains(h))
                        .toList());
    }

    public Remainder left(Run run) {
        return Remainder.of(run, store.hosts(run.id()));
    }

    /**
     * What has to be confirmed first; empty when nothing newer would be undone.
     *
     * @param hosts for which the run is to be done again; empty for all of its environment
     * @param words that do it, {@code retry 5}
     */
    public Optional<Reply> question(Run run, List<String> hosts, String words) {
        return new NewerRuns(store)
                .line(run, hosts)
                .map(line -> new Reply.Invalid(RepeatReason.CONFIRM, line, Optional.of(words + " --yes")));
    }

    /** What has to be confirmed where a retry of this run has succeeded on these hosts already. */
    public Optional<Reply> done(Run run, List<String> hosts, String words) {
        return Repeats.of(run, store)
                .done(hosts)
                .map(r -> new Reply.Invalid(
                        RepeatReason.CONFIRM,
                        r.id() + " has retried " + run.id() + " already, and succeeded",
                        Optional.of(words + " --yes")));
    }

    /** A retry of this run that has not ended. */
    public Optional<Run> goingOn(RunId run) {
        return Stream.concat(store.running().stream(), store.queue().stream())
                .filter(r -> r.request().retryOf().equals(Optional.of(run)))
                .findFirst();
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
