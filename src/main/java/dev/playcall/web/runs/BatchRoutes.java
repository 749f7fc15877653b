package dev.playcall.web.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.journal.Batches;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.VisibleEnvironments;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Body;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.security.RequestAuth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Requests over several environments, over HTTP. */
final class BatchRoutes {
    private static final Set<String> OWN = Set.of("environments", "on_failure");
    private static final String ONE = "/api/v1/batches/{id}";

    private final Batches batches;
    private final CommandHandler commands;
    private final RequestAuth requestAuth;
    private final RunRoutes runs;
    private final Clock clock;

    BatchRoutes(Batches batches, CommandHandler commands, RequestAuth requestAuth, RunRoutes runs, Clock clock) {
        this.batches = batches;
        this.commands = commands;
        this.requestAuth = requestAuth;
        this.runs = runs;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get("/api/v1/batches", this::list);
        api.post("/api/v1/batches", requestAuth::onStart, this::start);
        api.get(ONE, ctx -> JsonBodies.send(ctx, json(find(ctx))));
        api.post(ONE + "/cancel", requestAuth.onBatch(Permission.CANCEL), this::cancel);
        api.post(ONE + "/retry", requestAuth.onBatch(Permission.START), this::retry);
    }

    private void list(Context ctx) {
        requestAuth.admit(ctx);
        Params.refuseUnknown(ctx, Set.of("limit", "cursor"));
        var visible = requestAuth.visibleEnvironments(ctx);
        int limit = (int) Params.number(ctx, "limit", 50, 1, 200);
        var found = batches.list(Params.number(ctx, "cursor", Long.MAX_VALUE, 1, Long.MAX_VALUE), limit);
        var node = JsonBodies.object();
        var list = node.putArray("batches");
        found.stream().filter(b -> sees(visible, batches.runs(b.id()))).forEach(b -> list.add(json(b)));
        node.put(
                "next_cursor",
                found.size() < limit ? null : Long.toString(found.getLast().id()));
        JsonBodies.send(ctx, node);
    }

    private static boolean sees(VisibleEnvironments visible, List<Run> runs) {
        return runs.stream().allMatch(r -> visible.sees(r.request().environment()));
    }

    private static long id(Context ctx) {
        return Params.batch(ctx);
    }

    private Batch find(Context ctx) {
        requestAuth.admit(ctx);
        var id = id(ctx);
        var found = batches.find(id).orElseThrow(() -> ProblemException.notFound("there is no batch " + id));
        batches.runs(id).forEach(r -> requestAuth.admit(ctx, r.request().environment()));
        return found;
    }

    private void start(Context ctx) throws JsonProcessingException {
        var json = JsonBodies.body(ctx);
        if (json.has("environment")) {
            throw ProblemException.badRequest("environment", "a batch has environments, a list or \"all\"");
        }
        var command = new BatchCommand.StartBatch(
                environments(json.path("environments")),
                StartRequest.optional(json, "on_failure").orElse(""),
                StartRequest.command(((ObjectNode) json).deepCopy().put("environment", ""), OWN));
        answer(ctx, command, commands.handle(command, requestAuth.caller(ctx, RunRoutes.key(ctx))));
    }

    private static List<String> environments(JsonNode node) {
        if (node.isTextual()) {
            return List.of(node.textValue());
        }
        var names = new ArrayList<String>();
        node.forEach(n -> names.add(n.isTextual() ? n.textValue() : ""));
        if (!node.isArray() || names.contains("")) {
            throw ProblemException.badRequest("environments", "environments is a list of names, or \"all\"");
        }
        return names;
    }

    private void cancel(Context ctx) throws JsonProcessingException {
        var json = ctx.bodyAsBytes().length == 0 ? JsonBodies.object() : JsonBodies.body(ctx);
        var rest = json.path("rest");
        if (!rest.isMissingNode() && !rest.isBoolean()) {
            throw ProblemException.badRequest("rest", "rest must be true or false");
        }
        var command = new BatchCommand.CancelBatch(id(ctx), rest.asBoolean());
        answer(ctx, command, commands.handle(command, requestAuth.caller(ctx, Optional.empty())));
    }

    private void retry(Context ctx) throws JsonProcessingException {
        var why = RepeatReason.SAME;
        boolean rest = false;
        if (ctx.bodyAsBytes().length > 0) {
            var given = Body.of(ctx, "reason", "override", RepeatReason.CONFIRM, "rest");
            rest = given.flag("rest");
            why = RunRoutes.why(given);
        }
        var command = new BatchCommand.RetryBatch(id(ctx), why, rest);
        answer(ctx, command, commands.handle(command, requestAuth.caller(ctx, RunRoutes.key(ctx))));
    }

    private void answer(Context ctx, Command command, Reply reply) {
        if (!(reply instanceof Reply.Batched(var batch, var made, var before))) {
            runs.answer(ctx, reply, command);
            return;
        }
        if (before && command instanceof BatchCommand.StartBatch start && !same(start, batch, made)) {
            throw new ProblemException(
                    422,
                    "this idempotency key belongs to " + batch + ", which is another request",
                    Optional.of("Idempotency-Key"));
        }
        ctx.status(before ? 200 : 201).header("Location", "/api/v1/batches/" + batch.id());
        JsonBodies.send(ctx, json(batch));
    }

    private static boolean same(BatchCommand.StartBatch command, Batch batch, List<Run> runs) {
        var names = runs.stream().map(r -> r.request().environment().value()).toList();
        var policy = Optional.of(command.onFailure()).filter(p -> !p.isBlank()).orElse("stop");
        return batch.onFailure().word().equals(policy)
                && (command.environments().equals(List.of("all"))
                        || command.environments().equals(names))
                && runs.stream()
                        .allMatch(r -> RunRoutes.same(
                                command.start().in(r.request().environment().value()), r.request()));
    }

    private ObjectNode json(Batch batch) {
        var members = batches.runs(batch.id());
        var node = JsonBodies.object()
                .put("id", batch.id())
                .put("status", Batch.state(members).word())
                .put("on_failure", batch.onFailure().word())
                .put("requested_by", batch.by().value())
                .put("channel", batch.origin().channel())
                .put("queued_at", JsonBodies.time(batch.at()))
                .put("retry_of", batch.retryOf().orElse(null));
        node.set(
                "environments",
                RunJson.texts(members.stream()
                        .map(r -> r.request().environment().value())
                        .toList()));
        var list = node.putArray("runs");
        members.forEach(r -> list.add(RunJson.brief(r, clock.instant())));
        return node;
    }
}
