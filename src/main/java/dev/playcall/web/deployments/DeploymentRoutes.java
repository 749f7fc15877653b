package dev.playcall.web.deployments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.command.BatchCommand;
import dev.playcall.command.Command;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.command.rollout.RolloutPlan;
import dev.playcall.domain.Run;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Deployment.DeploymentState;
import dev.playcall.journal.DeploymentStore.DeploymentQuery;
import dev.playcall.journal.EventStore;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.Body;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.StartRequest;
import dev.playcall.web.runs.RunRoutes;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Deployments over HTTP. */
final class DeploymentRoutes {
    private static final String ALL = "/api/v1/deployments";
    private static final String ONE = ALL + "/{id}";
    private static final Set<String> OWN = Set.of("rollout");
    private static final int PAGE = 20;
    private static final int MOST = 100;

    private final WebContext web;
    private final EventStore store;
    private final RequestAuth requestAuth;
    private final RunRoutes runs;
    private final DeploymentStream stream;

    DeploymentRoutes(WebContext web, RunRoutes runs, DeploymentStream stream) {
        this.stream = stream;
        this.web = web;
        this.store = web.journal().read();
        this.requestAuth = web.requestAuth();
        this.runs = runs;
    }

    void register(RoutesConfig routes) {
        var api = new Api(routes, requestAuth::admit);
        api.get(ALL, this::list);
        api.post(ALL, requestAuth::onStart, this::start);
        api.get(ONE, ctx -> JsonBodies.send(ctx, full(find(ctx))));
        api.get(ONE + "/events", ctx -> stream.follow(ctx, find(ctx)));
        api.post(ONE + "/cancel", on(Permission.CANCEL), ctx -> act(ctx, new BatchCommand.CancelDeployment(id(ctx))));
        api.post(ONE + "/resume", on(Permission.START), ctx -> act(ctx, new BatchCommand.ResumeDeployment(id(ctx))));
        api.post(ONE + "/retry", on(Permission.START), this::retry);
        api.post(ONE + "/rollback", on(Permission.START), this::rollBack);
    }

    private Handler on(Permission permission) {
        return ctx -> {
            var waves = Optional.of(ctx.pathParam("id"))
                    .filter(Params::isNumber)
                    .flatMap(id -> store.deployments().find(Long.parseLong(id)))
                    .map(this::waves)
                    .orElse(List.of());
            requestAuth.admit(ctx, permission, waves);
        };
    }

    private static long id(Context ctx) {
        return Params.deployment(ctx);
    }

    private List<Run> waves(Deployment deployment) {
        return store.batches().runs(deployment.batch().id());
    }

    private void list(Context ctx) {
        requestAuth.admit(ctx);
        Params.refuseUnknown(ctx, Set.of("status", "search", "page", "per_page"));
        int size = (int) Params.number(ctx, "per_page", PAGE, 1, MOST);
        int page = (int) Params.number(ctx, "page", 1, 1, 1_000_000);
        var found = store.deployments()
                .list(new DeploymentQuery(
                        Params.text(ctx, "status").map(DeploymentRoutes::state),
                        Params.text(ctx, "search").orElse(""),
                        requestAuth.environments(ctx, Optional.empty()),
                        (page - 1) * size,
                        size));
        var node = JsonBodies.object();
        var list = node.putArray("deployments");
        found.deployments().forEach(d -> list.add(json(d).brief()));
        node.putObject("meta")
                .put("current_page", page)
                .put("per_page", size)
                .put("total", found.total())
                .put("last_page", Math.max(1, (found.total() + size - 1) / size));
        JsonBodies.send(ctx, node);
    }

    static DeploymentState state(String word) {
        return DeploymentState.of(word)
                .orElseThrow(() -> ProblemException.badRequest(
                        "status", "status is pending, running, paused, completed, failed or cancelled"));
    }

    private DeploymentJson json(Deployment deployment) {
        return new DeploymentJson(
                deployment,
                waves(deployment),
                store.deployments().rolledBack(deployment),
                web.clock().instant());
    }

    private ObjectNode full(Deployment deployment) {
        var json = json(deployment);
        return json.full(ServerState.of(deployment, json.waves(), json.rolledBack(), r -> store.hosts(r.id())));
    }

    private Deployment find(Context ctx) {
        requestAuth.admit(ctx);
        var id = id(ctx);
        var found = store.deployments()
                .find(id)
                .orElseThrow(() -> ProblemException.notFound("there is no deployment " + id));
        waves(found).forEach(r -> requestAuth.admit(ctx, r.request().environment()));
        return found;
    }

    private void start(Context ctx) throws JsonProcessingException {
        var json = (ObjectNode) JsonBodies.body(ctx);
        if (!json.has("operation") && json.has("playbook")) {
            json = json.deepCopy().put("operation", "play");
        }
        var name = StartRequest.required(json, "name");
        if (name.isBlank()) {
            throw ProblemException.badRequest("name", "name is required");
        }
        var command = new BatchCommand.StartRollout(
                StartRequest.command(json.deepCopy().put("name", ""), OWN),
                name,
                RolloutBody.read(json.path("rollout")));
        answer(ctx, command, web.commands().handle(command, requestAuth.caller(ctx, RunRoutes.key(ctx))));
    }

    private void act(Context ctx, Command command) throws JsonProcessingException {
        Body.none(ctx);
        runs.answer(ctx, web.commands().handle(command, requestAuth.caller(ctx, Optional.empty())), command);
    }

    private static RepeatReason why(Body given) {
        return new RepeatReason(given.text("reason", ""), given.text("override", ""), given.flag(RepeatReason.CONFIRM));
    }

    private void retry(Context ctx) throws JsonProcessingException {
        if (ctx.bodyAsBytes().length == 0) {
            again(ctx, new BatchCommand.RetryDeployment(id(ctx)));
            return;
        }
        var why = why(Body.of(ctx, "reason", "override", RepeatReason.CONFIRM, "variables"));
        again(ctx, new BatchCommand.RetryDeployment(id(ctx), why, StartRequest.variables(JsonBodies.body(ctx))));
    }

    private void rollBack(Context ctx) throws JsonProcessingException {
        if (ctx.bodyAsBytes().length == 0) {
            again(ctx, new BatchCommand.RollBackDeployment(id(ctx), "", RepeatReason.SAME));
            return;
        }
        var given = Body.of(ctx, "with", "reason", "override", RepeatReason.CONFIRM);
        again(ctx, new BatchCommand.RollBackDeployment(id(ctx), given.text("with", ""), why(given)));
    }

    private void again(Context ctx, Command command) {
        answer(ctx, command, web.commands().handle(command, requestAuth.caller(ctx, RunRoutes.key(ctx))));
    }

    private void answer(Context ctx, Command command, Reply reply) {
        if (!(reply instanceof Reply.Batched(var batch, var made, var before))) {
            runs.answer(ctx, reply, command);
            return;
        }
        var deployment = store.deployments().ofBatch(batch.id());
        if (deployment.isEmpty()
                || (before
                        && command instanceof BatchCommand.StartRollout start
                        && !same(start, deployment.get(), made))) {
            throw new ProblemException(
                    422,
                    "this idempotency key belongs to " + batch + ", which is another request",
                    Optional.of("Idempotency-Key"));
        }
        ctx.status(before ? 200 : 201)
                .header("Location", ALL + "/" + deployment.get().id());
        var node = JsonBodies.object()
                .put(
                        "message",
                        deployment.get() + " is " + deployment.get().state(made).word());
        node.set("deployment", full(deployment.get()));
        JsonBodies.send(ctx, node);
    }

    private static boolean same(BatchCommand.StartRollout start, Deployment deployment, List<Run> waves) {
        return deployment.name().equals(Truncate.line(start.name()))
                && deployment.description().equals(start.start().description().strip())
                && deployment.selection().equals(start.start().limit().strip())
                && RolloutPlan.changesNothing(deployment.rollout(), start.rollout())
                && RunRoutes.sameWork(start.start(), waves.getFirst().request());
    }
}
