package dev.playcall.domain.agent;

import dev.playcall.domain.format.TextFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How the agent of a host is. */
public sealed interface AgentState {
    /** No report has come from this host. */
    record Never() implements AgentState {}

    record Reporting(HostAgent agent) implements AgentState {}

    /** It has reported before, and then no longer. */
    record Silent(HostAgent agent) implements AgentState {}

    /** {@code reporting}, {@code silent} or {@code never}. */
    default String word() {
        return switch (this) {
            case Never() -> "never";
            case Reporting _ -> "reporting";
            case Silent _ -> "silent";
        };
    }

    /** Empty where none has reported. */
    default Optional<HostAgent> known() {
        return switch (this) {
            case Never() -> Optional.empty();
            case Reporting(var agent) -> Optional.of(agent);
            case Silent(var agent) -> Optional.of(agent);
        };
    }

    /** {@code v1.1.0, 4 s ago}, {@code v1.1.0, silent for 5 min} or {@code never reported}. */
    default String words(Instant now) {
        return switch (this) {
            case Never() -> "never reported";
            case Reporting(var agent) -> version(agent) + TextFormat.ago(agent.lastSeen(), now);
            case Silent(var agent) ->
                version(agent) + "silent for " + TextFormat.duration(Duration.between(agent.lastSeen(), now));
        };
    }

    private static String version(HostAgent agent) {
        return agent.version().isEmpty() ? "" : agent.version() + ", ";
    }
}
