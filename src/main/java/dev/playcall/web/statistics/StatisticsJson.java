package dev.playcall.web.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.journal.OutcomeCounts;
import dev.playcall.journal.Stats;
import java.util.List;

/** Figures of many runs as programs read them. */
public final class StatisticsJson {
    private StatisticsJson() {}

    public static void ends(ObjectNode node, OutcomeCounts outcomeCounts) {
        node.put("runs", outcomeCounts.runs())
                .put(
                        "success_rate",
                        outcomeCounts
                                .successRate()
                                .map(r -> Math.round(r * 10) / 10.0)
                                .orElse(null));
        var states = node.putObject("states");
        outcomeCounts.states().forEach((state, n) -> states.put(state.word(), n));
    }

    public static void flaky(ObjectNode node, List<Stats.FlakyHost> flaky) {
        var hosts = node.putArray("flaky_hosts");
        flaky.forEach(h -> hosts.addObject()
                .put("environment", h.environment())
                .put("host", h.host())
                .put("runs", h.runs())
                .put("failed", h.bad())
                .put("changes", h.flips()));
    }

    public static void failures(ObjectNode node, List<Stats.Failure> all) {
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
