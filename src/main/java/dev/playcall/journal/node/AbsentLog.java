package dev.playcall.journal.node;

import dev.playcall.domain.Run;
import java.util.Optional;

/** Where the log of a run is that has none here. */
public final class AbsentLog {
    private AbsentLog() {}

    /** The node whose log it is; empty where there is one gateway, or none has begun with it. */
    public static Optional<String> node(Run run, NodeStore nodes) {
        return Optional.of(run.node()).filter(n -> !n.isEmpty() && !nodes.isAlone());
    }

    /** For people, one sentence without its full stop; empty where {@link #node} is. */
    public static Optional<String> line(Run run, NodeStore nodes) {
        return node(run, nodes)
                .map(n -> run.state().isFinal()
                        ? "This node has no output of " + run.id() + "; node " + n + " executed it"
                        : "This node has no output of " + run.id() + " yet; node " + n + " executes it");
    }
}
