package dev.playcall.web.stream;

import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.http.TextConsole;
import dev.playcall.web.log.LogFiles;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;

/** What happens to runs, as it happens; somebody who watches is woken and reads by themselves. */
public final class StreamFeature implements RouteGroup, AutoCloseable {
    private final RunSignals signals = new RunSignals();
    private final WebContext web;
    private final LogFiles logs;

    public StreamFeature(WebContext web, LogFiles logs) {
        this.web = web;
        this.logs = logs;
    }

    @Override
    public void register(RoutesConfig routes) {
        web.journal().follow(signals);
        new EventStreams(web.journal(), signals, web.requestAuth(), web.secrets(), web.clock()).register(routes);
        new LogStreams(web.journal(), signals, logs, web.requestAuth(), web.secrets(), web.clock()).register(routes);
        new LogEventStream(web.journal(), signals, logs, web.requestAuth(), web.secrets()).register(routes);
    }

    /** What wakes those who watch runs. */
    public RunSignals signals() {
        return signals;
    }

    /** What terminals show of runs, woken by the same signals. */
    public RouteGroup cards(TextConsole console) {
        return new CardRoute(console, web, signals);
    }

    /** Ends every stream. */
    @Override
    public void close() {
        signals.close();
    }
}
