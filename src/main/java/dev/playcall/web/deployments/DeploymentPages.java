package dev.playcall.web.deployments;

import dev.playcall.command.BatchCommand;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Deployment.DeploymentState;
import dev.playcall.journal.DeploymentStore.DeploymentQuery;
import dev.playcall.journal.EventStore;
import dev.playcall.web.http.Forms;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.http.Results;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The pages of deployments; every button on them is a form that needs no script. */
final class DeploymentPages {
    static final String PAGE = "/deployments";
    static final String RETRY = "retry";
    static final String ROLLBACK = "rollback";
    /** Behind what is done once more, after a question. */
    static final String ANYWAY = "-anyway";

    private static final int SIZE = 20;

    private final WebContext web;
    private final EventStore store;

    DeploymentPages(WebContext web) {
        this.web = web;
        this.store = web.journal().read();
    }

    void register(RoutesConfig routes) {
        routes.get(PAGE, this::list);
        routes.get(PAGE + "/{id}", this::show);
        routes.post(PAGE + "/{id}/{action}", this::take);
    }

    private void list(Context ctx) {
        web.requestAuth().admit(ctx);
        Params.refuseUnknown(ctx, Set.of("status", "search", "page"));
        int page = (int) Params.number(ctx, "page", 1, 1, 1_000_000);
        var state = Params.text(ctx, "status").filter(s -> !s.isBlank());
        var search = Params.text(ctx, "search").orElse("");
        var found = store.deployments()
                .list(new DeploymentQuery(
                        state.map(DeploymentRoutes::state),
                        search,
                        web.requestAuth().environments(ctx, Optional.empty()),
                        (page - 1) * SIZE,
                        SIZE));
        var filter = "?status=" + state.orElse("") + "&search=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
        var view = new DeploymentsView(
                found.deployments().stream()
                        .map(d -> row(d, waves(d), store.deployments().rolledBack(d)))
                        .toList(),
                Arrays.stream(DeploymentState.values())
                        .map(DeploymentState::word)
                        .toList(),
                state.orElse(""),
                search,
                page * SIZE < found.total() ? PAGE + filter + "&page=" + (page + 1) : "",
                page > 1 ? PAGE + filter + "&page=" + (page - 1) : "",
                found.total(),
                playbooks());
        web.pages().show(ctx, "deployments/deployments.jte", view);
    }

    private List<DeploymentsView.Choice> playbooks() {
        return web.catalogs().current().playbooks().values().stream()
                .map(p -> new DeploymentsView.Choice(
                        p.name().value(),
                        p.title().equals(p.name().value()) ? p.title() : p.title() + " (" + p.name() + ")"))
                .toList();
    }

    private List<Run> waves(Deployment deployment) {
        return store.batches().runs(deployment.batch().id());
    }

    private DeploymentsView.Row row(Deployment deployment, List<Run> waves, Optional<Run> rolledBack) {
        var now = web.clock().instant();
        var figures = DeploymentFigures.of(deployment, waves);
        var state = deployment.state(waves);
        var request = waves.getFirst().request();
        var what = request.playbook()
                .map(PlaybookName::value)
                .orElse(request.operation().value());
        return new DeploymentsView.Row(
                deployment.id(),
                "Deployment " + deployment.id() + (deployment.name().isEmpty() ? "" : ": " + deployment.name()),
                deployment.description(),
                what + " → " + request.environment(),
                tone(state),
                state.word(),
                rolledBack.map(deployment::rolledBackLine).orElse(""),
                figures.total(),
                figures.success(),
                figures.failed(),
                figures.rateText(),
                figures.durationText(now),
                TextFormat.ago(deployment.batch().at(), now),
                JsonBodies.time(deployment.batch().at()));
    }

    static String tone(DeploymentState state) {
        return switch (state) {
            case PENDING, PAUSED -> "wait";
            case RUNNING -> "busy";
            case COMPLETED -> "good";
            case FAILED -> "bad";
            case CANCELLED -> "none";
        };
    }

    private void show(Context ctx) {
        web.requestAuth().admit(ctx);
        Params.refuseUnknown(ctx, Set.of("state", "page"));
        var id = Params.deployment(ctx);
        var found = store.deployments()
                .find(id)
                .orElseThrow(() -> ProblemException.notFound("there is no deployment " + id));
        var waves = waves(found);
        waves.forEach(r -> web.requestAuth().admit(ctx, r.request().environment()));
        var rolledBack = store.deployments().rolledBack(found);
        var page = new DeploymentPage(
                web,
                found,
                waves,
                row(found, waves, rolledBack),
                store.deployments().retried(found),
                rolledBack);
        web.pages().show(ctx, "deployments/deployment.jte", page.view(ctx));
    }

    private void take(Context ctx) {
        long id = Params.deployment(ctx);
        var command = command(id, ctx.pathParam("action"));
        var key = Forms.text(ctx, "key").filter(k -> k.matches("[0-9a-f-]{36}")).map(k -> "form:" + k);
        var reply = web.commands().handle(command, web.requestAuth().caller(ctx, key));
        web.flash().set(ctx, Results.of(reply));
        ctx.redirect(
                switch (reply) {
                    case Reply.Batched(var made, var _, var _) ->
                        store.deployments()
                                .ofBatch(made.id())
                                .map(d -> PAGE + "/" + d.id())
                                .orElse(PAGE);
                    case Reply.Accepted(var run) -> "/runs/" + run.id().value();
                    case Reply.NotFound _ -> PAGE;
                    case Reply _ -> PAGE + "/" + id;
                },
                HttpStatus.SEE_OTHER);
    }

    private static BatchCommand command(long id, String action) {
        return Optional.<BatchCommand>ofNullable(
                        switch (action) {
                            case "cancel" -> new BatchCommand.CancelDeployment(id);
                            case "resume" -> new BatchCommand.ResumeDeployment(id);
                            case RETRY -> new BatchCommand.RetryDeployment(id, RepeatReason.SAME);
                            case RETRY + ANYWAY -> new BatchCommand.RetryDeployment(id, RepeatReason.SAME.confirm());
                            case ROLLBACK -> new BatchCommand.RollBackDeployment(id, "", RepeatReason.SAME);
                            case ROLLBACK + ANYWAY ->
                                new BatchCommand.RollBackDeployment(id, "", RepeatReason.SAME.confirm());
                            default -> null;
                        })
                .orElseThrow(() -> ProblemException.notFound("unknown action for a deployment"));
    }
}
