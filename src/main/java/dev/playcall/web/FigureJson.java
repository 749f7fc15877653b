package dev.playcall.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.journal.Ends;
import dev.playcall.journal.Stats;
import java.util.List;

/** Figures of many runs as programs read them. */
final class FigureJson {
    private FigureJson() {}

    static void ends(ObjectNode node, Ends ends) {
        node.put("runs", ends.runs())
                .put(
                        "success_rate",
                        ends.successRate().map(r -> Math.round(r * 10) / 10.0).orElse(null));
        var states = node.putObject("states");
        ends.states().forEach((state, n) -> states.put(state.word(), n));
    }

    static void flaky(ObjectNode node, List<Stats.FlakyHost> flaky) {
        var hosts = node.putArray("flaky_hosts");
        flaky.forEach(h -> hosts.addObject()
                .put("environment", h.environment())
                .put("host", h.host())
                .put("runs", h.runs())
                .put("failed", h.bad())
                .put("changes", h.flips()));
    }

    static void failures(ObjectNode node, List<Stats.Failure> all) {
        var failures = node.putArray("failures");
        all.forEach(f -> failures.addObject()
                .put("playbook", f.playbook())
                .put("task", f.task())
                .put("message", f.message())
                .put("runs", f.runs())
                .put("hosts", f.hosts())
                .put("last_run", f.last().value()));
    }
}
