package dev.playcall.command.maintenance;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.Steps;
import dev.playcall.catalog.Plans;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Plan;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.RunState;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore.Created;
import dev.playcall.journal.RunJournal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Looks after the runs that wait for approval: finds out what they would do, has them run in check mode where a policy
 * wants that, and ends them when nobody agreed in time. All it knows is in the journal, so a restart loses nothing.
 */
final class ApprovalPreviews {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int NAMED = 8;

    private final RunJournal journal;
    private final Plans plans;
    private final Clock clock;
    private final BackgroundLoop loop;

    ApprovalPreviews(RunJournal journal, Plans plans, Clock clock) {
        this.journal = journal;
        this.plans = plans;
        this.clock = clock;
        this.loop = new BackgroundLoop("approvals", BETWEEN_LOOKS, clock, this::tick);
    }

    /** What works in the background. */
    BackgroundLoop loop() {
        return loop;
    }

    /** One look at everything that waits for approval. What goes wrong with one does not harm the next. */
    void tick() {
        var steps = new Steps();
        waiting().forEach(run -> steps.then(() -> look(run)));
        steps.end();
    }

    private List<Run> waiting() {
        return journal.read().queue().stream()
                .filter(r -> r.state() == RunState.AWAITING_APPROVAL)
                .toList();
    }

    private void look(Run run) {
        var outline = run.approvalState().outline();
        if (run.approvalState().isOver(clock.instant())) {
            journal.append(run.id(), new RunEvent.Expired());
        } else if (run.approvalState().terms().preview()
                && outline.flatMap(Plan::check).isEmpty()) {
            var check = check(run);
            outlined(run, outline.orElseGet(() -> plans.of(run.request())).with(check.id(), ""));
        } else if (outline.isEmpty()) {
            outlined(run, plans.of(run.request()));
        } else if (outline.get().checkResult().isEmpty()) {
            outline.get()
                    .check()
                    .flatMap(journal.read()::find)
                    .filter(c -> c.state().isFinal())
                    .ifPresent(c -> outlined(run, outline.get().with(c.id(), found(c))));
        }
    }

    private void outlined(Run run, Plan plan) {
        journal.append(run.id(), new RunEvent.Outlined(plan));
    }

    /** Made once, however often a gateway dies right here: its request is named after the run it looks ahead for. */
    private Run check(Run run) {
        var place = new Origin(
                run.origin().channel(), Optional.of("look-ahead:" + run.id().value()));
        return switch (journal.create(new RunEvent.Requested(
                inCheckMode(run),
                run.requestedBy(),
                place,
                StartTerms.NONE,
                run.provenance().through("look-ahead:" + run.id().value())))) {
            case Created.New(var made, var _) -> made;
            case Created.Existing(var made) -> made;
        };
    }

    private static RunRequest inCheckMode(Run run) {
        var r = run.request();
        return new RunRequest(
                r.operation(),
                r.environment(),
                r.playbook(),
                r.lock(),
                r.limit(),
                r.hosts(),
                r.tags(),
                true,
                true,
                r.variables(),
                r.priority(),
                r.timeout(),
                "check before " + run.id(),
                r.description(),
                Optional.empty(),
                r.servers(),
                r.options(),
                r.task());
    }

    private String found(Run check) {
        var hosts = journal.read().hosts(check.id());
        var changing = hosts.stream().filter(h -> h.stats().changed() > 0).toList();
        var bad = hosts.stream().filter(h -> h.outcome().isBad()).toList();
        var text = new StringBuilder(
                check.id() + " in check mode: " + check.state().label() + ", ");
        text.append(changing.size()).append(" of ").append(hosts.size()).append(" hosts would change");
        if (!changing.isEmpty()) {
            text.append(" (")
                    .append(named(changing, h -> h.host() + " " + h.stats().changed()))
                    .append(" tasks)");
        }
        if (!bad.isEmpty()) {
            text.append("; failed: ").append(named(bad, HostResult::host));
        }
        long unheard =
                hosts.stream().filter(h -> h.outcome() == HostOutcome.PENDING).count();
        return unheard == 0 ? text.toString() : text + "; " + unheard + " pending";
    }

    private static String named(List<HostResult> hosts, java.util.function.Function<HostResult, String> as) {
        return TextFormat.list(hosts, NAMED, as);
    }
}
