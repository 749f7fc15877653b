package dev.playcall.web.server;

import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ReadinessCheck;
import dev.playcall.web.http.ReadinessCheck.Problem;
import dev.playcall.web.http.ReadinessCheck.Weight;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers whether every part works: 200 when it does or when the rest can go on without it, otherwise 503. */
final class Readiness {
    private static final Logger log = LoggerFactory.getLogger(Readiness.class);

    private final List<ReadinessCheck> checks;

    Readiness(List<ReadinessCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    /** One figure for each part: whether it works. */
    void measure(MeterRegistry registry) {
        checks.forEach(c -> Gauge.builder("playcall.part.up", c, p -> look(p).isEmpty() ? 1 : 0)
                .description("Whether a part of the gateway works")
                .tag("part", c.name())
                .strongReference(true)
                .register(registry));
    }

    void send(Context ctx) {
        Map<ReadinessCheck, Optional<Problem>> found = new LinkedHashMap<>();
        checks.forEach(c -> found.put(c, look(c)));
        var weights = found.values().stream()
                .flatMap(Optional::stream)
                .map(Problem::weight)
                .toList();
        boolean ready = !weights.contains(Weight.STOPS);
        var node = JsonBodies.object().put("ready", ready).put("degraded", !weights.isEmpty());
        var parts = node.putArray("parts");
        found.forEach((check, problem) -> parts.addObject()
                .put("name", check.name())
                .put("status", problem.map(p -> word(p.weight())).orElse("ok"))
                .put("problem", problem.map(Problem::text).orElse(null))
                .put("last_ok", time(check.activity().get().lastOk()))
                .put("failing_since", time(check.activity().get().failingSince())));
        ctx.status(ready ? 200 : 503).header("Cache-Control", "no-store");
        JsonBodies.send(ctx, node);
    }

    private static @Nullable String time(Optional<Instant> at) {
        return at.map(JsonBodies::time).orElse(null);
    }

    /** What is wrong now, a line for each part that is not well. */
    List<String> problems() {
        return checks.stream()
                .flatMap(c -> look(c).map(p -> c.name() + ": " + p.text()).stream())
                .toList();
    }

    /** A part that cannot even be asked is not well; why is for the log. */
    private static Optional<Problem> look(ReadinessCheck readinessCheck) {
        try {
            return readinessCheck.look().get();
        } catch (RuntimeException | Error e) {
            log.warn("The state of {} cannot be read", readinessCheck.name(), e);
            return Optional.of(Problem.stops("state unknown; see the log"));
        }
    }

    private static String word(Weight weight) {
        return switch (weight) {
            case STOPS -> "stopped";
            case DEGRADES -> "degraded";
        };
    }
}
