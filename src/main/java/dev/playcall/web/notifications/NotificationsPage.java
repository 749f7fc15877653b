package dev.playcall.web.notifications;

import dev.playcall.command.AlertCommand;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.config.Quantities;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.Alerts;
import dev.playcall.notify.alert.Silence;
import dev.playcall.notify.dispatch.NotificationEngine;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.routing.RouteTest;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Params;
import dev.playcall.web.notifications.NotificationsView.AlertLine;
import dev.playcall.web.notifications.NotificationsView.MuteLine;
import dev.playcall.web.notifications.NotificationsView.Mutes;
import dev.playcall.web.notifications.NotificationsView.OpenAlerts;
import dev.playcall.web.notifications.NotificationsView.RouteTrial;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.DeliveryRow;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ledger of notifications as a page: what was told to whom, what died and why. */
final class NotificationsPage {
    private static final int ROWS = 50;

    private final NotificationEngine notificationEngine;
    private final Alerts alerts;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final Pages pages;
    private final Clock clock;

    NotificationsPage(
            NotificationEngine notificationEngine,
            Alerts alerts,
            CommandHandler commands,
            RequestAuth requestAuth,
            Pages pages,
            Clock clock) {
        this.notificationEngine = notificationEngine;
        this.alerts = alerts;
        this.commands = commands;
        this.requestAuth = requestAuth;
        this.pages = pages;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get("/notifications", ctx -> show(ctx, 200, "", ""));
        routes.post("/notifications/mutes", this::mute);
        routes.post("/notifications/mutes/{id}/end", this::unmute);
        routes.post("/notifications/alerts/{id}/resolve", this::resolve);
        routes.post("/notifications/deliveries/{id}/redeliver", this::redeliver);
    }

    private void mute(Context ctx) {
        requestAuth.admitAnywhere(ctx, Permission.LOCK);
        var time = field(ctx, "for");
        var span = Quantities.positiveDuration(time);
        if (!time.isEmpty() && span.isEmpty()) {
            show(ctx, 422, "\"" + time + "\" is not a duration (30m, 2h, 1d).", "");
            return;
        }
        var words = new ArrayList<>(List.of(field(ctx, "what").split("\\s+")));
        if (!field(ctx, "reason").isEmpty()) {
            words.add(field(ctx, "reason"));
        }
        does(ctx, new AlertCommand.Mute(words, span));
    }

    private void unmute(Context ctx) {
        requestAuth.admitAnywhere(ctx, Permission.LOCK);
        var id = ctx.pathParam("id");
        if (id.matches("\\d{1,18}")) {
            does(ctx, new AlertCommand.Unmute(Long.parseLong(id)));
        } else {
            show(ctx, 404, "Mute not found.", "");
        }
    }

    private void resolve(Context ctx) {
        requestAuth.admitAnywhere(ctx, Permission.LOCK);
        var id = ctx.pathParam("id");
        if (id.matches("\\d{1,18}")) {
            does(ctx, new AlertCommand.Resolve(Long.parseLong(id), field(ctx, "reason")));
        } else {
            show(ctx, 404, "There is no such alert.", "");
        }
    }

    private void redeliver(Context ctx) {
        var id = ctx.pathParam("id");
        if (id.matches("\\d{1,18}")) {
            does(ctx, new AlertCommand.Redeliver(Optional.of(Long.parseLong(id))));
        } else {
            show(ctx, 404, "Delivery not found.", "");
        }
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    private void does(Context ctx, AlertCommand command) {
        switch (commands.handle(command, requestAuth.caller(ctx, Optional.empty()))) {
            case Reply.Done(var message) -> show(ctx, 200, "", message);
            case Reply.Invalid invalid -> show(ctx, 422, invalid.line(), "");
            case Reply.NotFound(var message) -> show(ctx, 404, message, "");
            case Reply.Denied denied -> show(ctx, 403, denied.line(), "");
            case Reply.TooMany(var message, var _) -> show(ctx, 429, message, "");
            case Reply.Unavailable(var message) -> show(ctx, 503, message, "");
            case Reply.Conflict(var message) -> show(ctx, 409, message, "");
            case Reply.TooLate(var _, var message) -> show(ctx, 409, message, "");
            case Reply.Accepted _, Reply.Duplicate _, Reply.Scheduled _, Reply.Batched _, Reply.Detailed _ ->
                throw new IllegalStateException("a mute is not a run");
        }
    }

    private void show(Context ctx, int status, String wrong, String done) {
        requestAuth.admit(ctx, Permission.AUDIT);
        ctx.status(status);
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
                        open(ctx, now),
                        new Mutes(
                                alerts.mutes().stream().map(m -> line(m, now)).toList(),
                                requestAuth.mayAnywhere(ctx, Permission.LOCK),
                                wrong,
                                done),
                        found.size() == ROWS
                                ? "/notifications?" + chosen + "cursor="
                                        + found.getLast().id()
                                : "",
                        requestAuth.may(ctx, Permission.ADMIN),
                        trial(ctx)));
    }

    private OpenAlerts open(Context ctx, Instant now) {
        var visible = requestAuth.visibleEnvironments(ctx);
        return new OpenAlerts(
                alerts.open(e -> AlertRoutes.sees(visible, e), Optional.empty(), ROWS).stream()
                        .map(a -> line(a, now))
                        .toList(),
                alerts.count(e -> AlertRoutes.sees(visible, e)));
    }

    private static AlertLine line(Alert a, Instant now) {
        return new AlertLine(
                a.id(),
                a.item().severity().word(),
                a.item().title(),
                TextFormat.duration(Duration.between(a.standing().since(), now)),
                a.standing().acknowledgedBy().orElse("nobody"));
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

    private static MuteLine line(Silence m, Instant now) {
        return new MuteLine(
                m.id(),
                m.what(),
                m.by(),
                m.reason(),
                m.until()
                        .map(u -> "in " + TextFormat.duration(Duration.between(now, u)))
                        .orElse("never"),
                m.hidden());
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
