package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.Command;
import dev.playcall.command.Desk;
import dev.playcall.command.Reply;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.journal.Batches;
import dev.playcall.security.Sight;
import dev.playcall.web.openapi.BatchesSaid;
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
    private final Desk desk;
    private final Visitors visitors;
    private final RunRoutes runs;
    private final StartBody body;
    private final Clock clock;

    BatchRoutes(Batches batches, Desk desk, Visitors visitors, RunRoutes runs, StartBody body, Clock clock) {
        this.batches = batches;
        this.desk = desk;
        this.visitors = visitors;
        this.runs = runs;
        this.body = body;
        this.clock = clock;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes);
        api.get("/api/v1/batches", BatchesSaid.BATCHES, this::list);
        api.post("/api/v1/batches", BatchesSaid.ADD_BATCH, this::start);
        api.get(ONE, BatchesSaid.BATCH, ctx -> Json.send(ctx, json(find(ctx))));
        api.post(ONE + "/cancel", BatchesSaid.BATCH_CANCEL, this::cancel);
        api.post(ONE + "/retry", BatchesSaid.BATCH_RETRY, this::retry);
    }

    private void list(Context ctx) {
        visitors.admit(ctx);
        Params.refuseUnknown(ctx, Set.of("limit", "cursor"));
        var sight = visitors.sight(ctx);
        int limit = (int) Params.number(ctx, "limit", 50, 1, 200);
        var found = batches.list(Params.number(ctx, "cursor", Long.MAX_VALUE, 1, Long.MAX_VALUE), limit);
        var node = Json.object();
        var list = node.putArray("batches");
        found.stream().filter(b -> sees(sight, batches.runs(b.id()))).forEach(b -> list.add(json(b)));
        node.put(
                "next_cursor",
                found.size() < limit ? null : Long.toString(found.getLast().id()));
        Json.send(ctx, node);
    }

    private static boolean sees(Sight sight, List<Run> runs) {
        return runs.stream().allMatch(r -> sight.sees(r.request().environment()));
    }

    private static long id(Context ctx) {
        return Params.run(ctx).value();
    }

    private Batch find(Context ctx) {
        visitors.admit(ctx);
        var id = id(ctx);
        var found = batches.find(id).orElseThrow(() -> ProblemException.notFound("there is no batch " + id));
        batches.runs(id).forEach(r -> visitors.admit(ctx, r.request().environment()));
        return found;
    }

    private void start(Context ctx) throws JsonProcessingException {
        var json = Json.body(ctx);
        if (json.has("environment")) {
            throw ProblemException.badRequest("environment", "a batch has environments, a list or \"all\"");
        }
        var wish = new Command.StartBatch(
                environments(json.path("environments")),
                StartBody.optional(json, "on_failure").orElse(""),
                body.wish(((ObjectNode) json).deepCopy().put("environment", ""), OWN));
        answer(ctx, wish, desk.handle(wish, visitors.caller(ctx, RunRoutes.key(ctx))));
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
        var json = ctx.bodyAsBytes().length == 0 ? Json.object() : Json.body(ctx);
        var rest = json.path("rest");
        if (!rest.isMissingNode() && !rest.isBoolean()) {
            throw ProblemException.badRequest("rest", "rest has to be true or false");
        }
        var wish = new Command.CancelBatch(id(ctx), rest.asBoolean());
        answer(ctx, wish, desk.handle(wish, visitors.caller(ctx, Optional.empty())));
    }

    private void retry(Context ctx) throws JsonProcessingException {
        var why = Command.Why.SAME;
        if (ctx.bodyAsBytes().length > 0) {
            var given = Body.of(ctx, "reason", "override");
            why = new Command.Why(given.text("reason", ""), given.text("override", ""));
        }
        var wish = new Command.RetryBatch(id(ctx), why);
        answer(ctx, wish, desk.handle(wish, visitors.caller(ctx, RunRoutes.key(ctx))));
    }

    private void answer(Context ctx, Command wish, Reply reply) {
        if (!(reply instanceof Reply.Batched(var batch, var made, var before))) {
            runs.answer(ctx, reply, wish);
            return;
        }
        if (before && wish instanceof Command.StartBatch start && !same(start, batch, made)) {
            throw new ProblemException(
                    422,
                    "this idempotency key belongs to " + batch + ", which is another request",
                    Optional.of("Idempotency-Key"));
        }
        ctx.status(before ? 200 : 201).header("Location", "/api/v1/batches/" + batch.id());
        Json.send(ctx, json(batch));
    }

    private static boolean same(Command.StartBatch wish, Batch batch, List<Run> runs) {
        var names = runs.stream().map(r -> r.request().environment().value()).toList();
        var policy = Optional.of(wish.onFailure()).filter(p -> !p.isBlank()).orElse("stop");
        return batch.onFailure().word().equals(policy)
                && (wish.environments().equals(List.of("all"))
                        || wish.environments().equals(names))
                && runs.stream()
                        .allMatch(r -> RunRoutes.same(
                                wish.start().in(r.request().environment().value()), r.request()));
    }

    private ObjectNode json(Batch batch) {
        var members = batches.runs(batch.id());
        var node = Json.object()
                .put("id", batch.id())
                .put("status", Batch.state(members).word())
                .put("on_failure", batch.onFailure().word())
                .put("requested_by", batch.by().value())
                .put("channel", batch.origin().channel())
                .put("queued_at", Json.time(batch.at()))
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
