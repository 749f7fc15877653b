package dev.playcall.web.runs;

import dev.playcall.domain.Timeline;
import dev.playcall.domain.name.RunId;
import dev.playcall.notify.event.Delivery;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.function.LongFunction;

/** Runs and batches of them: the list, one run, and what can be done to it. */
public final class RunsFeature implements RouteGroup {
    private final WebContext web;
    private final RunRoutes runs;
    private final Timelines timelines;
    private final LongFunction<List<Delivery>> deliveries;

    /** @param deliveries what was sent, or is to be, about the run of this number */
    public RunsFeature(WebContext web, RunRoutes runs, Timelines timelines, LongFunction<List<Delivery>> deliveries) {
        this.web = web;
        this.runs = runs;
        this.timelines = timelines;
        this.deliveries = deliveries;
    }

    @Override
    public void register(RoutesConfig routes) {
        runs.register(routes);
        new RunForms(web.commands(), web.requestAuth(), web.flash()).register(routes);
        new RunPageRoutes(web, timelines, deliveries).register(routes);
        new BatchRoutes(web.journal().read().batches(), web.commands(), web.requestAuth(), runs, web.clock())
                .register(routes);
        new BatchPages(web).register(routes);
        new ContentRoutes(web.commands(), web.requestAuth(), runs).register(routes);
    }

    /** Knows what each run did, task by task. */
    @FunctionalInterface
    public interface Timelines {
        /** Empty where nothing is known of it (any more). */
        Timeline of(RunId run);
    }
}
