package dev.playcall.web.alerts;

import dev.playcall.command.AlertCommand;
import dev.playcall.command.Reply;
import dev.playcall.config.Quantities;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What is done about alerts and silences by forms of the pages; each leads back to the page with what came of it. */
final class AlertForms {
    private static final String LIST = "/alerts";
    private static final String SILENCES = "/alerts#silences";

    private final WebContext web;

    AlertForms(WebContext web) {
        this.web = web;
    }

    void register(RoutesConfig routes) {
        routes.post("/alerts/{id}/ack", ctx -> does(ctx, new AlertCommand.Acknowledge(List.of(id(ctx))), one(ctx)));
        routes.post(
                "/alerts/{id}/resolve",
                ctx -> does(ctx, new AlertCommand.Resolve(id(ctx), field(ctx, "reason")), one(ctx)));
        routes.post("/alerts/actions/{id}", ctx -> does(ctx, new AlertCommand.RunAction(id(ctx)), LIST));
        routes.post("/alerts/silences", ctx -> timed(ctx, true, span -> silence(ctx, span)));
        routes.post(
                "/alerts/silences/{id}/extend",
                ctx -> timed(ctx, false, span -> new AlertCommand.ExtendMute(id(ctx), span.orElseThrow())));
        routes.post("/alerts/silences/{id}/expire", ctx -> does(ctx, new AlertCommand.Unmute(id(ctx)), SILENCES));
    }

    private static String one(Context ctx) {
        return LIST + "/" + id(ctx);
    }

    private static long id(Context ctx) {
        var id = ctx.pathParam("id");
        if (!id.matches("\\d{1,18}")) {
            throw ProblemException.notFound("there is no alert or silence " + id);
        }
        return Long.parseLong(id);
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    private static AlertCommand silence(Context ctx, Optional<Duration> span) {
        var words = new ArrayList<>(List.of(field(ctx, "what").split("\\s+")));
        if (!field(ctx, "reason").isEmpty()) {
            words.add(field(ctx, "reason"));
        }
        return new AlertCommand.Mute(words, span);
    }

    private void timed(Context ctx, boolean mayBeEmpty, Function<Optional<Duration>, AlertCommand> command) {
        web.requestAuth().admitAnywhere(ctx, Permission.LOCK);
        var time = field(ctx, "for");
        var span = Quantities.positiveDuration(time);
        var back = field(ctx, "alert").matches("\\d{1,18}") ? LIST + "/" + field(ctx, "alert") : SILENCES;
        if (span.isEmpty() && !(mayBeEmpty && time.isEmpty())) {
            web.flash().set(ctx, false, Quantities.notADuration(time) + ".");
            ctx.redirect(back, HttpStatus.SEE_OTHER);
            return;
        }
        does(ctx, command.apply(span), back);
    }

    private void does(Context ctx, AlertCommand command, String back) {
        var reply = web.commands().handle(command, web.requestAuth().caller(ctx, Optional.empty()));
        web.flash().set(ctx, Results.of(reply));
        ctx.redirect(
                reply instanceof Reply.Accepted(var run) ? "/runs/" + run.id().value() : back, HttpStatus.SEE_OTHER);
    }
}
