package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.command.RunsAsked;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.journal.Cost;
import dev.playcall.journal.Forecast;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.Vault;
import dev.playcall.web.openapi.HistorySaid;
import dev.playcall.web.openapi.QueueSaid;
import dev.playcall.web.openapi.RunsSaid;
import dev.playcall.web.openapi.StreamsSaid;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Runs over HTTP. */
final class RunRoutes {
    private final RunJournal journal;
    private final Desk desk;
    private final Visitors visitors;
    private final LogFiles logs;
    private final StartBody body;
    private final Vault vault;
    private final Clock clock;

    RunRoutes(RunJournal journal, Desk desk, Visitors visitors, LogFiles logs, Vault vault, Clock clock) {
        this.journal = journal;
        this.desk = desk;
        this.visitors = visitors;
        this.logs = logs;
        this.body = new StartBody(vault);
        this.vault = vault;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/runs", RunsSaid.RUNS, this::list);
        api.post("/api/v1/runs", RunsSaid.START, this::start);
        api.get(
                "/api/v1/runs/export",
                HistorySaid.RUN_EXPORT,
                new RunExport(journal.read(), visitors, vault, clock)::send);
        api.get("/api/v1/runs/{id}", RunsSaid.RUN, ctx -> Json.send(ctx, full(find(ctx))));
        api.get("/api/v1/runs/{id}/hosts", RunsSaid.RUN_HOSTS, this::hosts);
        api.get("/api/v1/runs/{id}/log", StreamsSaid.RUN_LOG, ctx -> logs.send(ctx, find(ctx)));
        api.post("/api/v1/runs/{id}/cancel", RunsSaid.CANCEL, ctx -> deed(ctx, Command.Cancel::new));
        api.post("/api/v1/runs/{id}/pause", RunsSaid.PAUSE, this::pause);
        api.post("/api/v1/runs/{id}/resume", RunsSaid.RESUME, ctx -> deed(ctx, Command.ResumeRun::new));
        api.post("/api/v1/runs/{id}/retry", RunsSaid.RETRY, ctx -> again(ctx, Command.Retry::new));
        api.post("/api/v1/runs/{id}/rerun", RunsSaid.RERUN, ctx -> again(ctx, Command.Rerun::new));
        api.post("/api/v1/runs/{id}/approve", RunsSaid.APPROVE, ctx -> deed(ctx, Command.Approve::new));
        api.post("/api/v1/runs/{id}/reject", RunsSaid.REJECT, this::reject);
        api.post("/api/v1/runs/{id}/pin", RunsSaid.PIN, this::pin);
        api.delete("/api/v1/runs/{id}/pin", RunsSaid.DROP_RUN_PIN, ctx -> deed(ctx, Command.Unpin::new));
        api.get("/api/v1/queue", QueueSaid.QUEUE, this::queue);
    }

    private Run find(Context ctx) {
        return visitors.run(ctx);
    }

    private JsonNode full(Run run) {
        var history = journal.read().history();
        var node = RunJson.full(run, journal.read().hosts(run.id()), clock.instant());
        RunJson.cost(node, history.costs(List.of(run.id())).getOrDefault(run.id(), Cost.UNKNOWN));
        RunJson.pin(node, history.pin(run.id()));
        return node;
    }

    private void list(Context ctx) {
        var page = journal.read().list(visitors.narrowed(ctx, Params.query(ctx)));
        var node = Json.object();
        var runs = node.putArray("runs");
        page.runs().forEach(r -> runs.add(RunJson.brief(r, clock.instant())));
        node.put("next_cursor", page.next().map(Object::toString).orElse(null));
        Json.send(ctx, node);
    }

    private void queue(Context ctx) {
        visitors.admit(ctx);
        var sight = visitors.sight(ctx);
        var node = Json.object();
        var running = node.putArray("running");
        var now = clock.instant();
        var forecast = new Forecast(journal.read());
        var working = journal.read().running();
        working.stream()
                .filter(r -> sight.sees(r.request().environment()))
                .forEach(r -> running.add(RunJson.expected(RunJson.brief(r, now), forecast.of(r))));
        var waiting = node.putArray("waiting");
        Map<String, Integer> positions = new HashMap<>();
        var queue = journal.read().queue();
        for (var run : queue) {
            var brief = RunJson.expected(RunJson.brief(run, now), forecast.of(run));
            brief.put(
                    "starts_in",
                    forecast.startsIn(run, queue, working, now)
                            .map(Json::seconds)
                            .orElse(null));
            brief.put("position", positions.merge(run.request().lock(), 1, Integer::sum));
            if (sight.sees(run.request().environment())) {
                waiting.add(brief);
            }
        }
        Json.send(ctx, node);
    }

    private void hosts(Context ctx) {
        var node = Json.object();
        var run = find(ctx);
        node.set(
                "hosts",
                RunJson.hosts(journal.read().hosts(run.id()), run.state().isFinal()));
        Json.send(ctx, node);
    }

    private void start(Context ctx) throws JsonProcessingException {
        var wish = body.wish(Json.body(ctx), Set.of());
        answer(ctx, desk.handle(wish, visitors.caller(ctx, key(ctx))), wish);
    }

    static Optional<String> key(Context ctx) {
        var key = Optional.ofNullable(ctx.header("Idempotency-Key"))
                .map(String::strip)
                .filter(k -> !k.isEmpty());
        if (key.filter(k -> k.length() > 200).isPresent()) {
            throw ProblemException.badRequest("Idempotency-Key", "an idempotency key may have 200 characters");
        }
        return key;
    }

    private void deed(Context ctx, Function<RunId, Command> command) {
        var wish = command.apply(Params.run(ctx));
        answer(ctx, desk.handle(wish, visitors.caller(ctx, key(ctx))), wish);
    }

    private void again(Context ctx, BiFunction<RunId, Command.Why, Command> command) throws JsonProcessingException {
        if (ctx.bodyAsBytes().length == 0) {
            deed(ctx, run -> command.apply(run, Command.Why.SAME));
            return;
        }
        var body = Body.of(ctx, "reason", "override");
        var why = new Command.Why(body.text("reason", ""), body.text("override", ""));
        deed(ctx, run -> command.apply(run, why));
    }

    private void reject(Context ctx) throws JsonProcessingException {
        var reason = ctx.bodyAsBytes().length == 0
                ? ""
                : StartBody.optional(Json.body(ctx), "reason").orElse("");
        deed(ctx, run -> new Command.Reject(run, reason));
    }

    private void pause(Context ctx) throws JsonProcessingException {
        var reason = ctx.bodyAsBytes().length == 0
                ? ""
                : StartBody.optional(Json.body(ctx), "reason").orElse("");
        deed(ctx, run -> new Command.PauseRun(run, reason));
    }

    private void pin(Context ctx) throws JsonProcessingException {
        var reason = StartBody.required(Json.body(ctx), "reason");
        deed(ctx, run -> new Command.Pin(run, reason));
    }

    /** What the desk said of something that makes a run or changes one. */
    void answer(Context ctx, Reply reply, Command wish) {
        switch (reply) {
            case Reply.Accepted(var run) -> send(ctx, run, RunsAsked.makesRun(wish) ? 201 : 200);
            case Reply.Done(var message) -> Json.send(ctx, Json.object().put("message", message));
            case Reply.Again(var run) -> again(ctx, run, wish);
            case Reply.Told told -> Json.send(ctx, LibraryRoutes.json(told));
            case Reply.Scheduled _, Reply.Batched _ -> throw new IllegalStateException("that is more than a run");
            case Reply.Invalid invalid -> throw ProblemException.badRequest(invalid.field(), invalid.line());
            case Reply.NotFound(var message) -> throw ProblemException.notFound(message);
            case Reply.TooLate(var _, var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.TooMany(var message, var after) -> {
                ctx.header("Retry-After", Long.toString(after.toSeconds()));
                throw new ProblemException(429, message, Optional.empty());
            }
            case Reply.Taken(var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
        }
    }

    /** A key that comes with another wish is a mistake of the client, and must not look like success. */
    private void again(Context ctx, Run run, Command wish) {
        if (wish instanceof Command.Start start && !same(start, run.request())) {
            throw new ProblemException(
                    422,
                    "this idempotency key belongs to run " + run.id() + ", which is another request",
                    Optional.of("Idempotency-Key"));
        }
        send(ctx, run, 200);
    }

    static boolean same(Command.Start wish, RunRequest run) {
        return run.operation().value().equals(wish.operation())
                && run.environment().value().equals(wish.environment())
                && run.limit().equals(wish.limit().strip())
                && run.tags().equals(wish.tags())
                && run.check() == wish.check()
                && run.diff() == wish.diff()
                && run.name().equals(wish.name().strip())
                && run.description().equals(wish.description().strip())
                && wish.variables().entrySet().stream().allMatch(v -> sameValue(v.getValue(), run, v.getKey()));
    }

    /** A run also holds defaults, so only what was given can be compared; lists are written in more than one way. */
    private static boolean sameValue(Object given, RunRequest run, String name) {
        var value = run.variables().get(name);
        return value != null
                && (given instanceof List
                        || (value instanceof Value.Secret && given instanceof Value.Secret)
                        || value instanceof Value.Items
                        || value.display().equals(String.valueOf(given)));
    }

    private void send(Context ctx, Run run, int status) {
        ctx.status(status).header("Location", "/api/v1/runs/" + run.id().value());
        Json.send(ctx, full(run));
    }
}
