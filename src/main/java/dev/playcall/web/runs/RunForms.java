package dev.playcall.web.runs;

import dev.playcall.command.CommandHandler;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.command.RunCommand;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Map;
import java.util.Optional;

/** What is done to a run by a form of its page. */
final class RunForms {
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final Flash flash;

    RunForms(CommandHandler commands, RequestAuth requestAuth, Flash flash) {
        this.commands = commands;
        this.requestAuth = requestAuth;
        this.flash = flash;
    }

    void register(RoutesConfig routes) {
        routes.post("/runs/{id}/{deed}", this::take);
    }

    private void take(Context ctx) {
        var run = Params.run(ctx);
        if (Forms.text(ctx, "choose").isPresent() && Forms.texts(ctx, "limit").isEmpty()) {
            flash.set(ctx, false, "Select at least one host to retry.");
            ctx.redirect("/runs/" + run.value(), HttpStatus.SEE_OTHER);
            return;
        }
        var command = command(
                        run,
                        ctx.pathParam("deed"),
                        Forms.text(ctx, "reason").orElse(""),
                        String.join(",", Forms.texts(ctx, "limit")))
                .orElseThrow(() -> ProblemException.notFound("unknown action for a run"));
        var key = Forms.text(ctx, "key").filter(k -> k.matches("[0-9a-f-]{36}")).map(k -> "form:" + k);
        var reply = commands.handle(command, requestAuth.caller(ctx, key));
        var results = Results.of(reply);
        var to = switch (reply) {
            case Reply.Accepted(var now) when !now.id().equals(run) -> now.id();
            case Reply.Duplicate(var before) -> before.id();
            case Reply.Accepted _,
                    Reply.Scheduled _,
                    Reply.Done _,
                    Reply.Detailed _,
                    Reply.Batched _,
                    Reply.Invalid _,
                    Reply.NotFound _,
                    Reply.TooLate _,
                    Reply.Conflict _,
                    Reply.Denied _,
                    Reply.TooMany _,
                    Reply.Unavailable _ -> run;
        };
        flash.set(
                ctx,
                results.isGood(),
                reply instanceof Reply.Accepted(var now) && now.id().equals(run) ? done(command, now) : results.text());
        ctx.redirect(reply instanceof Reply.NotFound ? "/runs" : "/runs/" + to.value(), HttpStatus.SEE_OTHER);
    }

    private static Optional<RunCommand> command(RunId run, String action, String reason, String limit) {
        return Optional.ofNullable(
                switch (action) {
                    case "cancel" -> new RunCommand.Cancel(run);
                    case "pause" -> new RunCommand.PauseRun(run, reason);
                    case "resume" -> new RunCommand.ResumeRun(run);
                    case "approve" -> new RunCommand.Approve(run);
                    case "reject" -> new RunCommand.Reject(run, reason);
                    case "retry" -> new RunCommand.Retry(run, RepeatReason.SAME, limit, Map.of());
                    case "retry" + RunActions.ANYWAY ->
                        new RunCommand.Retry(run, RepeatReason.SAME.confirm(), limit, Map.of());
                    case "rerun" -> new RunCommand.Rerun(run, RepeatReason.SAME);
                    case "rerun" + RunActions.ANYWAY -> new RunCommand.Rerun(run, RepeatReason.SAME.confirm());
                    default -> null;
                });
    }

    private static String done(RunCommand command, Run now) {
        return switch (command) {
            case RunCommand.Cancel _ -> now.id() + (now.state().isFinal() ? " is cancelled." : " is being cancelled.");
            case RunCommand.PauseRun _ -> now.id() + " is paused.";
            case RunCommand.ResumeRun _ -> now.id() + " is resumed.";
            case RunCommand.Reject _ -> now.id() + " is rejected.";
            case RunCommand.Approve _ ->
                now.id()
                        + (now.state() == RunState.AWAITING_APPROVAL
                                ? " has your approval and needs another one."
                                : " is approved.");
            case RunCommand.Retry _, RunCommand.Rerun _, RunCommand.Pin _, RunCommand.Unpin _ -> now.id() + ": done.";
        };
    }
}
