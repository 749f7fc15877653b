package dev.playcall.web.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.command.RunCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.RequestedRuns;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.History.RunCost;
import dev.playcall.journal.QueueForecast;
import dev.playcall.journal.Repeats;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.journal.node.LostContact;
import dev.playcall.security.access.Permission;
import dev.playcall.security.secret.SecretService;
import dev.playcall.security.secret.SecretText;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Body;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.log.LogFiles;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** HTTP routes that start, list and show runs and act on them. */
public final class RunRoutes {
    /** Of a run in a list at most so many hosts are told. */
    private static final int MOST_HOSTS = 50;

    private static final int QUEUED = 200;
    private static final int MOST_QUEUED = 1_000;

    private final RunJournal journal;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final LogFiles logs;
    private final SecretService secrets;
    private final Clock clock;

    public RunRoutes(WebContext web, LogFiles logs) {
        this.journal = web.journal();
        this.commands = web.commands();
        this.requestAuth = web.requestAuth();
        this.logs = logs;
        this.secrets = web.secrets();
        this.clock = web.clock();
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/runs", this::list);
        api.post("/api/v1/runs", requestAuth::onStart, this::start);
        api.get("/api/v1/runs/export", new RunExport(journal.read(), requestAuth, secrets, clock)::send);
        api.get("/api/v1/runs/{id}", ctx -> JsonBodies.send(ctx, full(find(ctx))));
        api.get("/api/v1/runs/{id}/hosts", this::hosts);
        api.get("/api/v1/runs/{id}/hosts/{host}/log", this::hostLog);
        api.get("/api/v1/runs/{id}/log", ctx -> logs.send(ctx, find(ctx)));
        api.post(
                "/api/v1/runs/{id}/cancel",
                requestAuth.onRun(Permission.CANCEL),
                ctx -> act(ctx, RunCommand.Cancel::new));
        api.post("/api/v1/runs/{id}/pause", requestAuth.onRun(Permission.CANCEL), this::pause);
        api.post(
                "/api/v1/runs/{id}/resume",
                requestAuth.onRun(Permission.CANCEL),
                ctx -> act(ctx, RunCommand.ResumeRun::new));
        api.post("/api/v1/runs/{id}/retry", requestAuth.onRun(Permission.START), this::retry);
        api.post(
                "/api/v1/runs/{id}/rerun",
                requestAuth.onRun(Permission.START),
                ctx -> again(ctx, RunCommand.Rerun::new));
        api.post(
                "/api/v1/runs/{id}/approve",
                requestAuth.onRun(Permission.APPROVE),
                ctx -> act(ctx, RunCommand.Approve::new));
        api.post("/api/v1/runs/{id}/reject", requestAuth.onRun(Permission.APPROVE), this::reject);
        api.post("/api/v1/runs/{id}/pin", requestAuth.onRun(Permission.START), this::pin);
        api.delete(
                "/api/v1/runs/{id}/pin", requestAuth.onRun(Permission.START), ctx -> act(ctx, RunCommand.Unpin::new));
        api.get("/api/v1/queue", this::queue);
    }

    private Run find(Context ctx) {
        return requestAuth.run(ctx);
    }

    private JsonNode full(Run run) {
        var history = journal.read().history();
        var node = RunJson.full(run, journal.read().hosts(run.id()), clock.instant());
        RunJson.contact(node, LostContact.now(journal.read().nodes()).of(run));
        RunJson.repeats(node, Repeats.of(run, journal.read()));
        RunJson.cost(node, history.costs(List.of(run.id())).getOrDefault(run.id(), RunCost.UNKNOWN));
        RunJson.pin(node, history.pin(run.id()));
        return node;
    }

    private void list(Context ctx) {
        var query = requestAuth.narrowed(ctx, Params.query(ctx));
        var fields = RunFields.of(ctx);
        var page = journal.read().list(query);
        var node = JsonBodies.object();
        var runs = node.putArray("runs");
        var hosts = fields.ofHosts()
                ? journal.read().hosts(page.runs().stream().map(Run::id).toList(), MOST_HOSTS + 1)
                : Map.<RunId, List<HostResult>>of();
        var contacts = LostContact.now(journal.read().nodes());
        for (var run : page.runs()) {
            var of = hosts.getOrDefault(run.id(), List.of());
            var listed = RunJson.listed(run, of, MOST_HOSTS, clock.instant());
            runs.add(fields.of(RunJson.contact(listed, contacts.of(run))));
        }
        node.put("next_cursor", page.next().map(Object::toString).orElse(null));
        if (Params.isPaged(ctx)) {
            pages(node, query);
        }
        JsonBodies.send(ctx, node);
    }

    /** Totals are null where there are too many to count. */
    private void pages(ObjectNode node, RunQuery query) {
        var total = journal.read().count(query);
        node.put("page", query.skip() / query.limit() + 1).put("per_page", query.limit());
        if (total.isPresent()) {
            node.put("total", total.getAsLong())
                    .put("total_pages", (total.getAsLong() + query.limit() - 1) / query.limit());
        } else {
            node.putNull("total").putNull("total_pages");
        }
    }

    private void queue(Context ctx) {
        requestAuth.admit(ctx);
        var visible = requestAuth.visibleEnvironments(ctx);
        int most = (int) Params.number(ctx, "limit", QUEUED, 1, MOST_QUEUED);
        var now = clock.instant();
        var forecast = new QueueForecast(journal.read(), now);
        Predicate<Run> seen = run -> visible.sees(run.request().environment());
        var node = JsonBodies.object();
        var running = node.putArray("running");
        var contacts = LostContact.now(journal.read().nodes());
        forecast.running().stream()
                .filter(seen)
                .map(r -> RunJson.contact(RunJson.expected(RunJson.brief(r, now), forecast.of(r)), contacts.of(r)))
                .forEach(running::add);
        var waiting = node.putArray("waiting");
        for (var place : forecast.places(seen, most)) {
            var brief = RunJson.expected(RunJson.brief(place.run(), now), forecast.of(place.run()));
            brief.put("starts_in", place.startsIn().map(JsonBodies::seconds).orElse(null));
            place.position().ifPresent(p -> brief.put("position", p.number()));
            waiting.add(brief);
        }
        node.put("waiting_total", forecast.queue().stream().filter(seen).count());
        JsonBodies.send(ctx, node);
    }

    private void hosts(Context ctx) {
        var node = JsonBodies.object();
        var run = find(ctx);
        node.set(
                "hosts",
                RunJson.hosts(journal.read().hosts(run.id()), run.state().isFinal()));
        JsonBodies.send(ctx, node);
    }

    /** Those of the run are known: what Ansible has touched, and what was asked for. */
    private void hostLog(Context ctx) throws IOException {
        var run = find(ctx);
        var host = ctx.pathParam("host");
        boolean known = run.request().hosts().contains(host)
                || journal.read().hosts(run.id()).stream()
                        .anyMatch(h -> h.host().equals(host));
        if (!known) {
            throw ProblemException.notFound("there is no host \"" + Truncate.of(host, 60) + "\" in run " + run.id());
        }
        logs.send(ctx, run, host);
    }

    private void start(Context ctx) throws JsonProcessingException {
        var command = StartRequest.command(JsonBodies.body(ctx), Set.of());
        answer(ctx, commands.handle(command, requestAuth.caller(ctx, key(ctx))), command);
    }

    public static Optional<String> key(Context ctx) {
        var key = Optional.ofNullable(ctx.header("Idempotency-Key")).map(String::strip);
        if (key.filter(k -> k.isEmpty() || k.length() > 200).isPresent()) {
            throw ProblemException.badRequest(
                    "Idempotency-Key", "an idempotency key has 1 to 200 characters; leave the header out for none");
        }
        return key;
    }

    private void act(Context ctx, Function<RunId, Command> command) {
        var asked = command.apply(Params.run(ctx));
        answer(ctx, commands.handle(asked, requestAuth.caller(ctx, key(ctx))), asked);
    }

    private void retry(Context ctx) throws JsonProcessingException {
        if (ctx.bodyAsBytes().length == 0) {
            act(ctx, RunCommand.Retry::new);
            return;
        }
        var body = Body.of(ctx, "reason", "override", RepeatReason.CONFIRM, "limit", "variables");
        var why = why(body);
        var limit = body.text("limit", "");
        var variables = StartRequest.variables(JsonBodies.body(ctx));
        act(ctx, run -> new RunCommand.Retry(run, why, limit, variables));
    }

    private void again(Context ctx, BiFunction<RunId, RepeatReason, Command> command) throws JsonProcessingException {
        if (ctx.bodyAsBytes().length == 0) {
            act(ctx, run -> command.apply(run, RepeatReason.SAME));
            return;
        }
        var why = why(Body.of(ctx, "reason", "override", RepeatReason.CONFIRM));
        act(ctx, run -> command.apply(run, why));
    }

    static RepeatReason why(Body body) {
        return new RepeatReason(body.text("reason", ""), body.text("override", ""), body.flag(RepeatReason.CONFIRM));
    }

    private void reject(Context ctx) throws JsonProcessingException {
        var reason = ctx.bodyAsBytes().length == 0
                ? ""
                : StartRequest.optional(JsonBodies.body(ctx), "reason").orElse("");
        act(ctx, run -> new RunCommand.Reject(run, reason));
    }

    private void pause(Context ctx) throws JsonProcessingException {
        var reason = ctx.bodyAsBytes().length == 0
                ? ""
                : StartRequest.optional(JsonBodies.body(ctx), "reason").orElse("");
        act(ctx, run -> new RunCommand.PauseRun(run, reason));
    }

    private void pin(Context ctx) throws JsonProcessingException {
        var reason = StartRequest.required(JsonBodies.body(ctx), "reason");
        act(ctx, run -> new RunCommand.Pin(run, reason));
    }

    /** What the command handler said of something that makes a run or changes one. */
    public void answer(Context ctx, Reply reply, Command command) {
        switch (reply) {
            case Reply.Accepted(var run) -> send(ctx, run, RequestedRuns.makesRun(command) ? 201 : 200);
            case Reply.Done(var message) ->
                JsonBodies.send(ctx, JsonBodies.object().put("message", message));
            case Reply.Duplicate(var run) -> again(ctx, run, command);
            case Reply.Detailed detailed -> JsonBodies.send(ctx, ContentRoutes.json(detailed));
            case Reply.Scheduled _, Reply.Batched _ -> throw new IllegalStateException("that is not a single run");
            case Reply.Invalid invalid -> throw ProblemException.badRequest(invalid.field(), invalid.line());
            case Reply.NotFound(var message) -> throw ProblemException.notFound(message);
            case Reply.TooLate(var _, var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.TooMany(var message, var after) -> {
                ctx.header("Retry-After", Long.toString(after.toSeconds()));
                throw new ProblemException(429, message, Optional.empty());
            }
            case Reply.Conflict(var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
        }
    }

    /** A key that comes with another request is a mistake of the client, and must not look like success. */
    private void again(Context ctx, Run run, Command command) {
        if (command instanceof StartCommand start && !same(start, run.request())) {
            throw new ProblemException(
                    422,
                    "this idempotency key belongs to run " + run.id() + ", which is another request",
                    Optional.of("Idempotency-Key"));
        }
        send(ctx, run, 200);
    }

    static boolean same(StartCommand command, RunRequest run) {
        return sameWork(command, run)
                && run.limit().equals(command.limit().strip())
                && (command.task().isEmpty() || run.task().equals(command.task()))
                && run.name().equals(command.name().strip())
                && run.description().equals(command.description().strip());
    }

    /** Whether that was asked of this run, on whatever hosts and under whatever name. */
    public static boolean sameWork(StartCommand command, RunRequest run) {
        return run.operation().value().equals(command.operation())
                && run.environment().value().equals(command.environment())
                && (command.playbook().isEmpty()
                        || run.playbook().map(PlaybookName::value).equals(command.playbook()))
                && run.tags().equals(command.tags())
                && run.check() == command.check()
                && run.diff() == command.diff()
                && run.options().equals(command.options())
                && command.variables().entrySet().stream().allMatch(v -> sameValue(v.getValue(), run, v.getKey()));
    }

    /** A run also holds defaults, so only what was given can be compared; lists are written in more than one way. */
    private static boolean sameValue(Object given, RunRequest run, String name) {
        var value = run.variables().get(name);
        return value != null
                && (given instanceof List
                        || (value instanceof Value.Secret && given instanceof SecretText)
                        || value instanceof Value.Items
                        || value.display().equals(String.valueOf(given)));
    }

    private void send(Context ctx, Run run, int status) {
        ctx.status(status).header("Location", "/api/v1/runs/" + run.id().value());
        JsonBodies.send(ctx, full(run));
    }
}
