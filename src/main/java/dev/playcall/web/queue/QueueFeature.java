package dev.playcall.web.queue;

import dev.playcall.command.run.WaitReasons;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Supplier;

/** The queue: what runs, what waits and why, what runs by itself. */
public final class QueueFeature implements RouteGroup {
    private final WebContext web;
    private final RunRoutes runs;
    private final ScheduleStore schedules;
    private final WaitReasons waitReasons;
    private final ZoneId zone;
    private final Supplier<Set<String>> receivers;

    /** @param receivers of notifications, which can get reports */
    public QueueFeature(
            WebContext web,
            RunRoutes runs,
            ScheduleStore schedules,
            WaitReasons waitReasons,
            ZoneId zone,
            Supplier<Set<String>> receivers) {
        this.web = web;
        this.runs = runs;
        this.schedules = schedules;
        this.waitReasons = waitReasons;
        this.zone = zone;
        this.receivers = receivers;
    }

    @Override
    public void register(RoutesConfig routes) {
        new QueueRoutes(web.commands(), web.requestAuth(), runs).register(routes);
        new QueuePageRoutes(schedules, web.catalogs(), web.journal(), waitReasons, zone, receivers, web)
                .register(routes);
    }
}
