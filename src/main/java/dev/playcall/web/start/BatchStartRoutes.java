package dev.playcall.web.start;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.StartPreview;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Results;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.security.WebContext;
import dev.playcall.web.start.BatchStartView.Choice;
import dev.playcall.web.start.BatchStartView.Place;
import dev.playcall.web.start.BatchStartView.Reviewed;
import dev.playcall.web.start.StartView.Fault;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The form that starts the same in several environments: which, in which order, and a review; it needs no script. */
final class BatchStartRoutes {
    private static final String PAGE = "/batch";

    private final WebContext web;
    private final Catalogs catalogs;
    private final StartPreview startPreview;
    private final WaitReasons waitReasons;
    private final ZoneId zone;

    BatchStartRoutes(WebContext web, StartPreview startPreview, WaitReasons waitReasons, ZoneId zone) {
        this.web = web;
        this.catalogs = web.catalogs();
        this.startPreview = startPreview;
        this.waitReasons = waitReasons;
        this.zone = zone;
    }

    void register(RoutesConfig routes) {
        routes.get(PAGE, ctx -> {
            web.requestAuth().admit(ctx);
            show(ctx, 200, BatchForm.asked(ctx, known(ctx)), List.of(), Fault.NONE);
        });
        routes.post(PAGE, this::take);
    }

    private List<String> known(Context ctx) {
        var visible = web.requestAuth().visibleEnvironments(ctx);
        return catalogs.current().environments().keySet().stream()
                .filter(visible::sees)
                .map(EnvironmentName::value)
                .toList();
    }

    private void take(Context ctx) {
        web.requestAuth().admit(ctx);
        var form = BatchForm.sent(ctx, known(ctx));
        var up = Forms.text(ctx, "up");
        var down = Forms.text(ctx, "down");
        if (up.isPresent() || down.isPresent()) {
            var moved = up.map(name -> form.moved(name, -1)).orElseGet(() -> form.moved(down.orElse(""), 1));
            show(ctx, 200, moved, List.of(), Fault.NONE);
            return;
        }
        switch (Forms.text(ctx, "do").orElse("")) {
            case "choose" -> show(ctx, 200, form, List.of(), Fault.NONE);
            case "all" -> show(ctx, 200, form.all(), List.of(), Fault.NONE);
            case "start" -> start(ctx, form);
            default -> review(ctx, form);
        }
    }

    private StartCommand command(Context ctx, BatchForm form) {
        return form.start().command(page(ctx, form).variables());
    }

    private void review(Context ctx, BatchForm form) {
        var command = command(ctx, form);
        if (form.environments().isEmpty()) {
            show(ctx, 422, form, List.of(), new Fault("form", "choose at least one environment"));
            return;
        }
        if (command.hasOneTimeSecret()) {
            var text = "a one-time secret cannot be given to a batch; store it under Settings → Secrets";
            show(ctx, 422, form, List.of(), new Fault("form", text));
            return;
        }
        var caller = web.requestAuth().caller(ctx, Optional.empty());
        var lines = new ArrayList<Reviewed>();
        var fault = Fault.NONE;
        for (var name : form.environments()) {
            switch (startPreview.of(command.in(name), caller)) {
                case StartPreview.Result.Rejected(var reply) -> {
                    fault = fault.equals(Fault.NONE) ? fault(reply) : fault;
                    lines.add(new Reviewed(name, 0, Results.of(reply).text(), true));
                }
                case StartPreview.Result.Accepted(var _, var hosts, var waits, var _) ->
                    lines.add(new Reviewed(name, hosts.size(), waiting(waits, lines), false));
            }
        }
        show(ctx, fault.equals(Fault.NONE) ? 200 : 422, form, lines, fault);
    }

    private static String waiting(List<String> waits, List<Reviewed> before) {
        var text = waits.isEmpty() ? "" : "waits " + String.join(", ", waits);
        return before.isEmpty()
                ? text.isEmpty() ? "starts immediately" : text
                : "after " + before.getLast().environment() + (text.isEmpty() ? "" : "; " + text);
    }

    private static Fault fault(Reply reply) {
        return reply instanceof Reply.Invalid invalid
                ? new Fault(invalid.field(), invalid.line())
                : new Fault("review", Results.of(reply).text());
    }

    /** Only what was looked at is started; what changes nothing needs no look. */
    private void start(Context ctx, BatchForm form) {
        if (!isHarmless(form) && !form.reviewed().equals(form.digest())) {
            review(ctx, form);
            return;
        }
        var command = new BatchCommand.StartBatch(form.environments(), form.onFailure(), command(ctx, form));
        Caller caller =
                web.requestAuth().caller(ctx, Optional.of("form:" + form.start().key()));
        var reply = web.commands().handle(command, caller);
        if (reply instanceof Reply.Batched(var batch, var _, var _)) {
            web.flash().set(ctx, Results.of(reply));
            ctx.redirect("/batches/" + batch.id(), HttpStatus.SEE_OTHER);
        } else {
            var text = Results.of(reply).text();
            show(ctx, Results.of(reply).status(), form, List.of(), new Fault("form", text));
        }
    }

    private static boolean isHarmless(BatchForm form) {
        var operation = form.start().operation();
        return operation.equals(Operation.VALIDATE.value()) || operation.equals(Operation.PING.value());
    }

    /** The fields are those of the form for one environment. */
    private StartPage page(Context ctx, BatchForm form) {
        var first = form.environments().stream().findFirst().orElse("");
        return new StartPage(
                catalogs,
                web.journal().read(),
                waitReasons,
                web.requestAuth(),
                ctx,
                form.start().in(first),
                zone,
                web.clock().instant());
    }

    private void show(Context ctx, int status, BatchForm form, List<Reviewed> review, Fault fault) {
        var start = page(ctx, form).view(Optional.empty(), fault);
        var operation = new Operation(start.operation());
        var buttons = new RunButtons(catalogs.current(), web.requestAuth(), ctx);
        var places = form.order().stream()
                .map(EnvironmentName::new)
                .map(e -> new Place(
                        e.value(),
                        catalogs.current()
                                .environment(e)
                                .map(found -> found.hosts().size())
                                .orElse(0),
                        form.chosen().contains(e.value()),
                        buttons.denied(operation, e, start.playbook())))
                .toList();
        boolean good = !review.isEmpty() && review.stream().noneMatch(Reviewed::refused);
        ctx.status(status);
        web.pages()
                .show(
                        ctx,
                        "start/batch.jte",
                        new BatchStartView(
                                start,
                                operations(operation),
                                places,
                                form.onFailure(),
                                isHarmless(form),
                                review,
                                good ? form.digest() : ""));
    }

    /** A single playbook is named by the address that led here. */
    private List<Choice> operations(Operation chosen) {
        return catalogs.current().operations().values().stream()
                .map(o -> o.operation())
                .filter(o -> o.equals(chosen) || !o.equals(Operation.PLAY))
                .filter(o -> o.equals(chosen)
                        || o.equals(Operation.VALIDATE)
                        || catalogs.current()
                                .operation(o)
                                .flatMap(s -> s.playbook())
                                .flatMap(catalogs.current()::playbook)
                                .isPresent())
                .map(o -> new Choice(o.value(), o.equals(chosen)))
                .toList();
    }
}
