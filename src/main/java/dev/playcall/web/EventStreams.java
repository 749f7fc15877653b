package dev.playcall.web;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.Vault;
import dev.playcall.web.openapi.StreamsSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events. Each watcher has the virtual thread of its request, which reads the journal and writes at the pace of
 * its client: one that does not read holds up only itself, until the connection's idle time ends it.
 */
final class EventStreams {
    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final RunJournal journal;
    private final RunSignals signals;
    private final Visitors visitors;
    private final Vault vault;
    private final Clock clock;

    EventStreams(RunJournal journal, RunSignals signals, Visitors visitors, Vault vault, Clock clock) {
        this.journal = journal;
        this.signals = signals;
        this.visitors = visitors;
        this.vault = vault;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/runs/{id}/events", StreamsSaid.RUN_EVENTS, this::run);
        api.get("/api/v1/events", StreamsSaid.EVENTS, this::all);
    }

    private void run(Context ctx) throws InterruptedException {
        var id = visitors.id(ctx);
        var header = ctx.header("Last-Event-ID");
        long after = header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : 0;
        try (var watch = signals.watch(visitors.visitor(ctx).person(), Optional.of(id))) {
            follow(new SseWriter(ctx, vault::redact), watch, visitors.visitor(ctx), id, after);
        } catch (IOException e) {
            log.debug("A watcher of {} went away: {}", id, e.toString());
        }
    }

    /** Everything that happened to one run, then what happens; ends with the run. */
    private void follow(SseWriter out, RunSignals.Watch watch, Visitor visitor, RunId id, long after)
            throws IOException, InterruptedException {
        long last = after;
        Optional<Run> told = Optional.empty();
        while (watch.isOpen() && visitors.isWelcome(visitor)) {
            var run = journal.read().find(id); // before the entries: those of a run that has ended are complete
            for (var entry : journal.read().entries(id)) {
                if (entry.sequence() > last) {
                    out.event(EventJson.name(entry.event()), entry.sequence(), EventJson.of(entry));
                    last = entry.sequence();
                }
            }
            if (run.isPresent() && !run.equals(told)) {
                out.event("run", RunJson.brief(run.get(), clock.instant()));
                told = run;
            }
            if (run.isEmpty() || run.get().state().isFinal()) {
                out.event("end", Json.object());
                return;
            }
            if (!watch.await(QUIET)) {
                out.comment("still here");
            }
        }
    }

    /** That something changed somewhere, for pages that show everything: they ask again for what they show. */
    private void all(Context ctx) throws InterruptedException {
        visitors.admit(ctx);
        try (var watch = signals.watch(visitors.visitor(ctx).person(), Optional.empty())) {
            var out = new SseWriter(ctx, vault::redact);
            out.comment("listening");
            while (watch.isOpen() && visitors.isWelcome(visitors.visitor(ctx))) {
                if (watch.await(QUIET)) {
                    out.event("change", Json.object().put("at", Json.time(clock.instant())));
                } else {
                    out.comment("still here");
                }
            }
        } catch (IOException e) {
            log.debug("A watcher went away: {}", e.toString());
        }
    }
}
