package dev.playcall.web;

import dev.playcall.catalog.Catalog;
import dev.playcall.command.Command.ChangeSchedule.How;
import dev.playcall.command.Outlook;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Operation;
import dev.playcall.schedule.Missed;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.Times;
import dev.playcall.schedule.Timing;
import dev.playcall.web.pages.Deed;
import dev.playcall.web.pages.ScheduleRow;
import dev.playcall.web.pages.ScheduleRow.Last;
import dev.playcall.web.pages.ScheduleRow.Next;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What runs by itself, as far as this visitor may see it. */
final class ScheduleRows {
    private static final int SHOWN = 5;

    private final ScheduleStore store;
    private final Outlook outlook;
    private final Visitors visitors;
    private final Acts acts;
    private final Context ctx;
    private final ZoneId zone;
    private final Instant now;

    ScheduleRows(
            ScheduleStore store,
            Catalog catalog,
            Outlook outlook,
            Visitors visitors,
            Context ctx,
            ZoneId zone,
            Instant now) {
        this.store = store;
        this.outlook = outlook;
        this.visitors = visitors;
        this.acts = new Acts(catalog, visitors, ctx);
        this.ctx = ctx;
        this.zone = zone;
        this.now = now;
    }

    /** The next one first, those that will not come again last. */
    List<ScheduleRow> rows() {
        var sight = visitors.sight(ctx);
        return store.all().stream()
                .filter(s -> ScheduleRoutes.sees(sight, s))
                .sorted(java.util.Comparator.comparing(ScheduleRows::order).thenComparingLong(Schedule::id))
                .map(this::row)
                .toList();
    }

    private static Instant order(Schedule s) {
        return s.paused().isPresent() ? Instant.MAX : s.next().orElse(Instant.MAX);
    }

    private static EnvironmentName environment(Schedule s) {
        return new EnvironmentName(s.plan().environment());
    }

    private ScheduleRow row(Schedule s) {
        var place = s.timing() instanceof Timing.Repeated(var _, var own) ? own : zone;
        var times = s.paused().isPresent() ? List.<Next>of() : times(s, place);
        return new ScheduleRow(
                s.id(),
                s.plan().words(),
                words(s.timing()),
                s.timing() instanceof Timing.Repeated(var cron, var _) ? cron : "",
                named(place),
                times,
                s.paused()
                        .map(p -> "paused by " + p.by() + (p.reason().isBlank() ? "" : ": " + p.reason()))
                        .orElse(""),
                s.owner().value(),
                s.channel().contains(":") ? s.channel() : "",
                missed(s.missed()),
                s.jitter().isZero()
                        ? ""
                        : "up to " + Ages.span(s.jitter()).replace(" 00s", "").replace(" 00m", "") + " later",
                s.last()
                        .map(l -> new Last(
                                Ages.ago(l.time(), now),
                                Json.time(l.time()),
                                besideLink(l),
                                l.run().orElse(0L))),
                deeds(s));
    }

    /** What is said of its last time beside the link to the run, which names the run already. */
    static String besideLink(Schedule.Last last) {
        return last.run().filter(run -> last.words().equals("#" + run)).isPresent() ? "" : last.words();
    }

    private static String named(ZoneId zone) {
        return zone instanceof ZoneOffset offset && offset.getTotalSeconds() == 0 ? "UTC" : zone.getId();
    }

    private static String words(Timing timing) {
        var words = timing.words();
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The next times, each with the freeze it falls into; a report is told in any case. */
    private List<Next> times(Schedule s, ZoneId place) {
        var times = new ArrayList<Next>();
        var at = s.next();
        while (at.isPresent() && times.size() < SHOWN) {
            var frozen = s.plan().isReport()
                    ? ""
                    : outlook.frozen(environment(s), at.get()).orElse("");
            times.add(next(at.get(), place, now, frozen));
            at = s.timing().after(at.get());
        }
        return times;
    }

    /** A time to come, as pages show it. */
    static Next next(Instant at, ZoneId zone, Instant now, String frozen) {
        return new Next(
                Times.brief(at, zone),
                Json.time(at),
                Math.max(0, Duration.between(now, at).toSeconds()),
                Ages.until(at, now),
                frozen);
    }

    private static String missed(Missed missed) {
        return switch (missed.most()) {
            case 0 -> "left out";
            case 1 -> "made up for once";
            default -> "made up for, " + missed.most() + " at most";
        };
    }

    private List<Deed> deeds(Schedule s) {
        var path = "/schedules/" + s.id();
        var plan = s.plan();
        var what = plan.words();
        var deeds = new ArrayList<Deed>();
        if (!plan.isReport()) {
            deeds.add(new Deed("Run now", path + "/run", "", "Run " + what + " now?", running(s)));
        }
        deeds.add(
                s.paused().isPresent()
                        ? new Deed("Go on", path + "/resume", "", "", visitors.whyNot(ctx, s, How.RESUME))
                        : new Deed("Pause", path + "/pause", "", "", visitors.whyNot(ctx, s, How.PAUSE)));
        deeds.add(new Deed(
                "Remove",
                path + "/remove",
                "danger",
                "Remove schedule " + s.id() + ", " + what + "? It cannot be brought back.",
                visitors.whyNot(ctx, s, How.REMOVE)));
        return deeds;
    }

    private String running(Schedule s) {
        var plan = s.plan();
        return Operation.isValid(plan.operation())
                ? acts.denied(
                        new Operation(plan.operation()),
                        environment(s),
                        plan.playbook().orElse(""))
                : "there is no such operation any more";
    }
}
