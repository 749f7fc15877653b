package dev.playcall.web;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Command;
import dev.playcall.command.Command.ChangeSchedule.How;
import dev.playcall.command.Desk;
import dev.playcall.command.Outlook;
import dev.playcall.command.Reply;
import dev.playcall.journal.RunJournal;
import dev.playcall.schedule.ScheduleStore;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;

/** The page of what waits and of what runs by itself; every button on it is a form that needs no script. */
final class WaitingRoutes {
    private static final String PAGE = "/queue";

    private final ScheduleStore schedules;
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final Outlook outlook;
    private final Desk desk;
    private final Visitors visitors;
    private final Pages pages;
    private final Flash flash;
    private final ZoneId zone;
    private final Clock clock;

    /** @param zone of times that have none of their own */
    WaitingRoutes(
            ScheduleStore schedules,
            Catalogs catalogs,
            RunJournal journal,
            Outlook outlook,
            Desk desk,
            Visitors visitors,
            Pages pages,
            Flash flash,
            ZoneId zone,
            Clock clock) {
        this.schedules = schedules;
        this.catalogs = catalogs;
        this.journal = journal;
        this.outlook = outlook;
        this.desk = desk;
        this.visitors = visitors;
        this.pages = pages;
        this.flash = flash;
        this.zone = zone;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        routes.get(PAGE, this::show);
        routes.get("/schedules", ctx -> ctx.redirect(PAGE + "#schedules", HttpStatus.SEE_OTHER));
        routes.post(PAGE + "/pause", ctx -> does(ctx, new Command.Pause(field(ctx, "what"), field(ctx, "reason")), ""));
        routes.post(PAGE + "/resume", ctx -> does(ctx, new Command.Resume(field(ctx, "what")), ""));
        routes.post("/schedules/{id}/pause", ctx -> change(ctx, How.PAUSE));
        routes.post("/schedules/{id}/resume", ctx -> change(ctx, How.RESUME));
        routes.post("/schedules/{id}/remove", ctx -> change(ctx, How.REMOVE));
        routes.post("/schedules/{id}/run", ctx -> does(ctx, new Command.RunSchedule(id(ctx)), "#schedules"));
    }

    private void show(Context ctx) {
        visitors.admit(ctx);
        var now = clock.instant();
        var rows = new ScheduleRows(schedules, catalogs.current(), outlook, visitors, ctx, zone, now);
        var page = new QueuePage(journal.read(), visitors.sight(ctx), outlook, now);
        pages.show(
                ctx, "queue.jte", page.view(rows.rows(), new Acts(catalogs.current(), visitors, ctx), visitors, ctx));
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    private static long id(Context ctx) {
        return Params.run(ctx).value();
    }

    private void change(Context ctx, How how) {
        does(ctx, new Command.ChangeSchedule(id(ctx), how, field(ctx, "reason")), "#schedules");
    }

    /** The desk knows who may; what it says is shown where the browser is led. */
    private void does(Context ctx, Command wish, String place) {
        var reply = desk.handle(wish, visitors.caller(ctx, Optional.empty()));
        flash.say(ctx, Replied.of(reply));
        ctx.redirect(
                reply instanceof Reply.Accepted(var run) ? "/runs/" + run.id().value() : PAGE + place,
                HttpStatus.SEE_OTHER);
    }
}
