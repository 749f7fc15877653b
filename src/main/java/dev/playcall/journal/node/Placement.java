package dev.playcall.journal.node;

import dev.playcall.domain.format.TextFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which nodes take runs from the queue, as it was when it was asked for. */
public record Placement(List<Node> nodes) {
    private static final int NAMED = 5;

    public Placement {
        nodes = List.copyOf(nodes);
    }

    public static Placement now(NodeStore nodes) {
        return new Placement(nodes.all());
    }

    /**
     * Why no node may start a waiting run, one line; empty when some node may.
     *
     * @param selector the labels that its node has to have
     */
    public Optional<String> waitsFor(Set<String> selector) {
        var fit = nodes.stream().filter(has(selector)).toList();
        if (nodes.isEmpty() || fit.stream().anyMatch(Node::takesRuns)) {
            return Optional.empty();
        }
        var wanted = selector.isEmpty() ? "that takes runs" : "with " + text(selector);
        return Optional.of("waits for a node " + wanted + ": "
                + (fit.isEmpty()
                        ? "no node has " + (selector.size() == 1 ? "this label" : "these labels")
                        : TextFormat.list(
                                fit, NAMED, n -> n.name() + " is " + (n.drained() ? "drained" : n.status()))));
    }

    /** Whether there is a node, working or not, that has all of these labels. */
    public boolean isKnown(Set<String> selector) {
        return nodes.stream().anyMatch(has(selector));
    }

    private static Predicate<Node> has(Set<String> selector) {
        return n -> n.labels().containsAll(selector);
    }

    private static String text(Set<String> selector) {
        return String.join(", ", new TreeSet<>(selector));
    }
}
