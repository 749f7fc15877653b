package dev.playcall.web.notifications;

import dev.playcall.command.AlertCommand;
import dev.playcall.command.AlertCommand.ReceiverCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.alert.ReceiverSettings;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.Delivery;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.notifications.ReceiversView.Add;
import dev.playcall.web.notifications.ReceiversView.Build;
import dev.playcall.web.notifications.ReceiversView.ReceiverLine;
import dev.playcall.web.notifications.ReceiversView.RouteLine;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.DeliveryRow;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Receivers and routes: read by those who may read the audit log, changed and tested by administrators. */
final class ReceiversPage {
    private static final String HERE = "/notifications/receivers";
    private static final String ROUTES = "/notifications/routes";

    private final ReceiverSettings settings;
    private final NotificationEngine engine;
    private final WebContext web;

    ReceiversPage(ReceiverSettings settings, NotificationEngine engine, WebContext web) {
        this.settings = settings;
        this.engine = engine;
        this.web = web;
    }

    void register(RoutesConfig routes) {
        routes.get(HERE, ctx -> show(ctx, 200, add(ctx), new Build(RouteForm.empty(), "")));
        routes.get(HERE + "/export", ctx -> {
            web.requestAuth().admit(ctx, Permission.AUDIT);
            ctx.contentType("text/plain; charset=utf-8").result(settings.yaml());
        });
        routes.post(HERE, this::put);
        routes.post(
                HERE + "/{name}/remove", ctx -> does(ctx, new ReceiverCommand.RemoveReceiver(ctx.pathParam("name"))));
        routes.post(HERE + "/{name}/test", ctx -> does(ctx, new AlertCommand.SendTest(ctx.pathParam("name"))));
        routes.post(ROUTES, this::addRoute);
        routes.post(ROUTES + "/{id}/remove", ctx -> does(ctx, new ReceiverCommand.RemoveRoute(number(ctx))));
    }

    private static long number(Context ctx) {
        return Optional.of(ctx.pathParam("id"))
                .filter(t -> t.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElseThrow(() -> ProblemException.notFound("route not found"));
    }

    private void put(Context ctx) {
        web.requestAuth().admit(ctx, Permission.ADMIN);
        var kind = ReceiverForm.of(Forms.text(ctx, "kind").orElse(""));
        var name = Forms.text(ctx, "name").orElse("").strip();
        var results = result(ctx, new ReceiverCommand.PutReceiver(name, kind.read(ctx)));
        if (results.isGood()) {
            done(ctx, results);
        } else {
            var add = new Add(kind, kinds(kind), name, kind.shown(ctx), results.text());
            show(ctx, results.status(), add, new Build(RouteForm.empty(), ""));
        }
    }

    private void addRoute(Context ctx) {
        web.requestAuth().admit(ctx, Permission.ADMIN);
        var form = RouteForm.of(ctx);
        var results = result(ctx, new ReceiverCommand.AddRoute(form.definition()));
        if (results.isGood()) {
            done(ctx, results);
        } else {
            show(ctx, results.status(), add(ctx), new Build(form, results.text()));
        }
    }

    private void does(Context ctx, AlertCommand command) {
        web.requestAuth().admit(ctx, Permission.ADMIN);
        done(ctx, result(ctx, command));
    }

    private Results result(Context ctx, AlertCommand command) {
        Reply reply = web.commands().handle(command, web.requestAuth().caller(ctx, Optional.empty()));
        return Results.of(reply);
    }

    private void done(Context ctx, Results results) {
        web.flash().set(ctx, results);
        ctx.redirect(HERE, HttpStatus.SEE_OTHER);
    }

    private static Add add(Context ctx) {
        var kind = ReceiverForm.of(Params.text(ctx, "kind").orElse(""));
        return new Add(kind, kinds(kind), "", Map.of(), "");
    }

    private static List<Chip> kinds(ReceiverForm chosen) {
        return Arrays.stream(ReceiverForm.values())
                .map(k -> new Chip(k.label(), HERE + "?kind=" + k.key() + "#add", k == chosen))
                .toList();
    }

    private void show(Context ctx, int status, Add add, Build build) {
        web.requestAuth().admit(ctx, Permission.AUDIT);
        ctx.status(status);
        var denied = web.requestAuth().whyNot(ctx, Permission.ADMIN);
        var view = new ReceiversView(
                settings.receivers().stream().map(r -> line(r, denied)).toList(),
                settings.routes().stream().map(r -> line(r, denied)).toList(),
                settings.misfits(),
                denied,
                add,
                build);
        web.pages().show(ctx, "notifications/receivers.jte", view);
    }

    private ReceiverLine line(ReceiverSettings.Listed r, String denied) {
        var path = HERE + "/" + r.name();
        var acts = new ArrayList<ActionForm>();
        acts.add(new ActionForm("Test", path + "/test", "", "", denied));
        if (r.source().by().isPresent()) {
            var sure = "Remove the receiver " + r.name() + "? Its secrets are removed too.";
            acts.add(new ActionForm("Remove", path + "/remove", "danger", sure, denied));
        }
        var last = engine.deliveries(Optional.empty(), Optional.of(r.name()), Optional.empty(), 1).stream()
                .findFirst();
        var row = last.map(d -> DeliveryRow.of(d, web.clock().instant()));
        return new ReceiverLine(
                r.name(),
                r.kind().replace('_', ' '),
                r.target(),
                source(r.source()),
                String.join(", ", r.routes()),
                last.map(d -> "delivery " + d.id() + " " + DeliveryRow.word(d.state()) + answer(d))
                        .orElse(""),
                row.map(DeliveryRow::tone).orElse("none"),
                acts);
    }

    /** What came back, as far as something did. */
    private String answer(Delivery listed) {
        var reason = listed.reason();
        var answer = engine.delivery(listed.id())
                .filter(d -> !d.attempts().isEmpty())
                .map(d -> d.attempts().getLast().answer())
                .filter(a -> !a.isBlank());
        return answer.or(() -> Optional.of(reason).filter(r -> !r.isBlank()))
                .map(a -> ": " + a)
                .orElse("");
    }

    private RouteLine line(ReceiverSettings.Branch r, String denied) {
        var acts = r
                .id()
                .map(id -> new ActionForm(
                        "Remove",
                        ROUTES + "/" + id + "/remove",
                        "danger",
                        "Remove the route " + r.name() + "?",
                        denied))
                .stream()
                .toList();
        return new RouteLine(
                r.name(),
                r.match().isEmpty() ? "everything" : String.join(", ", r.match()),
                String.join(", ", r.receivers()),
                r.goOn() ? "yes" : "no",
                String.join(", ", r.groupBy()),
                source(r.source()),
                acts);
    }

    private String source(ReceiverSettings.Source source) {
        return source.by()
                .map(by -> web.names().of(by)
                        + source.at().map(at -> ", " + TextFormat.minute(at)).orElse(""))
                .orElse("file");
    }
}
