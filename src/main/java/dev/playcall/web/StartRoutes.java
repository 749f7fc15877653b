package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Outlook;
import dev.playcall.command.Reply;
import dev.playcall.command.Review;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Value;
import dev.playcall.security.Vault;
import dev.playcall.web.openapi.QueueSaid;
import dev.playcall.web.openapi.RunsSaid;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.pages.StartView;
import dev.playcall.web.pages.StartView.Fault;
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
final class StartRoutes {
    private static final String PAGE = "/start";

    private final Catalogs catalogs;
    private final Review review;
    private final Outlook outlook;
    private final Desk desk;
    private final Vault vault;
    private final RunRoutes runs;
    private final Visitors visitors;
    private final Pages pages;
    private final Flash flash;
    private final ZoneId zone;
    private final Clock clock;

    /** @param zone in which times are meant where nothing is said */
    StartRoutes(
            Catalogs catalogs,
            Review review,
            Outlook outlook,
            Desk desk,
            Vault vault,
            RunRoutes runs,
            Visitors visitors,
            Pages pages,
            Flash flash,
            ZoneId zone,
            Clock clock) {
        this.catalogs = catalogs;
        this.review = review;
        this.outlook = outlook;
        this.desk = desk;
        this.vault = vault;
        this.runs = runs;
        this.visitors = visitors;
        this.pages = pages;
        this.flash = flash;
        this.zone = zone;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get(PAGE, ctx -> {
            visitors.admit(ctx);
            show(ctx, 200, page(ctx, StartForm.asked(ctx)), Optional.empty(), Fault.NONE);
        });
        routes.post(PAGE, this::take);
        var api = new Api(routes);
        api.post("/api/v1/runs/review", RunsSaid.REVIEW, this::review);
        api.get("/api/v1/times", QueueSaid.TIMES, this::times);
    }

    private void review(Context ctx) throws JsonProcessingException {
        visitors.admit(ctx);
        var wish = new StartBody(vault).wish(Json.body(ctx), Set.of());
        switch (review.of(wish, visitors.caller(ctx, Optional.empty()))) {
            case Review.Seen.Not(var reply) -> runs.answer(ctx, reply, wish);
            case Review.Seen.Would(var request, var hosts, var waits) -> {
                var node = Json.object()
                        .put("operation", request.operation().value())
                        .put("environment", request.environment().value());
                hosts.forEach(node.putArray("hosts")::add);
                waits.forEach(node.putArray("waits")::add);
                Json.send(ctx, node);
            }
        }
    }

    private void times(Context ctx) {
        visitors.admit(ctx);
        var asked = Params.text(ctx, "environment");
        visitors.environments(ctx, asked);
        var when = new WhenPart(StartForm.asked(ctx), asked.map(EnvironmentName::new), outlook, zone, clock.instant())
                .view();
        if (!when.wrong().isEmpty() || when.times().isEmpty()) {
            throw ProblemException.badRequest(
                    "cron", when.wrong().isEmpty() ? "cron is required, as in 30 2 * * mon-fri" : when.wrong());
        }
        var node = Json.object().put("words", when.words()).put("timezone", when.zone());
        var next = node.putArray("next");
        when.times()
                .forEach(t -> next.addObject()
                        .put("time", t.exact())
                        .put("frozen", t.frozen().isEmpty() ? null : t.frozen()));
        Json.send(ctx, node);
    }

    private StartPage page(Context ctx, StartForm form) {
        return new StartPage(catalogs.current(), outlook, visitors, ctx, form, zone, clock.instant());
    }

    private void show(Context ctx, int status, StartPage page, Optional<StartView.Seen> seen, Fault fault) {
        ctx.status(status);
        pages.show(ctx, "start.jte", page.view(seen, fault));
    }

    private void take(Context ctx) {
        visitors.admit(ctx);
        var form = StartForm.sent(ctx);
        var other = Forms.text(ctx, "to").filter(t -> !t.isEmpty());
        if (other.isPresent()) {
            // Only looked at: whoever takes another environment has not agreed to anything there.
            show(ctx, 200, page(ctx, form.in(other.get())), Optional.empty(), Fault.NONE);
            return;
        }
        var page = page(ctx, form);
        var wish = form.wish(page.variables(), vault);
        var what = Forms.text(ctx, "do").orElse("");
        if (what.equals("find")) {
            show(ctx, 200, page, Optional.empty(), Fault.NONE);
        } else if (what.equals("start")) {
            start(ctx, form, page, wish);
        } else {
            look(ctx, form, page, wish);
        }
    }

    private void look(Context ctx, StartForm form, StartPage page, Command.Start wish) {
        var caller = visitors.caller(ctx, Optional.empty());
        switch (form.isLater() ? review.ofLater(wish, caller) : review.of(wish, caller)) {
            case Review.Seen.Not(var reply) ->
                show(ctx, Replied.of(reply).status(), page, Optional.empty(), fault(reply));
            case Review.Seen.Would would -> show(ctx, 200, page, Optional.of(seen(form, would)), Fault.NONE);
        }
    }

    private static Fault fault(Reply reply) {
        return reply instanceof Reply.Invalid invalid
                ? new Fault(invalid.field(), invalid.line())
                : new Fault("form", Replied.of(reply).text());
    }

    private static StartView.Seen seen(StartForm form, Review.Seen.Would would) {
        var request = would.request();
        var values = new ArrayList<Fact>();
        request.variables().forEach((name, value) -> values.add(new Fact(name, shown(value), "", "")));
        if (!request.tags().isEmpty()) {
            values.add(new Fact("Only tags", String.join(", ", request.tags()), "", ""));
        }
        if (!request.description().isBlank()) {
            values.add(new Fact("Why", request.description(), "", ""));
        }
        var what = request.playbook()
                        .filter(_ -> request.operation().value().equals("play"))
                        .map(p -> "play " + p)
                        .orElse(request.operation().value())
                + (request.check() ? ", check only" : "");
        return new StartView.Seen(what, would.hosts().size(), would.hosts(), values, would.waits(), form.isLater());
    }

    private static String shown(Value value) {
        return value instanceof Value.Secret ? "a secret" : value.display();
    }

    private void start(Context ctx, StartForm form, StartPage page, Command.Start wish) {
        Command command = form.isLater() ? form.schedule(wish) : wish;
        var reply = desk.handle(command, visitors.caller(ctx, Optional.of("form:" + form.key())));
        var to = switch (reply) {
            case Reply.Accepted(var run) -> "/runs/" + run.id().value();
            case Reply.Again(var run) -> "/runs/" + run.id().value();
            case Reply.Scheduled(var schedule, var _) -> "/queue#schedule-" + schedule.id();
            default -> "";
        };
        if (to.isEmpty()) {
            show(ctx, Replied.of(reply).status(), page, Optional.empty(), fault(reply));
        } else {
            flash.say(ctx, Replied.of(reply));
            ctx.redirect(to, HttpStatus.SEE_OTHER);
        }
    }

    /** Fields that are no variables and have their place on the page, by the names the API has for them. */
    static List<String> places() {
        return List.of("limit", "tags", "name", "description", "cron", "at", "timezone", "missed", "jitter");
    }
}
