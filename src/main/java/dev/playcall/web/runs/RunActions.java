package dev.playcall.web.runs;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Remainder;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.venv.HostVenvRun;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.NewerRuns;
import dev.playcall.journal.Repeats;
import dev.playcall.security.access.Permission;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.security.RequestAuth;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be done to a run as it stands, each with the reason when this user may not. */
public final class RunActions {
    /** Behind the verb of a form whose question was answered. */
    static final String ANYWAY = "-anyway";

    private static final int LONGEST = 250;

    private final RequestAuth requestAuth;
    private final Context ctx;
    private final NewerRuns newer;

    RunActions(RequestAuth requestAuth, Context ctx, NewerRuns newer) {
        this.requestAuth = requestAuth;
        this.ctx = ctx;
        this.newer = newer;
    }

    List<ActionForm> of(Run run, List<HostResult> hosts, Repeats repeats) {
        var responder = new ArrayList<ActionForm>();
        if (run.state() == RunState.AWAITING_APPROVAL) {
            var may = requestAuth.whyNot(ctx, Permission.APPROVE, run);
            var question = "Approve exactly this plan?";
            responder.add(form(run, "Approve", "approve", "first", question, may));
            responder.add(
                    reasoned(run, "Reject", "reject", "danger", "Reject " + run.id() + "? This ends the run.", may));
        }
        if (run.state().isFinal()) {
            // What is written for one run is asked for anew: a rotation begun again makes another key.
            if (HostVenvRun.isWritten(run.request())) {
                return responder;
            }
            again(responder, run, Remainder.of(run, hosts), repeats);
        } else if (run.cancelledBy().isEmpty()) {
            working(responder, run);
        }
        return responder;
    }

    private void working(List<ActionForm> responder, Run run) {
        var may = requestAuth.whyNot(ctx, Permission.CANCEL, run);
        if (run.paused().isPresent()) {
            responder.add(new ActionForm("Resume", page(run, "resume"), "first", "", may, api(run, "resume"), "", ""));
        } else if (run.state() == RunState.RUNNING) {
            var question = "Pause " + run.id() + "? Its processes are stopped until it is resumed.";
            responder.add(reasoned(run, "Pause", "pause", "", question, may));
        }
        responder.add(form(run, "Cancel", "cancel", "danger", "Cancel this run?", may));
    }

    private void again(List<ActionForm> responder, Run run, Remainder left, Repeats repeats) {
        var may = requestAuth.whyNot(ctx, Permission.START, run);
        boolean done = repeats.done(left.names()).isPresent();
        if (left.unlimitable().isEmpty() && isRetriable(run) && !done) {
            responder.add(retry(run, left, retry(run, "Retry failed hosts", repeats.isEmpty() ? "first" : "", may)));
        }
        var form = form(run, "Re-run", "rerun", "", "Re-run it?", may);
        responder.add(newer.line(run, run.request().hosts())
                .map(l -> sure(run, form, "rerun", l))
                .orElse(form));
    }

    private ActionForm retry(Run run, Remainder left, ActionForm form) {
        var hosts = left.isAll() ? run.request().hosts() : left.names();
        return newer.line(run, hosts).map(l -> sure(run, form, "retry", l)).orElse(form);
    }

    /** It asks first, as it would undo what a newer run did. */
    private static ActionForm sure(Run run, ActionForm form, String verb, String newer) {
        return new ActionForm(
                form.label(),
                page(run, verb + ANYWAY),
                "",
                Truncate.of(newer, LONGEST) + ". Start it anyway?",
                form.denied());
    }

    /** Retrying what failed in it, where there is something to retry; it asks first where that would undo a newer run. */
    public static Optional<ActionForm> retry(
            RequestAuth requestAuth, Context ctx, EventStore store, Run run, String label) {
        var left = Remainder.of(run, store.hosts(run.id()));
        boolean done = Repeats.of(run, store).done(left.names()).isPresent();
        if (!isRetriable(run) || !left.unlimitable().isEmpty() || done) {
            return Optional.empty();
        }
        var form = retry(run, label, "first", requestAuth.whyNot(ctx, Permission.START, run));
        return Optional.of(new RunActions(requestAuth, ctx, new NewerRuns(store)).retry(run, left, form));
    }

    /** Where nothing tells one press from two, there is a question in between. */
    private static ActionForm retry(Run run, String label, String tone, String denied) {
        var question = "Retry the failed hosts?";
        return new ActionForm(label, page(run, "retry"), tone, "", denied, api(run, "retry"), question, "");
    }

    static boolean isCancel(ActionForm form) {
        return form.path().endsWith("/cancel");
    }

    static boolean isDecision(ActionForm form) {
        return form.path().endsWith("/approve") || form.path().endsWith("/reject");
    }

    private static boolean isRetriable(Run run) {
        return run.state().isFinal()
                && run.state() != RunState.SUCCESS
                && !HostVenvRun.isWritten(run.request())
                && run.startedAt().isPresent();
    }

    /**
     * Hosts to choose from when a part of them is to be retried; none where this user may not, where there is one only, or
     * where a retry of all of them has succeeded.
     */
    List<String> toRetry(Run run, List<HostResult> hosts, Repeats repeats) {
        if (!isRetriable(run) || !requestAuth.whyNot(ctx, Permission.START, run).isEmpty()) {
            return List.of();
        }
        var remainder = Remainder.of(run, hosts);
        if (repeats.done(remainder.names()).isPresent()) {
            return List.of();
        }
        var left = remainder.hosts().stream()
                .filter(h -> !h.added())
                .map(HostResult::host)
                .toList();
        return left.size() < 2 ? List.of() : left;
    }

    private static ActionForm form(Run run, String label, String verb, String tone, String ask, String denied) {
        return new ActionForm(label, page(run, verb), tone, ask, denied, api(run, verb), ask, "");
    }

    /** With a script, too, it is the page that asks: there is room for a reason. */
    private static ActionForm reasoned(
            Run run, String label, String verb, String tone, String question, String denied) {
        return new ActionForm(label, page(run, verb), tone, "", denied, "", question, "Reason");
    }

    private static String page(Run run, String verb) {
        return "/runs/" + run.id().value() + "/" + verb;
    }

    private static String api(Run run, String verb) {
        return "/api/v1" + page(run, verb);
    }
}
