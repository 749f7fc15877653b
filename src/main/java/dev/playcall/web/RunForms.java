package dev.playcall.web;

import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunState;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;

/** What is done to a run by a form of its page. */
final class RunForms {
    private final Desk desk;
    private final Visitors visitors;
    private final Flash flash;

    RunForms(Desk desk, Visitors visitors, Flash flash) {
        this.desk = desk;
        this.visitors = visitors;
        this.flash = flash;
    }

    void register(RoutesConfig routes) {
        routes.post("/runs/{id}/{deed}", this::take);
    }

    private void take(Context ctx) {
        var run = Params.run(ctx);
        var wish = wish(run, ctx.pathParam("deed"), Forms.text(ctx, "reason").orElse(""))
                .orElseThrow(() -> ProblemException.notFound("there is nothing like that to do to a run"));
        var key = Forms.text(ctx, "key").filter(k -> k.matches("[0-9a-f-]{36}")).map(k -> "form:" + k);
        var reply = desk.handle(wish, visitors.caller(ctx, key));
        var replied = Replied.of(reply);
        var to = switch (reply) {
            case Reply.Accepted(var now) when !now.id().equals(run) -> now.id();
            case Reply.Again(var before) -> before.id();
            default -> run;
        };
        flash.say(
                ctx,
                replied.isGood(),
                reply instanceof Reply.Accepted(var now) && now.id().equals(run) ? done(wish, now) : replied.text());
        ctx.redirect(reply instanceof Reply.NotFound ? "/runs" : "/runs/" + to.value(), HttpStatus.SEE_OTHER);
    }

    private static Optional<Command> wish(RunId run, String deed, String reason) {
        return Optional.ofNullable(
                switch (deed) {
                    case "cancel" -> new Command.Cancel(run);
                    case "pause" -> new Command.PauseRun(run, reason);
                    case "resume" -> new Command.ResumeRun(run);
                    case "approve" -> new Command.Approve(run);
                    case "reject" -> new Command.Reject(run, reason);
                    case "retry" -> new Command.Retry(run, Command.Why.SAME);
                    case "rerun" -> new Command.Rerun(run, Command.Why.SAME);
                    default -> null;
                });
    }

    private static String done(Command wish, Run now) {
        return switch (wish) {
            case Command.Cancel _ -> now.id() + (now.state().isFinal() ? " is cancelled." : " is being cancelled.");
            case Command.PauseRun _ -> now.id() + " is held still.";
            case Command.ResumeRun _ -> now.id() + " goes on.";
            case Command.Reject _ -> now.id() + " is rejected.";
            case Command.Approve _ ->
                now.id()
                        + (now.state() == RunState.AWAITING_APPROVAL
                                ? " has your approval and needs more."
                                : " is approved.");
            default -> now.id() + ": done.";
        };
    }
}
