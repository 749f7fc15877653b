package dev.playcall.web.ingest;

import dev.playcall.agent.AgentReports;
import dev.playcall.domain.agent.AgentState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** How many agents report and how many no longer do, over all environments. */
final class AgentMetrics implements MeterBinder {
    private final AgentReports agents;

    AgentMetrics(AgentReports agents) {
        this.agents = agents;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "reporting", false);
        gauge(registry, "silent", true);
        Gauge.builder("playcall.agents.unknown", agents, AgentMetrics::unknown)
                .description("Servers that reported in the last 10 minutes with an id that no host has")
                .strongReference(true)
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String state, boolean silent) {
        Gauge.builder("playcall.agents", agents, a -> count(a, silent))
                .description("Agents of hosts: those that report, and those that reported before and no longer do")
                .tag("state", state)
                .strongReference(true)
                .register(registry);
    }

    private static long count(AgentReports agents, boolean silent) {
        return agents.environments().stream()
                .flatMap(e -> agents.states(e).stream())
                .filter(s -> s instanceof AgentState.Silent == silent)
                .count();
    }

    private static long unknown(AgentReports agents) {
        return agents.environments().stream()
                .mapToLong(e -> agents.unknown(e).size())
                .sum();
    }
}
