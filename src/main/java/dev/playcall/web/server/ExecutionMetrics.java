package dev.playcall.web.server;

import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs under the names {@code ansible_executions_…}, for dashboards that were made for them. Micrometer would end the names of
 * counters with {@code _total}, so those of failed and successful ones are kept as gauges.
 */
final class ExecutionMetrics implements MeterBinder {
    private final EventStore store;
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong success = new AtomicLong();

    ExecutionMetrics(EventStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("ansible.executions", ended, AtomicLong::get)
                .description("Executions that have ended since the gateway started")
                .register(registry);
        Gauge.builder("ansible.executions.running", store, s -> s.running().size())
                .description("Executions that are running")
                .strongReference(true)
                .register(registry);
        Gauge.builder("ansible.executions.failed", failed, AtomicLong::get)
                .description("Executions that have failed, timed out or been interrupted since the gateway started")
                .register(registry);
        Gauge.builder("ansible.executions.success", success, AtomicLong::get)
                .description("Executions that have succeeded since the gateway started")
                .register(registry);
    }

    /** A run that never started was no execution. */
    void ended(Run run) {
        if (run.startedAt().isEmpty()) {
            return;
        }
        ended.incrementAndGet();
        switch (run.state()) {
            case SUCCESS -> success.incrementAndGet();
            case FAILED, TIMED_OUT, INTERRUPTED -> failed.incrementAndGet();
            case CANCELLED, REJECTED, EXPIRED, AWAITING_APPROVAL, QUEUED, RUNNING -> {
                // neither the one nor the other
            }
        }
    }
}
