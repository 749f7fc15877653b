package dev.playcall.web;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Remainder;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.security.Permission;
import dev.playcall.web.pages.Deed;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/** What can be done to a run as it stands, each with the reason when this visitor may not. */
final class RunDeeds {
    private final Visitors visitors;
    private final Context ctx;

    RunDeeds(Visitors visitors, Context ctx) {
        this.visitors = visitors;
        this.ctx = ctx;
    }

    List<Deed> of(Run run, List<HostResult> hosts) {
        var deeds = new ArrayList<Deed>();
        if (run.state() == RunState.AWAITING_APPROVAL) {
            var may = visitors.whyNot(ctx, Permission.APPROVE, run);
            var sure = "Approve exactly what is shown under Details?";
            deeds.add(deed(run, "Approve", "approve", "first", sure, may));
            deeds.add(reasoned(run, "Reject", "reject", "danger", "Reject " + run.id() + "? That ends it.", may));
        }
        if (run.state().isFinal()) {
            again(deeds, run, Remainder.of(run, hosts).unlimitable().isEmpty());
        } else if (run.cancelledBy().isEmpty()) {
            working(deeds, run);
        }
        return deeds;
    }

    private void working(List<Deed> deeds, Run run) {
        var may = visitors.whyNot(ctx, Permission.CANCEL, run);
        if (run.paused().isPresent()) {
            deeds.add(new Deed("Go on", page(run, "resume"), "first", "", may, api(run, "resume"), "", ""));
        } else if (run.state() == RunState.RUNNING) {
            var sure = "Hold " + run.id() + " still in the middle of what it does?";
            deeds.add(reasoned(run, "Pause", "pause", "", sure, may));
        }
        deeds.add(deed(run, "Cancel", "cancel", "danger", "Cancel this run?", may));
    }

    private void again(List<Deed> deeds, Run run, boolean inParts) {
        var may = visitors.whyNot(ctx, Permission.START, run);
        if (inParts && run.state() != RunState.SUCCESS && run.startedAt().isPresent()) {
            // Where nothing tells one press from two, there is a question in between.
            var sure = "Run it again where it failed?";
            deeds.add(new Deed("Retry what failed", page(run, "retry"), "first", "", may, api(run, "retry"), sure, ""));
        }
        deeds.add(deed(run, "Run again", "rerun", "", "Run it again?", may));
    }

    private static Deed deed(Run run, String label, String verb, String tone, String ask, String denied) {
        return new Deed(label, page(run, verb), tone, ask, denied, api(run, verb), ask, "");
    }

    /** With a script, too, it is the page that asks: there is room for a reason. */
    private static Deed reasoned(Run run, String label, String verb, String tone, String sure, String denied) {
        return new Deed(label, page(run, verb), tone, "", denied, "", sure, "Why");
    }

    private static String page(Run run, String verb) {
        return "/runs/" + run.id().value() + "/" + verb;
    }

    private static String api(Run run, String verb) {
        return "/api/v1" + page(run, verb);
    }
}
