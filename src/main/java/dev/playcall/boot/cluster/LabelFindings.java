package dev.playcall.boot.cluster;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.Catalogs;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.journal.node.Placement;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.ReadinessCheck.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Playbooks and environments whose runs no node may take, as none has the labels that they require. */
public final class LabelFindings {
    private LabelFindings() {}

    /** A line each. The database is asked only where labels are required. */
    public static List<String> of(Catalog catalog, NodeStore nodes) {
        var selecting = Stream.concat(
                        catalog.playbooks().values().stream()
                                .map(p -> new Selecting("playbook " + p.name().value(), p.nodeSelector())),
                        catalog.environments().values().stream()
                                .map(e -> new Selecting(
                                        "environment " + e.name().value(),
                                        e.rules().nodeSelector())))
                .filter(s -> !s.selector().isEmpty())
                .toList();
        if (selecting.isEmpty()) {
            return List.of();
        }
        var placement = Placement.now(nodes);
        return selecting.stream()
                .filter(s -> !placement.isKnown(s.selector()))
                .map(s -> s.what() + ": no node has " + String.join(", ", s.selector())
                        + " (node_selector); its runs wait until one has (cluster.labels)")
                .toList();
    }

    private record Selecting(String what, Set<String> selector) {}

    public static ReadinessCheck check(Catalogs catalogs, NodeStore nodes) {
        return new ReadinessCheck(
                "placement",
                () -> of(catalogs.current(), nodes).stream().findFirst().map(Problem::degrades));
    }
}
