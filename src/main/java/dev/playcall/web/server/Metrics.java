package dev.playcall.web.server;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Figures for Prometheus. What has ended is counted as it ends, never from the whole history. */
final class Metrics implements RunJournal.Follower {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EventStore store;
    private final ExecutionMetrics executions;

    Metrics(EventStore store) {
        this.store = store;
        this.executions = new ExecutionMetrics(store);
    }

    /** From now on it also shows what another part says of itself. */
    void add(MeterBinder part) {
        part.bindTo(registry);
    }

    /** Begins to measure this process and the queue. */
    void start() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        executions.bindTo(registry);
        Gauge.builder("playcall.queue.oldest.seconds", store, s -> oldest(s).toMillis() / 1000.0)
                .description("Waiting time of the run that has been queued longest")
                .strongReference(true)
                .register(registry);
        Gauge.builder("playcall.runs.active", store, s -> s.running().size())
                .description("Running runs, queued runs, and runs awaiting approval")
                .tag("state", "running")
                .strongReference(true)
                .register(registry);
        for (var state : List.of(RunState.QUEUED, RunState.AWAITING_APPROVAL)) {
            Gauge.builder(
                            "playcall.runs.active",
                            store,
                            s -> s.queue().stream()
                                    .filter(r -> r.state() == state)
                                    .count())
                    .description("Running runs, queued runs, and runs awaiting approval")
                    .tag("state", state.word())
                    .strongReference(true)
                    .register(registry);
        }
    }

    private static Duration oldest(EventStore store) {
        return store.queue().stream()
                .filter(r -> r.state() == RunState.QUEUED)
                .map(Run::requestedAt)
                .min(Comparator.naturalOrder())
                .map(at -> Duration.between(at, Instant.now()))
                .filter(d -> !d.isNegative())
                .orElse(Duration.ZERO);
    }

    @Override
    public void happened(JournalEntry entry) {
        var run = entry.run();
        if (run.state().isFinal()) {
            executions.ended(run);
            ended(run);
        }
    }

    /** Each gateway counts its own. */
    @Override
    public void happenedElsewhere(JournalEntry entry) {}

    private void ended(Run run) {
        var operation = run.request().operation().value();
        Counter.builder("playcall.runs")
                .description("Runs that have ended since the gateway started")
                .tag("operation", operation)
                .tag("state", run.state().word())
                .register(registry)
                .increment();
        run.duration(run.endedAt().orElse(run.requestedAt()))
                .ifPresent(d -> Timer.builder("playcall.run.duration")
                        .description("From the start of a run to its end")
                        .tag("operation", operation)
                        .tag("state", run.state().word())
                        .serviceLevelObjectives(
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(10),
                                Duration.ofHours(1))
                        .register(registry)
                        .record(d));
        run.startedAt()
                .ifPresent(s -> Timer.builder("playcall.run.wait")
                        .description("From the request of a run to its start")
                        .tag("operation", operation)
                        .serviceLevelObjectives(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(10),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(10))
                        .register(registry)
                        .record(Duration.between(run.requestedAt(), s)));
    }

    /** One request was answered. Streams count with the time they were open. */
    void answered(Context ctx, float millis) {
        Timer.builder("http.server.requests")
                .description("Answered requests; streams count with the time they were open")
                .tag("method", ctx.method().name())
                .tag("status", Integer.toString(ctx.statusCode()))
                .register(registry)
                .record((long) millis, TimeUnit.MILLISECONDS);
    }

    void send(Context ctx) {
        ctx.result(registry.scrape()).contentType("text/plain; version=0.0.4; charset=utf-8");
    }
}
