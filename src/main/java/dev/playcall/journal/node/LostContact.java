package dev.playcall.journal.node;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * That a running run is as it was last heard of, because the node that watches over it does not say that it works.
 *
 * @param node its name
 * @param stopped whether it ended in order
 * @param since when it was last heard of, by the clock of the database
 * @param until when the run is interrupted, unless the node is heard of before
 */
public record LostContact(String node, boolean stopped, Instant since, Instant until) {

    /** How it stood when it was asked for; a run may be asked about at any time. */
    public interface Snapshot {
        Snapshot NONE = _ -> Optional.empty();

        Optional<LostContact> of(Run run);
    }

    /** What is known now; asks the database once, and not at all where there is one gateway. */
    public static Snapshot now(NodeStore nodes) {
        return nodes.isAlone() ? Snapshot.NONE : of(nodes.all());
    }

    static Snapshot of(List<Node> nodes) {
        Map<String, Node> silent = nodes.stream()
                .filter(n -> !n.isUp())
                .collect(Collectors.toUnmodifiableMap(Node::name, Function.identity()));
        return run -> Optional.ofNullable(silent.get(run.node()))
                .filter(_ -> run.state() == RunState.RUNNING)
                .map(n -> new LostContact(
                        n.name(), n.stopped(), n.lastSeen(), n.lastSeen().plus(limit(n, nodes))));
    }

    /** The first of those that work interrupts it, but gives it the time that its own node counts on. */
    private static Duration limit(Node silent, List<Node> nodes) {
        return nodes.stream()
                .filter(Node::isUp)
                .map(Node::lostAfter)
                .min(Comparator.naturalOrder())
                .filter(first -> first.compareTo(silent.lostAfter()) > 0)
                .orElse(silent.lostAfter());
    }

    /** For people, one line. */
    public String line() {
        return (stopped
                        ? "node " + node + " was stopped at " + TextFormat.second(since)
                        : "no contact with node " + node + " since " + TextFormat.second(since))
                + "; the run may continue there, and is interrupted at " + TextFormat.second(until)
                + (stopped ? " unless the node is started again" : " unless the node responds");
    }
}
