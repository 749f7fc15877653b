package dev.playcall.web.inventory;

import dev.playcall.command.LockCommand;
import dev.playcall.config.Quantities;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Results;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Optional;

/** Locking and unlocking by forms of the operations page. */
final class LockForms {
    private final WebContext web;

    LockForms(WebContext web) {
        this.web = web;
    }

    void register(RoutesConfig routes) {
        routes.post("/locks/{env}", this::lock);
        routes.post("/locks/{env}/unlock", ctx -> does(ctx, new LockCommand.Unlock(ctx.pathParam("env"))));
    }

    private void lock(Context ctx) {
        web.requestAuth().onEnvironment(ctx, Permission.LOCK, ctx.pathParam("env"));
        var time = Forms.text(ctx, "for").orElse("").strip();
        var span = Quantities.positiveDuration(time);
        if (!time.isEmpty() && span.isEmpty()) {
            web.flash().set(ctx, false, Quantities.notADuration(time) + ".");
            ctx.redirect("/", HttpStatus.SEE_OTHER);
            return;
        }
        var reason = Forms.text(ctx, "reason").orElse("").strip();
        does(ctx, new LockCommand.Lock(ctx.pathParam("env"), reason, span));
    }

    private void does(Context ctx, LockCommand command) {
        var reply = web.commands().handle(command, web.requestAuth().caller(ctx, Optional.empty()));
        web.flash().set(ctx, Results.of(reply));
        ctx.redirect("/", HttpStatus.SEE_OTHER);
    }
}
