package dev.playcall.web.deployments;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.domain.rollout.Deployment.DeploymentState;
import dev.playcall.security.access.Permission;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.StatusColors;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.security.WebContext;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts together the page of one deployment.
 *
 * @param retried the newest deployment that retries it
 * @param rolledBack the newest run that takes it back
 */
record DeploymentPage(
        WebContext web,
        Deployment deployment,
        List<Run> waves,
        DeploymentsView.Row row,
        Optional<Deployment> retried,
        Optional<Run> rolledBack) {
    private static final int SIZE = 200;
    private static final int NAMED = 5;
    private static final int LONGEST_ERROR = 200;

    DeploymentView view(Context ctx) {
        var all = ServerState.of(
                deployment, waves, rolledBack, r -> web.journal().read().hosts(r.id()));
        var chosen =
                Params.text(ctx, "state").filter(ServerState.STATES::contains).orElse("");
        var shown = all.stream()
                .filter(s -> chosen.isEmpty() || s.state().equals(chosen))
                .toList();
        int page = (int) Params.number(ctx, "page", 1, 1, 1_000_000);
        int from = Math.min(shown.size(), (page - 1) * SIZE);
        var servers = shown.subList(from, Math.min(shown.size(), from + SIZE));
        return new DeploymentView(
                row,
                deployment.batch().by().name(),
                deployment.stopped(),
                facts(),
                deployment.rollbackRun().map(r -> r.value()).orElse(0L),
                waves.stream().map(this::wave).toList(),
                chips(all, chosen),
                servers.stream().map(DeploymentPage::server).toList(),
                from + SIZE < shown.size() ? address(chosen, page + 1) : "",
                page > 1 ? address(chosen, page - 1) : "",
                actions(ctx));
    }

    private String address(String state, int page) {
        return DeploymentPages.PAGE + "/" + deployment.id() + "?state=" + state + "&page=" + page + "#servers";
    }

    private List<String> facts() {
        var facts = new ArrayList<String>();
        facts.add(deployment.rollout().line());
        facts.add("servers: " + (deployment.selection().isEmpty() ? "all" : deployment.selection()));
        deployment.untouchedLine(NAMED).ifPresent(facts::add);
        retried.ifPresent(d -> facts.add("retried by " + d + " (" + state(d).word() + ")"));
        rolledBack
                .filter(r -> !deployment.isOwnRollback(r))
                .map(deployment::rolledBackLine)
                .ifPresent(facts::add);
        waves.getFirst().request().variablesLine().ifPresent(facts::add);
        return facts;
    }

    private DeploymentView.Wave wave(Run run) {
        boolean notBegun = run.state().isFinal() && run.startedAt().isEmpty();
        var held = deployment.held(waves).filter(run::equals);
        return new DeploymentView.Wave(
                Deployment.place(run),
                run.id().value(),
                StatusColors.of(run.state()),
                notBegun && run.state() == RunState.CANCELLED
                        ? "not started"
                        : run.state().label(),
                run.request().servers(),
                run.duration(web.clock().instant()).map(TextFormat::duration).orElse(""),
                held.map(deployment::holdLine).orElse(run.startedAt().isPresent() ? run.reason() : ""));
    }

    private List<DeploymentView.Chip> chips(List<ServerState> all, String chosen) {
        var chips = new ArrayList<DeploymentView.Chip>();
        chips.add(new DeploymentView.Chip("all " + all.size(), address("", 1), chosen.isEmpty()));
        for (var state : ServerState.STATES) {
            long many = all.stream().filter(s -> s.state().equals(state)).count();
            if (many > 0 || state.equals(chosen)) {
                chips.add(new DeploymentView.Chip(label(state) + " " + many, address(state, 1), state.equals(chosen)));
            }
        }
        return chips;
    }

    private static DeploymentView.Server server(ServerState s) {
        var tone = switch (s.state()) {
            case ServerState.SUCCESS -> "good";
            case ServerState.FAILED -> "bad";
            case "running" -> "busy";
            default -> "none";
        };
        return new DeploymentView.Server(
                s.name(),
                s.wave(),
                s.run(),
                tone,
                label(s.state()),
                s.changed() ? "yes" : "",
                time(s.started()),
                time(s.ended()),
                Truncate.of(s.error(), LONGEST_ERROR));
    }

    /** A host is said to have done what its wave is said to have done. */
    private static String label(String state) {
        return state.equals(ServerState.SUCCESS) ? RunState.SUCCESS.label() : state;
    }

    private static String time(Optional<Instant> at) {
        return at.map(t -> JsonBodies.time(t).substring(11, 19)).orElse("");
    }

    private List<ActionForm> actions(Context ctx) {
        var state = deployment.state(waves);
        var actions = new ArrayList<ActionForm>();
        if (state == DeploymentState.PAUSED) {
            actions.add(form(ctx, "Resume", "resume", "first", "", Permission.START));
        }
        if (!state.isFinal()) {
            var ask = "Cancel " + deployment + "? A running wave is stopped.";
            actions.add(form(ctx, "Cancel", "cancel", "danger", ask, Permission.CANCEL));
            return actions;
        }
        if (waves.stream().anyMatch(r -> r.state() != RunState.SUCCESS)) {
            retry(ctx).ifPresent(actions::add);
        }
        if (!deployment.rollout().rollback().isEmpty()
                && waves.stream().anyMatch(r -> r.startedAt().isPresent())) {
            rollBack(ctx).ifPresent(actions::add);
        }
        return actions;
    }

    /** While somebody does it already there is no button. */
    private Optional<ActionForm> retry(Context ctx) {
        var again = retried;
        if (again.isEmpty()) {
            return Optional.of(form(ctx, "Retry failed", DeploymentPages.RETRY, "first", "", Permission.START));
        }
        var ask = deployment + " was already retried by " + again.get() + ". Retry it again?";
        return again.filter(d -> state(d).isFinal())
                .map(_ -> form(
                        ctx,
                        "Retry failed again",
                        DeploymentPages.RETRY + DeploymentPages.ANYWAY,
                        "plain",
                        ask,
                        Permission.START));
    }

    private Optional<ActionForm> rollBack(Context ctx) {
        var before = rolledBack;
        if (before.filter(r -> !r.state().isFinal()).isPresent()) {
            return Optional.empty();
        }
        boolean again = before.filter(r -> !deployment.isOwnRollback(r)).isPresent();
        var ask = "Roll back every wave that started with "
                + deployment.rollout().rollback()
                + (again ? " again, as " + before.get().id() + " did?" : "?");
        return Optional.of(form(
                ctx,
                again ? "Roll back again" : "Roll back",
                DeploymentPages.ROLLBACK + (again ? DeploymentPages.ANYWAY : ""),
                "danger",
                ask,
                Permission.START));
    }

    private DeploymentState state(Deployment other) {
        return other.state(web.journal().read().batches().runs(other.batch().id()));
    }

    private ActionForm form(Context ctx, String label, String action, String tone, String ask, Permission permission) {
        var denied = web.requestAuth().whyNot(ctx, permission, waves.getFirst());
        return new ActionForm(label, DeploymentPages.PAGE + "/" + deployment.id() + "/" + action, tone, ask, denied);
    }
}
