package dev.playcall.web.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.StartPreview;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.VersionStep;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.WebContext;
import dev.playcall.web.start.StartView.Fault;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The three steps to a run: configure, choose servers, review; the same without a script, on one page. */
public final class StartRoutes implements RouteGroup {
    private static final String PAGE = "/start";

    private final Catalogs catalogs;
    private final StartPreview startPreview;
    private final WaitReasons waitReasons;
    private final CommandHandler commands;
    private final RunRoutes runs;
    private final RequestAuth requestAuth;
    private final Pages pages;
    private final Flash flash;
    private final ZoneId zone;
    private final Clock clock;
    private final EventStore store;
    private final BatchStartRoutes batches;

    /** @param zone in which times are meant where nothing is said */
    public StartRoutes(
            Catalogs catalogs,
            StartPreview startPreview,
            WaitReasons waitReasons,
            RunRoutes runs,
            ZoneId zone,
            WebContext context) {
        this.catalogs = catalogs;
        this.startPreview = startPreview;
        this.waitReasons = waitReasons;
        this.commands = context.commands();
        this.runs = runs;
        this.requestAuth = context.requestAuth();
        this.pages = context.pages();
        this.flash = context.flash();
        this.zone = zone;
        this.clock = context.clock();
        this.store = context.journal().read();
        this.batches = new BatchStartRoutes(context, startPreview, waitReasons, zone);
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(PAGE, ctx -> {
            requestAuth.admit(ctx);
            show(ctx, 200, page(ctx, StartForm.asked(ctx)), Optional.empty(), Fault.NONE);
        });
        routes.post(PAGE, this::take);
        batches.register(routes);
        var api = new Api(routes, requestAuth::admit);
        api.post("/api/v1/runs/review", requestAuth::onStart, this::review);
        api.get("/api/v1/times", this::times);
    }

    private void review(Context ctx) throws JsonProcessingException {
        requestAuth.admit(ctx);
        var command = StartRequest.command(JsonBodies.body(ctx), Set.of());
        switch (startPreview.of(command, requestAuth.caller(ctx, Optional.empty()))) {
            case StartPreview.Result.Rejected(var reply) -> runs.answer(ctx, reply, command);
            case StartPreview.Result.Accepted(var request, var hosts, var waits, var usual) -> {
                var node = JsonBodies.object()
                        .put("operation", request.operation().value())
                        .put("environment", request.environment().value());
                hosts.forEach(node.putArray("hosts")::add);
                waits.forEach(node.putArray("waits")::add);
                node.put("typical_duration", usual.map(JsonBodies::seconds).orElse(null));
                JsonBodies.send(ctx, node);
            }
        }
    }

    private void times(Context ctx) {
        requestAuth.admit(ctx);
        var asked = Params.text(ctx, "environment");
        requestAuth.environments(ctx, asked);
        var when = new ScheduleFields(
                        StartForm.asked(ctx), asked.map(EnvironmentName::new), waitReasons, zone, clock.instant())
                .view();
        if (!when.wrong().isEmpty() || when.times().isEmpty()) {
            throw ProblemException.badRequest(
                    "cron", when.wrong().isEmpty() ? "cron is required, as in 30 2 * * mon-fri" : when.wrong());
        }
        var node = JsonBodies.object().put("words", when.words()).put("timezone", when.zone());
        var next = node.putArray("next");
        when.times()
                .forEach(t -> next.addObject()
                        .put("time", t.exact())
                        .put("frozen", t.frozen().isEmpty() ? null : t.frozen()));
        JsonBodies.send(ctx, node);
    }

    private StartPage page(Context ctx, StartForm form) {
        return new StartPage(catalogs, store, waitReasons, requestAuth, ctx, form, zone, clock.instant());
    }

    private void show(Context ctx, int status, StartPage page, Optional<StartView.Seen> seen, Fault fault) {
        ctx.status(status);
        pages.show(ctx, "start/start.jte", page.view(seen, fault));
    }

    private void take(Context ctx) {
        requestAuth.admit(ctx);
        var form = StartForm.sent(ctx);
        var other = Forms.text(ctx, "to").filter(t -> !t.isEmpty());
        if (other.isPresent()) {
            // Only looked at: whoever takes another environment has not agreed to anything there.
            show(ctx, 200, page(ctx, form.in(other.get())), Optional.empty(), Fault.NONE);
            return;
        }
        var page = page(ctx, form);
        var command = form.command(page.variables());
        var what = Forms.text(ctx, "do").orElse("");
        if (what.equals("find")) {
            show(ctx, 200, page, Optional.empty(), Fault.NONE);
        } else if (what.equals("start")) {
            start(ctx, form, page, command);
        } else {
            look(ctx, form, page, command);
        }
    }

    private void look(Context ctx, StartForm form, StartPage page, StartCommand command) {
        var caller = requestAuth.caller(ctx, Optional.empty());
        switch (form.isLater() ? startPreview.ofLater(command, caller) : startPreview.of(command, caller)) {
            case StartPreview.Result.Rejected(var reply) ->
                show(ctx, Results.of(reply).status(), page, Optional.empty(), fault(reply));
            case StartPreview.Result.Accepted would -> show(ctx, 200, page, Optional.of(seen(form, would)), Fault.NONE);
        }
    }

    private static Fault fault(Reply reply) {
        return reply instanceof Reply.Invalid invalid
                ? new Fault(invalid.field(), invalid.line())
                : new Fault("form", Results.of(reply).text());
    }

    private StartView.Seen seen(StartForm form, StartPreview.Result.Accepted would) {
        var request = would.request();
        var values = new ArrayList<Fact>();
        request.variables().forEach((name, value) -> values.add(new Fact(name, shown(value), "", "")));
        if (!request.tags().isEmpty()) {
            values.add(new Fact("Tags", String.join(", ", request.tags()), "", ""));
        }
        if (!request.description().isBlank()) {
            values.add(new Fact("Reason", request.description(), "", ""));
        }
        return new StartView.Seen(
                what(request),
                would.hosts().size(),
                would.hosts(),
                values,
                downgrade(request),
                would.usual().map(TextFormat::duration).orElse(""),
                would.waits(),
                form.isLater());
    }

    /** Empty where it is none, or nobody can tell. */
    private String downgrade(RunRequest request) {
        return request.version()
                .filter(_ -> request.operation().equals(Operation.DEPLOY))
                .flatMap(v -> VersionStep.of(store, request.environment(), request.hosts(), v))
                .filter(VersionStep::isDowngrade)
                .map(s -> "Downgrade: " + String.join(", ", s.live()) + " is live, " + s.wanted() + " is older.")
                .orElse("");
    }

    private static String what(RunRequest request) {
        // The arguments of a module are listed like variables.
        return request.operation()
                + request.task()
                        .filter(_ -> request.operation().equals(Operation.ADHOC))
                        .map(t -> t.module() + t.words())
                        .or(request::what)
                        .filter(_ -> request.playbook().isEmpty()
                                || request.operation().equals(Operation.PLAY))
                        .map(w -> " " + w)
                        .orElse("")
                + (request.check() ? ", check mode" : "");
    }

    private static String shown(Value value) {
        return value instanceof Value.Secret ? "(secret)" : value.display();
    }

    private void start(Context ctx, StartForm form, StartPage page, StartCommand start) {
        Command command = form.isLater() ? form.schedule(start) : start;
        var reply = commands.handle(command, requestAuth.caller(ctx, Optional.of("form:" + form.key())));
        var to = switch (reply) {
            case Reply.Accepted(var run) -> "/runs/" + run.id().value();
            case Reply.Duplicate(var run) -> "/runs/" + run.id().value();
            case Reply.Scheduled(var schedule, var _) -> "/queue#schedule-" + schedule.id();
            case Reply.Done _,
                    Reply.Detailed _,
                    Reply.Batched _,
                    Reply.Invalid _,
                    Reply.NotFound _,
                    Reply.TooLate _,
                    Reply.Conflict _,
                    Reply.Denied _,
                    Reply.TooMany _,
                    Reply.Unavailable _ -> "";
        };
        if (to.isEmpty()) {
            show(ctx, Results.of(reply).status(), page, Optional.empty(), fault(reply));
        } else {
            flash.set(ctx, Results.of(reply));
            ctx.redirect(to, HttpStatus.SEE_OTHER);
        }
    }

    /** Fields that are no variables and have their place on the page, by the names the API has for them. */
    static List<String> places() {
        return List.of("limit", "tags", "name", "description", "cron", "at", "timezone", "missed", "jitter");
    }
}
