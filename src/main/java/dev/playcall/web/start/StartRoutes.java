package dev.playcall.web.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.command.rollout.HostReach;
import dev.playcall.command.rollout.RolloutPlan;
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
import java.util.stream.Stream;

/** The three steps to a run: configure, choose servers, review; the same without a script, on one page. */
public final class StartRoutes implements RouteGroup {
    private static final String PAGE = "/start";

    private final Catalogs catalogs;
    private final StartPreview startPreview;
    private final HostReach reach;
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

    /**
     * @param reach for which hosts there is something to do
     * @param zone in which times are meant where nothing is said
     */
    public StartRoutes(
            Catalogs catalogs,
            StartPreview startPreview,
            HostReach reach,
            WaitReasons waitReasons,
            RunRoutes runs,
            ZoneId zone,
            WebContext context) {
        this.catalogs = catalogs;
        this.startPreview = startPreview;
        this.reach = reach;
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
        var template = Forms.text(ctx, "template").filter(t -> !t.isEmpty());
        if (template.isPresent()) {
            show(ctx, 200, page(ctx, page.filled(template.get())), Optional.empty(), Fault.NONE);
            return;
        }
        var command = form.command(page.variables());
        var what = Forms.text(ctx, "do").orElse("");
        if (what.equals("find")) {
            show(ctx, 200, page, Optional.empty(), Fault.NONE);
        } else if (what.equals("all") || what.equals("none")) {
            var limit = what.equals("all") ? page.withFound() : "";
            show(ctx, 200, page(ctx, form.on(limit)), Optional.empty(), Fault.NONE);
        } else if (what.equals("start")) {
            start(ctx, form, page, command);
        } else if (form.waves().chosen()) {
            lookAtWaves(ctx, form, page, command);
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

    /** What a deployment would do: its waves, and what the first one would wait for. */
    private void lookAtWaves(Context ctx, StartForm form, StartPage page, StartCommand command) {
        var caller = requestAuth.caller(ctx, Optional.empty());
        var wrong = wrongWithDeployment(form);
        if (wrong.isPresent()) {
            show(ctx, 422, page, Optional.empty(), wrong.get());
            return;
        }
        switch (startPreview.of(command, caller)) {
            case StartPreview.Result.Rejected(var reply) ->
                show(ctx, Results.of(reply).status(), page, Optional.empty(), fault(reply));
            case StartPreview.Result.Accepted would ->
                show(
                        ctx,
                        page,
                        seen(form, would),
                        RolloutPlan.of(catalogs, form.waves().command(command), reach, caller));
        }
    }

    private void show(Context ctx, StartPage page, StartView.Seen seen, RolloutPlan.Planned planned) {
        switch (planned) {
            case RolloutPlan.Planned.Bad(var reply) ->
                show(ctx, Results.of(reply).status(), page, Optional.empty(), fault(reply));
            case RolloutPlan.Planned.Good(var plan) ->
                show(ctx, 200, page, Optional.of(seen.with(plan.lines())), Fault.NONE);
        }
    }

    private static Optional<Fault> wrongWithDeployment(StartForm form) {
        if (form.isLater()) {
            return Optional.of(new Fault("form", "A deployment starts now: a schedule is for a single run."));
        }
        return form.name().isBlank() ? Optional.of(new Fault("name", "a deployment needs a name")) : Optional.empty();
    }

    private static Fault fault(Reply reply) {
        return reply instanceof Reply.Invalid invalid
                ? new Fault(invalid.field(), invalid.line())
                : new Fault("form", Results.of(reply).text());
    }

    private StartView.Seen seen(StartForm form, StartPreview.Result.Accepted would) {
        var request = would.request();
        var values = new ArrayList<Fact>();
        if (!request.name().isBlank()) {
            values.add(new Fact("Name", request.name(), "", ""));
        }
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
                form.isLater(),
                List.of());
    }

    /** Empty where it is none, or nobody can tell. */
    private String downgrade(RunRequest request) {
        return request.version()
                .filter(_ -> request.operation().equals(Operation.DEPLOY))
                .flatMap(v -> VersionStep.of(store, request.environment(), request.hosts(), v))
                .filter(VersionStep::isDowngrade)
                .map(s -> "Downgrade: " + String.join(", ", s.live())
                        + (s.live().size() == 1 ? " is live, " : " are live, ") + s.wanted() + " is older.")
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
        var wrong = form.waves().chosen() ? wrongWithDeployment(form) : Optional.<Fault>empty();
        if (wrong.isPresent()) {
            show(ctx, 422, page, Optional.empty(), wrong.get());
            return;
        }
        var reply = commands.handle(command(form, start), requestAuth.caller(ctx, Optional.of("form:" + form.key())));
        var to = address(reply);
        if (to.isEmpty()) {
            show(ctx, Results.of(reply).status(), page, Optional.empty(), fault(reply));
        } else {
            flash.set(ctx, Results.of(reply));
            ctx.redirect(to, HttpStatus.SEE_OTHER);
        }
    }

    private static Command command(StartForm form, StartCommand start) {
        if (form.waves().chosen()) {
            return form.waves().command(start);
        }
        return form.isLater() ? form.schedule(start) : start;
    }

    /** Of what was started; empty when nothing was. */
    private String address(Reply reply) {
        return switch (reply) {
            case Reply.Accepted(var run) -> "/runs/" + run.id().value();
            case Reply.Duplicate(var run) -> "/runs/" + run.id().value();
            case Reply.Batched(var batch, var _, var _) ->
                store.deployments()
                        .ofBatch(batch.id())
                        .map(d -> "/deployments/" + d.id())
                        .orElse("/batches/" + batch.id());
            case Reply.Scheduled(var schedule, var _) -> "/queue#schedule-" + schedule.id();
            case Reply.Done _,
                    Reply.Detailed _,
                    Reply.Invalid _,
                    Reply.NotFound _,
                    Reply.TooLate _,
                    Reply.Conflict _,
                    Reply.Denied _,
                    Reply.TooMany _,
                    Reply.Unavailable _ -> "";
        };
    }

    /** Fields that are no variables and have their place on the page, by the names the API has for them. */
    static List<String> places() {
        return Stream.concat(
                        Stream.of("limit", "tags", "name", "description", "cron", "at", "timezone", "missed", "jitter"),
                        WaveForm.PLACES.stream())
                .toList();
    }
}
