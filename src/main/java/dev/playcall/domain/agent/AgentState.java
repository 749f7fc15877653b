package dev.playcall.domain.agent;

import dev.playcall.domain.format.TextFormat;
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

    /** {@code v1.1.0, 4 s ago}, {@code silent since 2026-01-31 12:00:00 UTC} or {@code never reported}. */
    default String words(Instant now) {
        return switch (this) {
            case Never() -> "never reported";
            case Reporting(var agent) ->
                (agent.version().isEmpty() ? "" : agent.version() + ", ") + TextFormat.ago(agent.lastSeen(), now);
            case Silent(var agent) -> "silent since " + TextFormat.second(agent.lastSeen());
        };
    }
}
