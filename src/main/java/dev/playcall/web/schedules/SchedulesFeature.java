package dev.playcall.web.schedules;

import dev.playcall.schedule.ScheduleStore;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;

/** Schedules of runs and of reports over HTTP. */
public final class SchedulesFeature implements RouteGroup {
    private final WebContext web;
    private final RunRoutes runs;
    private final ScheduleStore schedules;

    public SchedulesFeature(WebContext web, RunRoutes runs, ScheduleStore schedules) {
        this.web = web;
        this.runs = runs;
        this.schedules = schedules;
    }

    @Override
    public void register(RoutesConfig routes) {
        new ScheduleRoutes(schedules, web.commands(), web.requestAuth(), runs).register(routes);
        new ReportRoutes(schedules, web.journal(), web.commands(), web.requestAuth(), runs, web.clock())
                .register(routes);
    }
}
