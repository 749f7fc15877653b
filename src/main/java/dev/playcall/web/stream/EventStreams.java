package dev.playcall.web.stream;

import dev.playcall.domain.Run;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.secret.SecretService;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.WebCaller;
import dev.playcall.web.runs.RunJson;
import dev.playcall.web.security.RequestAuth;
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
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final RunJournal journal;
    private final RunSignals signals;
    private final RequestAuth requestAuth;
    private final SecretService secrets;
    private final Clock clock;

    EventStreams(RunJournal journal, RunSignals signals, RequestAuth requestAuth, SecretService secrets, Clock clock) {
        this.journal = journal;
        this.signals = signals;
        this.requestAuth = requestAuth;
        this.secrets = secrets;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/runs/{id}/events", this::run);
        api.get("/api/v1/events", this::all);
    }

    private void run(Context ctx) throws InterruptedException {
        var id = requestAuth.id(ctx);
        var header = ctx.header("Last-Event-ID");
        long after = header != null && header.matches("\\d{1,18}") ? Long.parseLong(header) : 0;
        try (var watch = signals.watch(requestAuth.webCaller(ctx).person(), Optional.of(id))) {
            follow(new SseWriter(ctx, secrets::redact), watch, requestAuth.webCaller(ctx), id, after);
        } catch (IOException e) {
            log.debug("A client following {} disconnected: {}", id, e.toString());
        }
    }

    /** Everything that happened to one run, then what happens; ends with the run. */
    private void follow(SseWriter out, RunSignals.Watch watch, WebCaller webCaller, RunId id, long after)
            throws IOException, InterruptedException {
        long last = after;
        Optional<Run> sent = Optional.empty();
        while (watch.isOpen() && requestAuth.isWelcome(webCaller)) {
            var run = journal.read().find(id); // before the entries: those of a run that has ended are complete
            for (var entry : journal.read().entries(id)) {
                if (entry.sequence() > last) {
                    out.event(entry.event().word(), entry.sequence(), EventJson.of(entry));
                    last = entry.sequence();
                }
            }
            if (run.isPresent() && !run.equals(sent)) {
                out.event("run", RunJson.brief(run.get(), clock.instant()));
                sent = run;
            }
            if (run.isEmpty() || run.get().state().isFinal()) {
                out.event("end", JsonBodies.object());
                return;
            }
            if (!watch.await(KEEP_ALIVE)) {
                out.comment("still here");
            }
        }
    }

    /** That something changed somewhere, for pages that show everything: they ask again for what they show. */
    private void all(Context ctx) throws InterruptedException {
        requestAuth.admit(ctx);
        try (var watch = signals.watch(requestAuth.webCaller(ctx).person(), Optional.empty())) {
            var out = new SseWriter(ctx, secrets::redact);
            out.comment("listening");
            while (watch.isOpen() && requestAuth.isWelcome(requestAuth.webCaller(ctx))) {
                if (watch.await(KEEP_ALIVE)) {
                    out.event("change", JsonBodies.object().put("at", JsonBodies.time(clock.instant())));
                } else {
                    out.comment("still here");
                }
            }
        } catch (IOException e) {
            log.debug("A client disconnected: {}", e.toString());
        }
    }
}
