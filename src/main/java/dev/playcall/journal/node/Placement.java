package dev.playcall.journal.node;

import dev.playcall.domain.format.TextFormat;
import java.util.List;
import java.util.Optional;

/** Which nodes take runs from the queue, as it was when it was asked for. */
public record Placement(List<Node> nodes) {
    private static final int NAMED = 5;

    public Placement {
        nodes = List.copyOf(nodes);
    }

    public static Placement now(NodeStore nodes) {
        return new Placement(nodes.all());
    }

    /** Why no waiting run can start, one line; empty when some node takes runs. */
    public Optional<String> waitsFor() {
        return nodes.isEmpty() || nodes.stream().anyMatch(Node::takesRuns)
                ? Optional.empty()
                : Optional.of("waits for a node that takes runs: "
                        + TextFormat.list(
                                nodes, NAMED, n -> n.name() + " is " + (n.drained() ? "drained" : n.status())));
    }
}
