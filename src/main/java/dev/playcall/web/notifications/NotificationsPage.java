package dev.playcall.web.notifications;

import dev.playcall.command.AlertCommand;
import dev.playcall.command.CommandHandler;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.routing.RouteTest;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.notifications.NotificationsView.RouteTrial;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.DeliveryRow;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ledger of notifications as a page: what was told to whom, what died and why. */
final class NotificationsPage {
    private static final int ROWS = 50;

    private final NotificationEngine notificationEngine;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final Pages pages;
    private final Flash flash;
    private final Clock clock;

    NotificationsPage(NotificationEngine notificationEngine, WebContext web) {
        this.notificationEngine = notificationEngine;
        this.commands = web.commands();
        this.requestAuth = web.requestAuth();
        this.pages = web.pages();
        this.flash = web.flash();
        this.clock = web.clock();
    }

    void register(RoutesConfig routes) {
        routes.get("/notifications", this::show);
        routes.post("/notifications/deliveries/{id}/redeliver", this::redeliver);
    }

    private void redeliver(Context ctx) {
        var id = ctx.pathParam("id");
        if (!id.matches("\\d{1,18}")) {
            throw ProblemException.notFound("there is no delivery " + id);
        }
        var command = new AlertCommand.Redeliver(Optional.of(Long.parseLong(id)));
        flash.set(ctx, Results.of(commands.handle(command, requestAuth.caller(ctx, Optional.empty()))));
        ctx.redirect("/notifications", HttpStatus.SEE_OTHER);
    }

    private void show(Context ctx) {
        requestAuth.admit(ctx, Permission.AUDIT);
        var state = Params.text(ctx, "state").flatMap(Delivery.State::of);
        long cursor = Params.number(ctx, "cursor", 0, 0, Long.MAX_VALUE);
        var before = Optional.of(cursor).filter(c -> c > 0);
        var found = notificationEngine.deliveries(state, Optional.empty(), before, ROWS);
        var now = clock.instant();
        var chosen = state.map(s -> "state=" + s.word() + "&").orElse("");
        pages.show(
                ctx,
                "notifications/notifications.jte",
                new NotificationsView(
                        found.stream().map(d -> DeliveryRow.of(d, now)).toList(),
                        states(state),
                        notificationEngine.waits(),
                        found.size() == ROWS
                                ? "/notifications?" + chosen + "cursor="
                                        + found.getLast().id()
                                : "",
                        requestAuth.may(ctx, Permission.ADMIN),
                        trial(ctx)));
    }

    private RouteTrial trial(Context ctx) {
        var asked = Params.text(ctx, "test").orElse("").strip();
        if (asked.isEmpty()) {
            return RouteTrial.NONE;
        }
        try {
            var routeTest = RouteTest.of(notificationEngine.routing(), RouteTest.labels(List.of(asked.split("\\s+"))));
            return new RouteTrial(asked, "", routeTest.receivers(), routeTest.why());
        } catch (IllegalArgumentException e) {
            return new RouteTrial(asked, String.valueOf(e.getMessage()), List.of(), List.of());
        }
    }

    private List<Chip> states(Optional<Delivery.State> chosen) {
        var counts = notificationEngine.counts();
        var chips = new ArrayList<Chip>();
        chips.add(new Chip("All", "/notifications", chosen.isEmpty()));
        Arrays.stream(Delivery.State.values())
                .map(s -> new Chip(
                        DeliveryRow.word(s) + " " + counts.getOrDefault(s, 0L),
                        "/notifications?state=" + s.word(),
                        chosen.filter(s::equals).isPresent()))
                .forEach(chips::add);
        return chips;
    }
}
