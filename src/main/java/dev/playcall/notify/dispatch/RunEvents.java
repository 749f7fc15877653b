package dev.playcall.notify.dispatch;

import dev.playcall.background.Faults;
import dev.playcall.background.SkippedItems;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.JournalReader;
import dev.playcall.notify.alert.AlertStore;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.event.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes notices of what happens to runs, by a durable cursor over the journal, so that none is missed. */
final class RunEvents implements JournalReader.Target {
    private static final Logger log = LoggerFactory.getLogger(RunEvents.class);
    static final String SOURCE = "playcall";

    private final EventStore journal;
    private final NotifyStore store;
    private final AlertStore alerts;
    private final Outbox outbox;
    private final String page;
    private final Function<Person, String> names;
    private final DeploymentEvents deployments;
    private final JournalReader reader;

    /**
     * @param skipped entries that cannot be told
     */
    RunEvents(
            EventStore journal,
            NotifyStore store,
            AlertStore alerts,
            Outbox outbox,
            NotificationEngine.Texts texts,
            SkippedItems skipped) {
        this.journal = journal;
        this.alerts = alerts;
        this.store = store;
        this.outbox = outbox;
        this.names = texts.names();
        this.page = texts.page().replaceFirst("/+$", "");
        this.deployments = new DeploymentEvents(journal, SOURCE, page);
        this.reader = new JournalReader(journal, this, skipped);
    }

    /** Reads on to the end of the journal. */
    void tick() {
        reader.read();
    }

    @Override
    public long cursor() {
        return store.cursor();
    }

    @Override
    public void take(List<JournalEntry> entries) {
        entries.forEach(this::recordOnAlert);
        var events = entries.stream()
                .flatMap(e -> Stream.concat(notice(e).stream(), ofDeployment(e)))
                .toList();
        outbox.take(events, new NotifyStore.Origin.Journal(entries.getLast().sequence()));
    }

    /** The event that replaces it is stored with the place in the journal, so that it happens once. */
    @Override
    public void skip(JournalEntry entry, String why) {
        var origin = new NotifyStore.Origin.Journal(entry.sequence());
        try {
            outbox.take(List.of(leftOut(entry, why)), origin);
        } catch (RuntimeException | Error e) {
            if (Faults.isPassing(e)) {
                throw e;
            }
            log.error("Could not report that entry {} of the journal is skipped", entry.sequence(), e);
            outbox.take(List.of(), origin);
        }
    }

    private NotificationEvent leftOut(JournalEntry entry, String why) {
        var run = entry.run().id();
        var labels = new TreeMap<String, String>();
        labels.put("environment", entry.run().request().environment().value());
        labels.put("run", Long.toString(run.value()));
        return new NotificationEvent(
                SOURCE,
                "event/" + entry.sequence() + "/left-out",
                "run/" + run.value() + "/left-out",
                entry.at(),
                "playcall.event_left_out",
                Severity.ERROR,
                NotificationEvent.Status.EVENT,
                labels,
                "An event of " + run + " could not be reported",
                "Entry " + entry.sequence() + " of the journal was left out after " + SkippedItems.TRIES + " tries: "
                        + why,
                page.isEmpty() ? "" : page + "/runs/" + run.value());
    }

    /** What came of a run that somebody started from an alert is told there. */
    private void recordOnAlert(JournalEntry entry) {
        if (entry.event() instanceof RunEvent.Finished(var outcome)) {
            var run = entry.run();
            alerts.offerOf(run.id().value()).ifPresent(alertAction -> {
                var took = run.startedAt()
                        .map(s -> " after " + TextFormat.duration(Duration.between(s, entry.at())))
                        .orElse("");
                var note = run.id() + " (" + alertAction.parameters().label() + ") "
                        + outcome.state().label() + took;
                alerts.ended(alertAction, outcome.state() == RunState.SUCCESS, note, entry.at());
            });
        }
    }

    /** Whatever ends a wave may end or hold its deployment; a cancelled run may not have ended yet, and its end comes later. */
    private Stream<NotificationEvent> ofDeployment(JournalEntry entry) {
        return entry.run().state().isFinal() ? deployments.ended(entry).stream() : Stream.empty();
    }

    private Optional<NotificationEvent> notice(JournalEntry entry) {
        var run = entry.run();
        return switch (entry.event()) {
            case RunEvent.Requested asked ->
                Optional.of(
                        asked.terms().approvals() > 0
                                ? event(
                                        entry,
                                        "run.awaiting_approval",
                                        Severity.WARNING,
                                        what(run) + " waits for approval")
                                : event(
                                        entry,
                                        "run.queued",
                                        Severity.INFO,
                                        what(run) + " was requested by " + names.apply(run.requestedBy())));
            case RunEvent.Started _ -> Optional.of(event(entry, "run.started", Severity.INFO, what(run) + " started"));
            case RunEvent.Finished(var outcome) -> Optional.of(ended(entry, outcome.state(), reason(run, outcome)));
            case RunEvent.Rejected(var by, var reason) ->
                Optional.of(ended(
                        entry,
                        RunState.REJECTED,
                        "rejected by " + names.apply(by) + (reason.isBlank() ? "" : ": " + reason)));
            case RunEvent.Stopped(var reason) -> Optional.of(ended(entry, RunState.CANCELLED, reason));
            case RunEvent.Expired _ -> Optional.of(ended(entry, RunState.EXPIRED, "approval expired"));
            case RunEvent.CancelRequested(var by) ->
                run.startedAt().isEmpty()
                        ? Optional.of(ended(entry, RunState.CANCELLED, "cancelled by " + names.apply(by)))
                        : Optional.empty();
            case RunEvent.Approved _,
                    RunEvent.Outlined _,
                    RunEvent.Voided _,
                    RunEvent.Adopted _,
                    RunEvent.Prepared _,
                    RunEvent.Paused _,
                    RunEvent.Resumed _ -> Optional.empty();
        };
    }

    private String reason(Run run, Outcome outcome) {
        return run.cancelledBy()
                .map(p -> p.namedIn(outcome.reason(), names.apply(p)))
                .orElse(outcome.reason());
    }

    private static String what(Run run) {
        var r = run.request();
        return run.id() + " "
                + r.operation()
                + r.what()
                        .filter(_ -> r.operation().equals(Operation.PLAY)
                                || r.operation().equals(Operation.ADHOC))
                        .map(w -> " " + Truncate.of(w, 80))
                        .orElse("")
                + r.version().map(v -> " " + v).orElse("") + " → " + r.environment()
                + (r.check() ? " (check)" : "");
    }

    /**
     * A failure stays open until the same succeeds again, so that it can be said to be fixed. The run of an entry is as it
     * stands now, so that its state is taken from the event.
     */
    private NotificationEvent ended(JournalEntry entry, RunState state, String reason) {
        var run = entry.run();
        var kind = "run." + state.word();
        return switch (state) {
            case SUCCESS ->
                notice(
                        entry,
                        kind,
                        Severity.INFO,
                        status(run, NotificationEvent.Status.RESOLVED),
                        FailureSummary.none(what(run) + " succeeded", ""));
            case FAILED, TIMED_OUT, INTERRUPTED ->
                notice(
                        entry,
                        kind,
                        Severity.ERROR,
                        status(run, NotificationEvent.Status.OPEN),
                        failure(run, state, reason));
            case AWAITING_APPROVAL, QUEUED, RUNNING, CANCELLED, REJECTED, EXPIRED ->
                notice(
                        entry,
                        kind,
                        Severity.WARNING,
                        NotificationEvent.Status.EVENT,
                        FailureSummary.none(what(run) + " " + state.label(), reason));
        };
    }

    /** What only looks, or only touches some hosts, says nothing about how things stand. */
    private static NotificationEvent.Status status(Run run, NotificationEvent.Status otherwise) {
        return run.request().check() ? NotificationEvent.Status.EVENT : otherwise;
    }

    private FailureSummary failure(Run run, RunState state, String reason) {
        var failureSummary = FailureSummary.of(what(run), state, reason, journal.hosts(run.id()));
        return store.sameError(failureSummary.fingerprint(), run.id().value())
                .map(failureSummary::like)
                .orElse(failureSummary);
    }

    private NotificationEvent event(JournalEntry entry, String kind, Severity severity, String title) {
        return notice(entry, kind, severity, NotificationEvent.Status.EVENT, FailureSummary.none(title, ""));
    }

    private NotificationEvent notice(
            JournalEntry entry,
            String kind,
            Severity severity,
            NotificationEvent.Status status,
            FailureSummary summary) {
        var run = entry.run();
        var r = run.request();
        var labels = NotificationEvent.labels(r);
        labels.put("person", run.requestedBy().value());
        labels.put("run", Long.toString(run.id().value()));
        if (!summary.fingerprint().isEmpty()) {
            labels.put("fingerprint", summary.fingerprint());
            labels.put("hosts", summary.hosts());
        }
        var subject = status == NotificationEvent.Status.EVENT
                ? "run/" + run.id().value() + "/" + kind
                : "lock/" + r.lock() + "/" + r.environment();
        var link = page.isEmpty() ? "" : page + "/runs/" + run.id().value();
        return new NotificationEvent(
                SOURCE,
                "event/" + entry.sequence(),
                subject,
                entry.at(),
                kind,
                severity,
                status,
                labels,
                summary.title(),
                summary.text(),
                link);
    }
}
