package dev.playcall.web.runs;

import dev.playcall.command.BatchCommand;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.Batches;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.http.StatusColors;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The page of a batch: a line for each environment, and what can be done to all of them. */
final class BatchPages {
    private static final String ONE = "/batches/{id}";

    private final WebContext web;
    private final Batches batches;

    BatchPages(WebContext web) {
        this.web = web;
        this.batches = web.journal().read().batches();
    }

    void register(RoutesConfig routes) {
        routes.get(ONE, this::show);
        routes.post(ONE + "/{action}", this::take);
    }

    private void show(Context ctx) {
        web.requestAuth().admit(ctx);
        var id = Params.batch(ctx);
        var batch = batches.find(id).orElseThrow(() -> ProblemException.notFound("there is no batch " + id));
        var runs = batches.runs(id);
        runs.forEach(r -> web.requestAuth().admit(ctx, r.request().environment()));
        var deployment = web.journal().read().deployments().ofBatch(id);
        if (deployment.isPresent()) {
            // Its waves stand there, with what can be done about them.
            ctx.redirect("/deployments/" + deployment.get().id(), HttpStatus.SEE_OTHER);
            return;
        }
        web.pages().show(ctx, "runs/batch.jte", view(ctx, batch, runs));
    }

    private BatchView view(Context ctx, Batch batch, List<Run> runs) {
        var now = web.clock().instant();
        var rows = new RunRows(web.journal().read(), now);
        var state = Batch.state(runs);
        return new BatchView(
                batch.id(),
                StatusColors.of(state),
                runs.stream().findFirst().map(RunRows::what).orElse("nothing"),
                state.label(),
                detail(batch, runs),
                whyNotStarted(runs),
                batch.by().name(),
                TextFormat.ago(batch.at(), now),
                JsonBodies.time(batch.at()),
                batch.retryOf().orElse(0L),
                runs.stream().map(rows::row).toList(),
                actions(ctx, batch, runs));
    }

    private static String whyNotStarted(List<Run> runs) {
        return runs.stream()
                .filter(BatchPages::isNotStarted)
                .map(Run::reason)
                .filter(r -> !r.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String detail(Batch batch, List<Run> runs) {
        long ended = runs.stream().filter(r -> r.state().isFinal()).count();
        long failed = runs.stream()
                .filter(r -> r.state().isFinal() && r.state() != RunState.SUCCESS && !isNotStarted(r))
                .count();
        long notStarted = runs.stream().filter(BatchPages::isNotStarted).count();
        return ended + " of " + runs.size() + " ended"
                + (failed > 0 ? ", " + failed + " not successful" : "")
                + (notStarted > 0 ? ", " + notStarted + " not started" : "")
                + (batch.onFailure() == Batch.OnFailure.STOP ? "; stops on failure" : "; continues on failure");
    }

    private static boolean isNotStarted(Run run) {
        return run.state().isFinal()
                && run.state() != RunState.SUCCESS
                && run.startedAt().isEmpty();
    }

    private List<ActionForm> actions(Context ctx, Batch batch, List<Run> runs) {
        var actions = new ArrayList<ActionForm>();
        var open = runs.stream().filter(r -> !r.state().isFinal()).toList();
        if (!open.isEmpty()) {
            var denied = denied(ctx, Permission.CANCEL, open);
            if (open.stream().anyMatch(Run::isWaiting) && open.stream().anyMatch(r -> !r.isWaiting())) {
                actions.add(
                        form(batch, "Cancel the rest", "rest", "", "Cancel the runs that have not started?", denied));
            }
            var ask = "Cancel " + batch + "? Running runs are stopped.";
            actions.add(form(batch, "Cancel", "cancel", "danger", ask, denied));
            return actions;
        }
        var bad = runs.stream().filter(r -> r.state() != RunState.SUCCESS).toList();
        if (!bad.isEmpty()) {
            var rest = bad.stream().filter(BatchPages::isNotStarted).toList();
            if (!rest.isEmpty() && rest.size() < bad.size()) {
                actions.add(form(batch, "Run the rest", "continue", "", "", denied(ctx, Permission.START, rest)));
            }
            actions.add(form(batch, "Retry", "retry", "first", "", denied(ctx, Permission.START, bad)));
        }
        return actions;
    }

    /** What is started again is started everywhere or nowhere; what is cancelled is cancelled where one may. */
    private String denied(Context ctx, Permission permission, List<Run> runs) {
        var denied = runs.stream()
                .map(r -> web.requestAuth().whyNot(ctx, permission, r))
                .filter(d -> !d.isEmpty())
                .toList();
        boolean all = denied.size() == runs.size();
        return denied.isEmpty() || (permission == Permission.CANCEL && !all) ? "" : denied.getFirst();
    }

    private static ActionForm form(Batch batch, String label, String action, String tone, String ask, String denied) {
        return new ActionForm(label, "/batches/" + batch.id() + "/" + action, tone, ask, denied);
    }

    private void take(Context ctx) {
        long id = Params.batch(ctx);
        var command = command(id, ctx.pathParam("action"));
        var key = Forms.text(ctx, "key").filter(k -> k.matches("[0-9a-f-]{36}")).map(k -> "form:" + k);
        var reply = web.commands().handle(command, web.requestAuth().caller(ctx, key));
        web.flash().set(ctx, Results.of(reply));
        var to = reply instanceof Reply.Batched(var made, var _, var _) ? made.id() : id;
        ctx.redirect(reply instanceof Reply.NotFound ? "/runs" : "/batches/" + to, HttpStatus.SEE_OTHER);
    }

    private static BatchCommand command(long id, String action) {
        return Optional.<BatchCommand>ofNullable(
                        switch (action) {
                            case "cancel" -> new BatchCommand.CancelBatch(id, false);
                            case "rest" -> new BatchCommand.CancelBatch(id, true);
                            case "retry" -> new BatchCommand.RetryBatch(id, RepeatReason.SAME, false);
                            case "continue" -> new BatchCommand.RetryBatch(id, RepeatReason.SAME, true);
                            default -> null;
                        })
                .orElseThrow(() -> ProblemException.notFound("unknown action for a batch"));
    }
}
