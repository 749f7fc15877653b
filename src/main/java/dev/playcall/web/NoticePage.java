package dev.playcall.web;

import dev.playcall.notify.Delivery;
import dev.playcall.notify.Notifications;
import dev.playcall.notify.wording.Plain;
import dev.playcall.security.Permission;
import dev.playcall.web.pages.Chip;
import dev.playcall.web.pages.NotificationsView;
import dev.playcall.web.pages.NotificationsView.Line;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ledger of notifications as a page: what was told to whom, what died and why. */
final class NoticePage {
    private static final int ROWS = 50;

    private final Notifications notifications;
    private final Visitors visitors;
    private final Pages pages;
    private final Clock clock;

    NoticePage(Notifications notifications, Visitors visitors, Pages pages, Clock clock) {
        this.notifications = notifications;
        this.visitors = visitors;
        this.pages = pages;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get("/notifications", this::show);
    }

    private void show(Context ctx) {
        visitors.admit(ctx, Permission.AUDIT);
        var state = Params.text(ctx, "state").flatMap(Delivery.State::of);
        long cursor = Params.number(ctx, "cursor", 0, 0, Long.MAX_VALUE);
        var before = Optional.of(cursor).filter(c -> c > 0);
        var found = notifications.deliveries(state, Optional.empty(), before, ROWS);
        var now = clock.instant();
        var chosen = state.map(s -> "state=" + s.word() + "&").orElse("");
        pages.show(
                ctx,
                "notifications.jte",
                new NotificationsView(
                        found.stream().map(d -> line(d, now)).toList(),
                        states(state),
                        notifications.spared().keySet().stream().sorted().toList(),
                        found.size() == ROWS
                                ? "/notifications?" + chosen + "cursor="
                                        + found.getLast().id()
                                : "",
                        visitors.may(ctx, Permission.ADMIN)));
    }

    private List<Chip> states(Optional<Delivery.State> chosen) {
        var counts = notifications.counts();
        var chips = new ArrayList<Chip>();
        chips.add(new Chip("All", "/notifications", chosen.isEmpty()));
        Arrays.stream(Delivery.State.values())
                .map(s -> new Chip(
                        word(s) + " " + counts.getOrDefault(s, 0L),
                        "/notifications?state=" + s.word(),
                        chosen.filter(s::equals).isPresent()))
                .forEach(chips::add);
        return chips;
    }

    private static String word(Delivery.State state) {
        return switch (state) {
            case DUE -> "waiting";
            case SENDING -> "being sent";
            case DONE -> "delivered";
            case DEAD -> "given up";
            case MUTED -> "muted";
            case FOLDED -> "told with many";
        };
    }

    private static String tone(Delivery d) {
        return switch (d.state()) {
            case DUE -> d.tries() > 0 ? "wait" : "none";
            case SENDING -> "busy";
            case DONE -> "good";
            case DEAD -> "bad";
            case MUTED, FOLDED -> "none";
        };
    }

    private static Line line(Delivery d, Instant now) {
        var last = d.endedAt().orElse(d.createdAt());
        return new Line(
                d.id(),
                d.receiver(),
                Plain.headline(d.content()),
                word(d.state()),
                tone(d),
                Ages.ago(last, now),
                Json.time(last),
                d.tries(),
                d.reason(),
                d.state() == Delivery.State.DEAD || d.state() == Delivery.State.DONE);
    }
}
