package dev.playcall.catalog.selection;

import dev.playcall.domain.agent.AgentState;
import dev.playcall.domain.agent.UnknownServer;
import dev.playcall.domain.name.EnvironmentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of hosts beside the inventory, as of now. */
public interface HostFacts {
    /** Nothing is known. */
    HostFacts NONE = new HostFacts() {
        @Override
        public AgentState agent(EnvironmentName environment, String host) {
            return new AgentState.Never();
        }

        @Override
        public List<UnknownServer> unknown(EnvironmentName environment) {
            return List.of();
        }

        @Override
        public Map<String, String> statuses(EnvironmentName environment) {
            return Map.of();
        }

        @Override
        public Optional<Set<String>> failedIn(EnvironmentName environment, long run) {
            return Optional.empty();
        }
    };

    AgentState agent(EnvironmentName environment, String host);

    /** Agents that reported in the last 10 minutes with an id that no host has, by their id. */
    List<UnknownServer> unknown(EnvironmentName environment);

    /** {@code ok}, {@code failed} or {@code unreachable} by host; one that no run has worked on is not in it. */
    Map<String, String> statuses(EnvironmentName environment);

    /** The hosts on which this run failed or which it did not reach; empty when there is no such run in the environment. */
    Optional<Set<String>> failedIn(EnvironmentName environment, long run);
}
