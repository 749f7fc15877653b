package dev.playcall.web.runs;

import dev.playcall.domain.ApprovalState;
import dev.playcall.domain.Batch;
import dev.playcall.domain.HostConnections;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.Timeline;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.NewerRuns;
import dev.playcall.journal.Repeats;
import dev.playcall.journal.RunArtifacts;
import dev.playcall.journal.RunQuery;
import dev.playcall.journal.node.AbsentLog;
import dev.playcall.notify.event.Delivery;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.StatusColors;
import dev.playcall.web.pages.DeliveryRow;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.security.RequestAuth;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the page of one run together. */
final class RunPageView {
    private static final int HOSTS = 200;

    private final EventStore store;
    private final RunArtifacts artifacts;
    private final RequestAuth requestAuth;
    private final Context ctx;
    private final Instant now;

    RunPageView(EventStore store, RunArtifacts artifacts, RequestAuth requestAuth, Context ctx, Instant now) {
        this.store = store;
        this.artifacts = artifacts;
        this.requestAuth = requestAuth;
        this.ctx = ctx;
        this.now = now;
    }

    /** @param allHosts however many there are; otherwise the first 200, failures among them */
    public RunView view(Run run, Timeline timeline, List<Delivery> notifications, boolean allHosts) {
        var hosts = store.hosts(run.id());
        var rows = hosts.stream()
                .sorted(Comparator.comparingInt(RunPageView::rank))
                .limit(allHosts ? Integer.MAX_VALUE : HOSTS)
                .map(h -> host(h, run.state().isFinal()))
                .toList();
        var tasks = new TimelineRows(timeline);
        var finished = rows.stream().filter(HostRow::isFinished).toList();
        boolean ended = run.state().isFinal();
        var repeats = Repeats.of(run, store);
        var actions = new RunActions(requestAuth, ctx, new NewerRuns(store));
        var bad = hosts.stream().filter(h -> h.outcome().isBad()).findFirst().map(h -> TimelineRows.fatal(h.host()));
        return new RunView(
                new RunRows(store, now).row(run),
                facts(run, hosts, repeats),
                repeats.runs().stream().map(RunPageView::repeat).toList(),
                rows.stream().filter(h -> !h.isFinished()).toList(),
                finished,
                hosts.size() - rows.size(),
                hosts.isEmpty() ? "" : RunRows.counts(run.progress(), hosts, ended),
                ended && !hosts.isEmpty() ? "" : RunRows.heard(run.progress(), ended),
                ended ? "" : usual(run),
                !ended,
                !run.log().isEmpty(),
                AbsentLog.line(run, store.nodes()).map(line -> line + ".").orElse(""),
                actions.of(run, hosts, repeats),
                tasks.view(run.request().diff()),
                tasks.firstFailure().or(() -> bad).orElse(""),
                ApprovalView.of(run, requestAuth, now),
                notifications.stream()
                        .map(d -> DeliveryRow.of(d, run.id(), now))
                        .toList(),
                requestAuth.may(ctx, Permission.ADMIN),
                actions.toRetry(run, hosts, repeats));
    }

    /** The median of like runs; nothing is guessed from none. */
    private String usual(Run run) {
        var past = store.like(run, 9).stream()
                .map(EventStore.Past::duration)
                .sorted()
                .toList();
        return past.isEmpty() ? "" : "typically " + TextFormat.duration(past.get(past.size() / 2));
    }

    private static int rank(HostResult h) {
        return switch (h.outcome()) {
            case FAILED -> 0;
            case UNREACHABLE -> 1;
            case INCOMPLETE -> 2;
            case PENDING -> 3;
            case CHANGED, OK, SKIPPED -> 4;
        };
    }

    private static HostRow host(HostResult h, boolean ended) {
        var tone = StatusColors.of(h.outcome());
        return new HostRow(
                h.host(),
                tone,
                StatusColors.sign(tone),
                h.word(ended),
                Stream.of(RunRows.stats(h.stats()), h.reached().orElse(""))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")),
                TextFormat.duration(h.duration()),
                h.failedTask().orElse(""),
                h.message().orElse(""));
    }

    private List<Fact> facts(Run run, List<HostResult> hosts, Repeats repeats) {
        var r = run.request();
        var facts = new ArrayList<Fact>();
        fact(facts, "Requested by", run.requestedBy().inText());
        var behind = run.provenance();
        fact(
                facts,
                "On behalf of",
                behind.human().equals(run.requestedBy()) ? "" : behind.human().inText());
        fact(facts, "Via", String.join(", ", behind.through()));
        fact(facts, "Channel", run.origin().channel());
        fact(facts, "Name", r.name());
        fact(facts, "Description", r.description());
        time(facts, "Queued at", Optional.of(run.requestedAt()));
        time(facts, "Started at", run.startedAt());
        time(facts, "Finished at", run.endedAt());
        run.startedAt()
                .map(s -> Duration.between(run.requestedAt(), s))
                .filter(w -> w.toSeconds() > 0)
                .ifPresent(w -> fact(facts, "Time in queue", TextFormat.duration(w)));
        r.playbook().ifPresent(p -> fact(facts, "Playbook", p.value()));
        r.task().ifPresent(t -> fact(facts, "Module", t.module() + t.words()));
        fact(facts, "Options", r.options().words());
        run.revision().ifPresent(v -> {
            fact(facts, "Commit", v.brief());
            fact(facts, "Galaxy", v.galaxy().orElse(""));
            fact(facts, "Environment (venv)", v.venv().orElse(""));
            fact(facts, "Executed on", v.host().orElse(""));
        });
        fact(facts, "Node", run.node());
        fact(facts, "Limit", r.limit());
        fact(facts, "Tags", String.join(", ", r.tags()));
        r.variables().forEach((name, value) -> fact(facts, name, value.display()));
        fact(facts, "Mode", r.check() ? r.diff() ? "check mode with diff" : "check mode" : "");
        HostConnections.of(hosts).ifPresent(c -> fact(facts, "Connection", c));
        fact(facts, "Timeout", TextFormat.duration(r.timeout()));
        fact(facts, "Ansible settings", artifacts.ansibleSettings(run.id()).orElse(""));
        fact(facts, "Slices", artifacts.slices(run.id()).orElse(""));
        r.retryOf().ifPresent(o -> facts.add(new Fact("Retry of", o.toString(), "", "/runs/" + o.value())));
        repeats.runs().forEach(n -> facts.add(repeat(n)));
        run.batch().ifPresent(p -> facts.add(place(p)));
        approvalState(facts, run.approvalState());
        before(run)
                .ifPresent(b -> facts.add(new Fact(
                        "Compare with",
                        "previous run " + b.id(),
                        "",
                        "/runs/" + b.id().value() + "/compare/" + run.id().value())));
        run.cancelledBy().ifPresent(p -> fact(facts, "Cancelled by", p.inText()));
        run.exitCode().ifPresent(c -> fact(facts, "Exit code", Integer.toString(c)));
        return facts;
    }

    private Fact place(Batch.Place p) {
        var place = p.number() + " of " + p.of() + " in ";
        return store.deployments()
                .ofBatch(p.batch())
                .map(d -> new Fact("Wave", place + d, "", "/deployments/" + d.id()))
                .orElseGet(() -> new Fact("Batch", place + "batch " + p.batch(), "", "/batches/" + p.batch()));
    }

    private static Fact repeat(Run next) {
        return new Fact(
                Repeats.isRetry(next) ? "Retried by" : "Re-run as",
                Repeats.shown(next),
                "",
                "/runs/" + next.id().value());
    }

    /** The last run of the same playbook in the same environment, to see what is different. */
    private Optional<Run> before(Run run) {
        if (!run.state().isFinal() || run.request().playbook().isEmpty()) {
            return Optional.empty();
        }
        return store.list(RunQuery.similar(run.request(), 1).before(run.id().value())).runs().stream()
                .findFirst();
    }

    private void approvalState(List<Fact> facts, ApprovalState approvalState) {
        approvalState.given().forEach(a -> fact(facts, "Approved by", a.by().inText()));
        if (approvalState.missing() > 0) {
            fact(facts, "Approvals required", Integer.toString(approvalState.missing()));
            time(facts, "Approval expires", approvalState.terms().until());
        }
        fact(facts, "Override reason", approvalState.terms().override());
        approvalState.terms().contentDigest().ifPresent(s -> fact(facts, "Fingerprint", s.brief()));
        approvalState.outline().ifPresent(o -> {
            fact(facts, "Hosts", String.join(", ", o.hosts()));
            fact(
                    facts,
                    "Planned tasks",
                    String.join(" · ", o.tasks().stream().map(String::strip).toList()));
            fact(facts, "Unknown", o.listingError());
            fact(facts, "Check mode result", o.checkResult());
        });
    }

    private static void fact(List<Fact> facts, String name, String value) {
        if (!value.isBlank()) {
            facts.add(new Fact(name, value, "", ""));
        }
    }

    private void time(List<Fact> facts, String name, Optional<Instant> at) {
        at.ifPresent(t -> facts.add(new Fact(name, TextFormat.ago(t, now), JsonBodies.time(t), "")));
    }
}
