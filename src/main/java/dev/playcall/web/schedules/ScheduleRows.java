package dev.playcall.web.schedules;

import dev.playcall.catalog.Catalog;
import dev.playcall.command.ScheduleCommand.ChangeSchedule.How;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.ScheduleRow;
import dev.playcall.web.pages.ScheduleRow.Last;
import dev.playcall.web.pages.ScheduleRow.Next;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.RunButtons;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What runs by itself, as far as this user may see it. */
public final class ScheduleRows {
    private static final int SHOWN = 5;

    private final ScheduleStore store;
    private final WaitReasons waitReasons;
    private final RequestAuth requestAuth;
    private final RunButtons runButtons;
    private final Context ctx;
    private final ZoneId zone;
    private final Instant now;

    public ScheduleRows(
            ScheduleStore store,
            Catalog catalog,
            WaitReasons waitReasons,
            RequestAuth requestAuth,
            Context ctx,
            ZoneId zone,
            Instant now) {
        this.store = store;
        this.waitReasons = waitReasons;
        this.requestAuth = requestAuth;
        this.runButtons = new RunButtons(catalog, requestAuth, ctx);
        this.ctx = ctx;
        this.zone = zone;
        this.now = now;
    }

    /** The next one first, those that will not come again last. */
    public List<ScheduleRow> rows() {
        var visible = requestAuth.visibleEnvironments(ctx);
        return store.all().stream()
                .filter(s -> ScheduleRoutes.sees(visible, s))
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
        var place = s.timing() instanceof ScheduleTiming.Repeated(var _, var own) ? own : zone;
        var times = s.paused().isPresent() ? List.<Next>of() : times(s, place);
        return new ScheduleRow(
                s.id(),
                s.name(),
                s.plan().words(),
                words(s.timing()),
                s.timing() instanceof ScheduleTiming.Repeated(var cron, var _) ? cron : "",
                TextFormat.zone(place),
                times,
                s.paused()
                        .map(p -> "paused by " + p.by().inText() + (p.reason().isBlank() ? "" : ": " + p.reason()))
                        .orElse(""),
                s.owner().inText(),
                s.plan().receiver().isEmpty() && s.channel().contains(":") ? s.channel() : "",
                s.missed().inWords(),
                s.jitter().isZero() ? "" : "random delay up to " + TextFormat.duration(s.jitter()),
                s.last()
                        .map(l -> new Last(
                                TextFormat.ago(l.time(), now),
                                JsonBodies.time(l.time()),
                                besideLink(l),
                                l.run().orElse(0L))),
                actions(s));
    }

    /** What is said of its last time beside the link to the run, which names the run already. */
    static String besideLink(Schedule.Last last) {
        return last.run().filter(run -> last.words().equals("#" + run)).isPresent() ? "" : last.words();
    }

    private static String words(ScheduleTiming scheduleTiming) {
        var words = scheduleTiming.words();
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** The next times, each with the freeze it falls into; a report is told in any case. */
    private List<Next> times(Schedule s, ZoneId place) {
        var times = new ArrayList<Next>();
        var at = s.next();
        while (at.isPresent() && times.size() < SHOWN) {
            var frozen = s.plan().isReport()
                    ? ""
                    : waitReasons.frozen(environment(s), at.get()).orElse("");
            times.add(next(at.get(), place, now, frozen));
            at = s.timing().after(at.get());
        }
        return times;
    }

    /** A time to come, as pages show it. */
    public static Next next(Instant at, ZoneId zone, Instant now, String frozen) {
        return new Next(
                TextFormat.weekdayOnly(at, zone),
                JsonBodies.time(at),
                Math.max(0, Duration.between(now, at).toSeconds()),
                TextFormat.until(at, now),
                frozen);
    }

    private List<ActionForm> actions(Schedule s) {
        var path = "/schedules/" + s.id();
        var schedulePlan = s.plan();
        var what = schedulePlan.words();
        var responder = new ArrayList<ActionForm>();
        if (!schedulePlan.isReport()) {
            responder.add(new ActionForm("Run now", path + "/run", "", "Run " + what + " now?", running(s)));
        }
        responder.add(
                s.paused().isPresent()
                        ? new ActionForm("Resume", path + "/resume", "", "", requestAuth.whyNot(ctx, s, How.RESUME))
                        : new ActionForm("Pause", path + "/pause", "", "", requestAuth.whyNot(ctx, s, How.PAUSE)));
        responder.add(new ActionForm(
                "Remove",
                path + "/remove",
                "danger",
                "Remove schedule " + s.called() + ", " + what + "? This cannot be undone.",
                requestAuth.whyNot(ctx, s, How.REMOVE)));
        return responder;
    }

    private String running(Schedule s) {
        var schedulePlan = s.plan();
        return Operation.isValid(schedulePlan.operation())
                ? runButtons.denied(
                        new Operation(schedulePlan.operation()),
                        environment(s),
                        schedulePlan.playbook().orElse(""))
                : "the operation no longer exists";
    }
}
