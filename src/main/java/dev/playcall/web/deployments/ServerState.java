package dev.playcall.web.deployments;

import dev.playcall.command.rollout.RolloutPlan;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.rollout.Deployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How one host of a deployment stands.
 *
 * @param wave its number; 0 when no play is for this host, as {@code run} is then
 * @param state pending, running, success, failed or skipped
 * @param started when its first task began, where that is known
 * @param ended when its last task had its result; empty while it runs
 * @param error why it failed, why no play is for it, or what it was rolled back by; empty for none
 */
record ServerState(
        String name,
        int wave,
        long run,
        String state,
        boolean changed,
        Optional<Instant> started,
        Optional<Instant> ended,
        String error) {
    static final List<String> STATES = List.of("pending", "running", "success", "failed", "skipped");
    static final String SUCCESS = "success";
    static final String FAILED = "failed";

    /**
     * The hosts of these waves in their order, then those that no play is for.
     *
     * @param rolledBack the last run that took it back, on all of its hosts or on some; empty for none
     */
    static List<ServerState> of(
            Deployment deployment, List<Run> waves, Optional<Run> rolledBack, Function<Run, List<HostResult>> results) {
        var undone = Deployment.undone(rolledBack);
        return Stream.concat(
                        of(waves, results).stream()
                                .map(s -> undone.contains(s.name()) ? s.undone(rolledBack.orElseThrow()) : s),
                        deployment.untouched().stream().map(ServerState::untouched))
                .toList();
    }

    private ServerState undone(Run by) {
        var line = "rolled back by " + by.id();
        return new ServerState(
                name, wave, run, state, changed, started, ended, error.isEmpty() ? line : error + "; " + line);
    }

    private static ServerState untouched(String host) {
        return new ServerState(host, 0, 0, "skipped", false, Optional.empty(), Optional.empty(), RolloutPlan.UNTOUCHED);
    }

    private static List<ServerState> of(List<Run> waves, Function<Run, List<HostResult>> results) {
        var servers = new ArrayList<ServerState>();
        for (int i = 0; i < waves.size(); i++) {
            var wave = waves.get(i);
            Map<String, HostResult> known = new HashMap<>();
            if (wave.startedAt().isPresent()) {
                results.apply(wave).forEach(h -> known.put(h.host(), h));
            }
            for (var host : wave.request().hosts()) {
                servers.add(of(wave, i + 1, host, Optional.ofNullable(known.get(host))));
            }
        }
        return servers;
    }

    private static ServerState of(Run wave, int number, String host, Optional<HostResult> result) {
        var state = wave.state().isFinal() ? ended(wave, result) : working(wave, result);
        var started = result.flatMap(HostResult::started);
        boolean over = !state.equals("running") && !state.equals("pending");
        return new ServerState(
                host,
                number,
                wave.id().value(),
                state,
                result.filter(h -> h.stats().changed() > 0).isPresent(),
                started,
                started.filter(_ -> over).flatMap(s -> result.map(h -> s.plus(h.duration()))),
                state.equals(FAILED) ? error(wave, result) : "");
    }

    private static String working(Run wave, Optional<HostResult> result) {
        return wave.state() != RunState.RUNNING || result.isEmpty()
                ? "pending"
                : switch (result.get().outcome()) {
                    case PENDING -> "pending";
                    case OK, CHANGED, SKIPPED, INCOMPLETE -> "running";
                    case FAILED, UNREACHABLE -> FAILED;
                };
    }

    private static String ended(Run wave, Optional<HostResult> result) {
        if (result.isEmpty()) {
            return wave.startedAt().isEmpty() || wave.state() == RunState.SUCCESS ? "skipped" : FAILED;
        }
        return switch (result.get().outcome()) {
            case OK, CHANGED -> SUCCESS;
            case SKIPPED -> "skipped";
            case PENDING -> wave.state() == RunState.SUCCESS ? "skipped" : FAILED;
            case FAILED, UNREACHABLE, INCOMPLETE -> FAILED;
        };
    }

    private static String error(Run wave, Optional<HostResult> result) {
        var message = result.flatMap(HostResult::message).filter(m -> !m.isBlank());
        var task = result.flatMap(HostResult::failedTask).map(t -> t + ": ").orElse("");
        return message.map(m -> task + m)
                .orElse(wave.reason().isEmpty() ? "the run ended before this host was done" : wave.reason());
    }
}
