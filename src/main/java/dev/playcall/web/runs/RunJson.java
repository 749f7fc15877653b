package dev.playcall.web.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.ApprovalState;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Revision;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunType;
import dev.playcall.domain.Value;
import dev.playcall.journal.History.Pin;
import dev.playcall.journal.History.RunCost;
import dev.playcall.journal.QueueForecast.Forecast.Estimate;
import dev.playcall.journal.Repeats;
import dev.playcall.journal.node.LostContact;
import dev.playcall.web.http.JsonBodies;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A run with the names the API promises. */
public final class RunJson {
    private RunJson() {}

    /** Without what is known of each host, for lists. */
    public static ObjectNode brief(Run run, Instant now) {
        var r = run.request();
        var node = JsonBodies.object();
        node.put("id", run.id().value())
                .put("type", RunType.of(r.operation()).word())
                .put("operation", r.operation().value())
                .put("playbook", r.playbook().map(p -> p.value()).orElse(null))
                .put("environment", r.environment().value())
                .put("name", r.name())
                .put("description", r.description())
                .put("status", run.state().word())
                .put("reason", run.reason())
                .put("priority", r.priority())
                .put("requested_by", run.requestedBy().value())
                .put("on_behalf_of", run.provenance().human().value())
                .put("channel", run.origin().channel())
                .put("queued_at", JsonBodies.time(run.requestedAt()))
                .put("start_time", time(run.startedAt()))
                .put("end_time", time(run.endedAt()))
                .put("duration", run.duration(now).map(JsonBodies::seconds).orElse(null));
        node.put("exit_code", run.exitCode().orElse(null));
        node.put("changed", run.progress().changed() > 0)
                .put("check", r.check())
                .put("diff", r.diff())
                .put("limit", r.limit());
        node.set("through", texts(run.provenance().through()));
        node.set("tags", texts(r.tags()));
        RequestOptionsJson.put(node, r);
        var variables = node.putObject("variables");
        r.variables().forEach((name, value) -> put(variables, name, value));
        counts(node, run);
        node.put("approved_by", run.approvedBy().map(p -> p.value()).orElse(null));
        approvalState(node, run.approvalState());
        node.put("cancelled_by", run.cancelledBy().map(p -> p.value()).orElse(null));
        node.put("retry_of", r.retryOf().map(o -> o.value()).orElse(null));
        run.paused()
                .ifPresent(p -> node.putObject("paused")
                        .put("by", p.by().value())
                        .put("reason", p.reason())
                        .put("since", JsonBodies.time(p.since())));
        node.put("paused_before", JsonBodies.seconds(run.pausedTotal()));
        run.batch()
                .ifPresent(p -> node.putObject("batch")
                        .put("id", p.batch())
                        .put("place", p.number())
                        .put("of", p.of())
                        .put("on_failure", p.onFailure().word()));
        revision(node, run.revision());
        node.put("log", run.log()).put("node", run.node().isEmpty() ? null : run.node());
        return node;
    }

    /** Null where no commit is known; {@code commit_edited} where files were different from what it has. */
    public static void revision(ObjectNode node, Optional<Revision> revision) {
        node.put("commit", revision.flatMap(Revision::playbooks).orElse(null));
        revision.flatMap(Revision::inventory).ifPresent(i -> node.put("inventory_commit", i));
        revision.flatMap(Revision::galaxy).ifPresent(g -> node.put("galaxy", g));
        revision.flatMap(Revision::venv).ifPresent(v -> node.put("venv", v));
        revision.flatMap(Revision::host).ifPresent(h -> node.put("executed_on", h));
        revision.filter(r -> r.playbooks().or(r::inventory).isPresent())
                .ifPresent(r -> node.put("commit_edited", r.edited()));
    }

    /**
     * For a list: with what is known of its hosts, as far as there is room for them.
     *
     * @param hosts bad ones first; when there are more than {@code most}, the rest is left out
     */
    static ObjectNode listed(Run run, List<HostResult> hosts, int most, Instant now) {
        return full(run, hosts.subList(0, Math.min(most, hosts.size())), now)
                .put("stats_complete", hosts.size() <= most);
    }

    static ObjectNode full(Run run, List<HostResult> hosts, Instant now) {
        var node = brief(run, now);
        var stats = node.putObject("stats");
        hosts.forEach(h -> stats.set(h.host(), stats(h.stats())));
        node.set("unreachable", names(hosts, HostOutcome.UNREACHABLE));
        node.set("failed", names(hosts, HostOutcome.FAILED));
        return node;
    }

    /** Absent as long as its node says that it works. */
    static ObjectNode contact(ObjectNode node, Optional<LostContact> lost) {
        lost.ifPresent(c -> node.putObject("lost_contact")
                .put("node", c.node())
                .put("stopped", c.stopped())
                .put("since", JsonBodies.time(c.since()))
                .put("interrupted_at", JsonBodies.time(c.until()))
                .put("detail", c.line()));
        return node;
    }

    /** The runs that retry it or run it again. */
    static void repeats(ObjectNode node, Repeats repeats) {
        var all = node.putArray("repeats");
        repeats.runs()
                .forEach(r -> all.addObject()
                        .put("id", r.id().value())
                        .put("kind", Repeats.isRetry(r) ? "retry" : "rerun")
                        .put("status", r.state().word()));
    }

    /** What nobody measured is null. */
    public static void cost(ObjectNode node, RunCost runCost) {
        node.putObject("cost")
                .put("cpu_seconds", runCost.cpu().map(JsonBodies::seconds).orElse(null))
                .put("peak_memory_bytes", runCost.peakBytes().orElse(null))
                .put(
                        "host_minutes",
                        runCost.hostTime()
                                .map(d -> BigDecimal.valueOf(d.toMillis())
                                        .divide(BigDecimal.valueOf(60_000), 3, RoundingMode.HALF_UP))
                                .orElse(null));
    }

    /** How long it will take; null when nobody knows. */
    static ObjectNode expected(ObjectNode node, Optional<Estimate> estimate) {
        if (estimate.isEmpty()) {
            return node.putNull("estimate");
        }
        node.putObject("estimate")
                .put("median", JsonBodies.seconds(estimate.get().median()))
                .put("p90", estimate.get().p90().map(JsonBodies::seconds).orElse(null))
                .put("runs", estimate.get().runs());
        return node;
    }

    static void pin(ObjectNode node, Optional<Pin> pin) {
        pin.ifPresent(p -> node.putObject("pinned")
                .put("by", p.by().value())
                .put("reason", p.reason())
                .put("at", JsonBodies.time(p.at())));
    }

    static ArrayNode hosts(List<HostResult> hosts, boolean ended) {
        var array = JsonBodies.array();
        for (var h : hosts) {
            var node = array.addObject();
            node.put("host", h.host())
                    .put("status", h.word(ended).replace(' ', '_'))
                    .put("failed_task", h.failedTask().orElse(null))
                    .put("message", h.message().orElse(null))
                    .put("version_before", h.versions().before().orElse(null))
                    .put("version", h.versions().after().orElse(null))
                    .put("started", time(h.started()))
                    .put("completed", ended ? time(h.completed()) : null)
                    .put("duration", JsonBodies.seconds(h.duration()))
                    .put("connection", h.connection().orElse(null));
            node.set("stats", stats(h.stats()));
        }
        return array;
    }

    /** Absent for a run to which nobody has to agree. */
    private static void approvalState(ObjectNode node, ApprovalState approvalState) {
        var startTerms = approvalState.terms();
        if (!startTerms.override().isEmpty()) {
            node.put("override", startTerms.override());
        }
        if (startTerms.approvals() == 0) {
            return;
        }
        var approval = node.putObject("approval")
                .put("needed", startTerms.approvals())
                .put("missing", approvalState.missing())
                .put("requester_may_approve", startTerms.own())
                .put("expires_at", time(startTerms.until()));
        approval.set("roles", texts(startTerms.roles()));
        var given = approval.putArray("given");
        approvalState
                .given()
                .forEach(a -> given.addObject().put("by", a.by().value()).put("at", JsonBodies.time(a.at())));
        approvalState.outline().ifPresent(o -> {
            approval.set("hosts", texts(o.hosts()));
            approval.set("tasks", texts(o.tasks()));
            approval.put("trouble", o.listingError());
            approval.put("check_run", o.check().map(c -> c.value()).orElse(null))
                    .put("check_found", o.checkResult());
        });
    }

    /** Those it was asked for until Ansible has told of more, or has ended. */
    private static int servers(Run run) {
        int seen = run.progress().hosts();
        return run.state().isFinal() && seen > 0
                ? seen
                : Math.max(seen, run.request().servers());
    }

    private static void counts(ObjectNode node, Run run) {
        var p = run.progress();
        int good = p.ok() + p.changed();
        int bad = p.failed() + p.unreachable();
        node.put("total_servers", servers(run))
                .put("successful_servers", good)
                .put("failed_servers", bad)
                .put("skipped_servers", p.skipped());
        node.put(
                "success_rate",
                p.hosts() == 0
                        ? null
                        : BigDecimal.valueOf(good * 100L)
                                .divide(BigDecimal.valueOf(p.hosts()), 1, RoundingMode.HALF_UP));
        // What was expected says nothing any more once it has ended.
        boolean open = p.expected() > 0 && !run.state().isFinal();
        node.putObject("progress")
                .put("results", p.results())
                .put("expected", open ? p.expected() : null)
                .put("play", p.play())
                .put("task", p.task());
    }

    private static ObjectNode stats(HostStats s) {
        return JsonBodies.object()
                .put("ok", s.ok())
                .put("changed", s.changed())
                .put("unreachable", s.unreachable())
                .put("failed", s.failed())
                .put("skipped", s.skipped())
                .put("rescued", s.rescued())
                .put("ignored", s.ignored());
    }

    private static ArrayNode names(List<HostResult> hosts, HostOutcome outcome) {
        return texts(hosts.stream()
                .filter(h -> h.outcome() == outcome)
                .map(HostResult::host)
                .toList());
    }

    public static ArrayNode texts(List<String> texts) {
        var array = JsonBodies.array();
        texts.forEach(array::add);
        return array;
    }

    private static void put(ObjectNode node, String name, Value value) {
        switch (value) {
            case Value.Text(var text) -> node.put(name, text);
            case Value.Decimal(var number) -> node.put(name, number);
            case Value.Flag(var flag) -> node.put(name, flag);
            case Value.Items(var items) -> node.set(name, texts(items));
            case Value.Secret _ -> node.put(name, value.display());
        }
    }

    static @org.jspecify.annotations.Nullable public String time(Optional<Instant> at) {
        return at.map(JsonBodies::time).orElse(null);
    }
}
