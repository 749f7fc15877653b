package dev.playcall.web.queue;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.ScheduleCommand.ChangeSchedule.How;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.RunJournal;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.web.http.Flash;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.Results;
import dev.playcall.web.schedules.ScheduleRows;
import dev.playcall.web.security.Pages;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.RunButtons;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The page of what waits and of what runs by itself; every button on it is a form that needs no script. */
final class QueuePageRoutes {
    private static final String PAGE = "/queue";

    private final ScheduleStore schedules;
    private final Catalogs catalogs;
    private final RunJournal journal;
    private final WaitReasons waitReasons;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final Supplier<Set<String>> receivers;
    private final Pages pages;
    private final Flash flash;
    private final ZoneId zone;
    private final Clock clock;

    /**
     * @param zone of times that have none of their own
     * @param receivers of notifications, which can get reports
     */
    QueuePageRoutes(
            ScheduleStore schedules,
            Catalogs catalogs,
            RunJournal journal,
            WaitReasons waitReasons,
            ZoneId zone,
            Supplier<Set<String>> receivers,
            WebContext context) {
        this.schedules = schedules;
        this.catalogs = catalogs;
        this.journal = journal;
        this.waitReasons = waitReasons;
        this.commands = context.commands();
        this.requestAuth = context.requestAuth();
        this.pages = context.pages();
        this.flash = context.flash();
        this.zone = zone;
        this.receivers = receivers;
        this.clock = context.clock();
    }

    void register(RoutesConfig routes) {
        routes.get(PAGE, this::show);
        routes.get("/schedules", ctx -> ctx.redirect(PAGE + "#schedules", HttpStatus.SEE_OTHER));
        routes.post(
                PAGE + "/pause",
                ctx -> does(ctx, new QueueCommand.Pause(field(ctx, "what"), field(ctx, "reason")), ""));
        routes.post(PAGE + "/resume", ctx -> does(ctx, new QueueCommand.Resume(field(ctx, "what")), ""));
        routes.post(PAGE + "/reports", ctx -> does(ctx, report(ctx), "#schedules"));
        routes.post("/schedules/{id}/pause", ctx -> change(ctx, How.PAUSE));
        routes.post("/schedules/{id}/resume", ctx -> change(ctx, How.RESUME));
        routes.post("/schedules/{id}/remove", ctx -> change(ctx, How.REMOVE));
        routes.post("/schedules/{id}/run", ctx -> does(ctx, new ScheduleCommand.RunSchedule(id(ctx)), "#schedules"));
    }

    private void show(Context ctx) {
        requestAuth.admit(ctx);
        var now = clock.instant();
        var rows = new ScheduleRows(schedules, catalogs.current(), waitReasons, requestAuth, ctx, zone, now);
        var page = new QueuePage(journal.read(), requestAuth.visibleEnvironments(ctx), waitReasons, now);
        pages.show(
                ctx,
                "queue/queue.jte",
                page.view(
                        rows.rows(),
                        new RunButtons(catalogs.current(), requestAuth, ctx),
                        requestAuth,
                        ctx,
                        form(ctx)));
    }

    private QueueView.Report form(Context ctx) {
        var visible = requestAuth.visibleEnvironments(ctx);
        var environments = catalogs.current().environments().keySet().stream()
                .filter(visible::sees)
                .map(EnvironmentName::value)
                .sorted();
        return new QueueView.Report(
                environments.toList(), receivers.get().stream().sorted().toList());
    }

    private static ReportCommand.AddReport report(Context ctx) {
        return new ReportCommand.AddReport(
                field(ctx, "every"),
                field(ctx, "every").equals("daily") ? "" : field(ctx, "day"),
                field(ctx, "at"),
                "",
                "",
                field(ctx, "environment"),
                field(ctx, "channel"),
                field(ctx, "receiver"));
    }

    private static String field(Context ctx, String name) {
        return Forms.text(ctx, name).orElse("").strip();
    }

    private static long id(Context ctx) {
        return Params.schedule(ctx);
    }

    private void change(Context ctx, How how) {
        does(ctx, new ScheduleCommand.ChangeSchedule(id(ctx), how, field(ctx, "reason")), "#schedules");
    }

    /** The command handler knows who may; what it says is shown where the browser is led. */
    private void does(Context ctx, Command command, String place) {
        var reply = commands.handle(command, requestAuth.caller(ctx, Optional.empty()));
        flash.set(ctx, Results.of(reply));
        ctx.redirect(
                reply instanceof Reply.Accepted(var run) ? "/runs/" + run.id().value() : PAGE + place,
                HttpStatus.SEE_OTHER);
    }
}
