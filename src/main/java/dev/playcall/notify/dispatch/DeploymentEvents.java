package dev.playcall.notify.dispatch;

import dev.playcall.domain.Run;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.JournalEntry;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.util.List;
import java.util.Optional;

/**
 * What the end of a wave means for its deployment: {@code deployment.paused}, {@code deployment.failed}, {@code deployment.cancelled},
 * {@code deployment.completed}. A pause that is over already when it is seen is not told.
 * Each is one event, whichever wave it is seen by.
 */
final class DeploymentEvents {
    private final EventStore journal;
    private final String source;
    private final String page;

    /** @param page address of the status page without a slash at its end; empty when it is not known */
    DeploymentEvents(EventStore journal, String source, String page) {
        this.journal = journal;
        this.source = source;
        this.page = page;
    }

    /** Empty where the run is no wave, or its deployment goes on by itself. */
    Optional<NotificationEvent> ended(JournalEntry entry) {
        return entry.run()
                .batch()
                .flatMap(p -> journal.deployments().ofBatch(p.batch()))
                .flatMap(d -> event(entry, d, journal.batches().runs(d.batch().id())));
    }

    private Optional<NotificationEvent> event(JournalEntry entry, Deployment d, List<Run> waves) {
        var held = d.held(waves);
        if (held.isPresent()) {
            var severity = d.nextAt().isPresent() ? Severity.INFO : Severity.WARNING;
            return Optional.of(
                    event(entry, d, "paused/" + Deployment.place(held.get()), severity, d.holdLine(held.get())));
        }
        if (d.exceeded()) {
            var back =
                    d.rollbackRun().map(r -> "; " + r + " takes the wave back").orElse("");
            return Optional.of(event(entry, d, "failed", Severity.ERROR, d.stopped() + back));
        }
        return switch (d.state(waves)) {
            case COMPLETED -> Optional.of(event(entry, d, "completed", Severity.INFO, d + " is completed"));
            case CANCELLED -> Optional.of(event(entry, d, "cancelled", Severity.WARNING, d.stopped()));
            case PENDING, RUNNING, PAUSED, FAILED -> Optional.empty();
        };
    }

    private NotificationEvent event(JournalEntry entry, Deployment d, String what, Severity severity, String line) {
        var labels = NotificationEvent.labels(entry.run().request());
        labels.put("person", d.batch().by().value());
        labels.put("deployment", Long.toString(d.id()));
        var subject = "deployment/" + d.id() + "/" + what;
        return new NotificationEvent(
                source,
                subject,
                subject,
                entry.at(),
                "deployment." + what.replaceFirst("/.*", ""),
                severity,
                NotificationEvent.Status.EVENT,
                labels,
                line + (d.name().isEmpty() ? "" : " (" + d.name() + ")"),
                "",
                page.isEmpty() ? "" : page + "/deployments/" + d.id());
    }
}
