package dev.playcall.web;

import dev.playcall.domain.Agreement;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostStats;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.journal.EventStore;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.pages.HostRow;
import dev.playcall.web.pages.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts the page of one run together. */
final class RunPageView {
    private static final int HOSTS = 200;

    private final EventStore store;
    private final Instant now;

    RunPageView(EventStore store, Instant now) {
        this.store = store;
        this.now = now;
    }

    /** @param allHosts however many there are; otherwise the first 200, failures among them */
    RunView view(Run run, boolean allHosts) {
        var hosts = store.hosts(run.id());
        var rows = hosts.stream()
                .sorted(Comparator.comparingInt(RunPageView::rank))
                .limit(allHosts ? Integer.MAX_VALUE : HOSTS)
                .map(RunPageView::host)
                .toList();
        boolean ended = run.state().isFinal();
        return new RunView(
                new RunRows(store, now).row(run),
                facts(run),
                rows,
                hosts.size() - rows.size(),
                hosts.isEmpty() ? "" : RunRows.counts(run.progress()),
                !ended,
                !run.log().isEmpty(),
                run.state() == RunState.AWAITING_APPROVAL,
                !ended && run.cancelledBy().isEmpty(),
                ended && run.state() != RunState.SUCCESS,
                ended);
    }

    private static int rank(HostResult h) {
        return switch (h.outcome()) {
            case FAILED -> 0;
            case UNREACHABLE -> 1;
            case PENDING -> 2;
            case CHANGED, OK, SKIPPED -> 3;
        };
    }

    private static HostRow host(HostResult h) {
        var tone = Tones.of(h.outcome());
        return new HostRow(
                h.host(),
                tone,
                Tones.sign(tone),
                h.outcome().word(),
                stats(h.stats()),
                Ages.span(h.duration()),
                h.failedTask().orElse(""),
                h.message().orElse(""));
    }

    private static String stats(HostStats s) {
        var text = new StringBuilder();
        RunRows.append(text, s.failed(), "failed");
        RunRows.append(text, s.unreachable(), "unreachable");
        RunRows.append(text, s.changed(), "changed");
        RunRows.append(text, s.ok(), "ok");
        RunRows.append(text, s.skipped(), "skipped");
        RunRows.append(text, s.rescued(), "rescued");
        RunRows.append(text, s.ignored(), "ignored");
        return text.toString();
    }

    private List<Fact> facts(Run run) {
        var r = run.request();
        var facts = new ArrayList<Fact>();
        fact(facts, "Asked by", run.requestedBy().value());
        fact(facts, "In", run.origin().channel());
        fact(facts, "Name", r.name());
        fact(facts, "Description", r.description());
        time(facts, "Asked", Optional.of(run.requestedAt()));
        time(facts, "Started", run.startedAt());
        time(facts, "Ended", run.endedAt());
        run.startedAt()
                .map(s -> Duration.between(run.requestedAt(), s))
                .filter(w -> w.toSeconds() > 0)
                .ifPresent(w -> fact(facts, "Waited", Ages.span(w)));
        r.playbook().ifPresent(p -> fact(facts, "Playbook", p.value()));
        fact(facts, "Limit", r.limit());
        fact(facts, "Tags", String.join(", ", r.tags()));
        r.variables().forEach((name, value) -> fact(facts, name, value.display()));
        fact(facts, "Mode", r.check() ? r.diff() ? "check, with differences" : "check, changes nothing" : "");
        fact(facts, "May take", Ages.span(r.timeout()));
        r.retryOf().ifPresent(o -> facts.add(new Fact("Retry of", o.toString(), "", "/runs/" + o.value())));
        agreement(facts, run.agreement());
        run.cancelledBy().ifPresent(p -> fact(facts, "Cancelled by", p.value()));
        run.exitCode().ifPresent(c -> fact(facts, "Exit code", Integer.toString(c)));
        return facts;
    }

    private void agreement(List<Fact> facts, Agreement agreement) {
        agreement.given().forEach(a -> fact(facts, "Approved by", a.by().value()));
        if (agreement.missing() > 0) {
            fact(facts, "Needs", agreement.missing() + (agreement.missing() == 1 ? " approval" : " approvals"));
            time(facts, "May be approved until", agreement.terms().until());
        }
        fact(facts, "Passes locks because", agreement.terms().override());
        agreement.terms().seal().ifPresent(s -> fact(facts, "Seal", s.brief()));
        agreement.outline().ifPresent(o -> {
            fact(facts, "On hosts", String.join(", ", o.hosts()));
            fact(
                    facts,
                    "Would do",
                    String.join(" · ", o.tasks().stream().map(String::strip).toList()));
            fact(facts, "Not known", o.trouble());
            fact(facts, "In check mode (no plan)", o.found());
        });
    }

    private static void fact(List<Fact> facts, String name, String value) {
        if (!value.isBlank()) {
            facts.add(new Fact(name, value, "", ""));
        }
    }

    private void time(List<Fact> facts, String name, Optional<Instant> at) {
        at.ifPresent(t -> facts.add(new Fact(name, Ages.ago(t, now), Json.time(t), "")));
    }
}
