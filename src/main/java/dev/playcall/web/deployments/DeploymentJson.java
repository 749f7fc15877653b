package dev.playcall.web.deployments;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.web.http.JsonBodies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A deployment as the API writes it.
 *
 * @param rolledBack the newest run that takes it, or a wave of it, back
 */
record DeploymentJson(Deployment deployment, List<Run> waves, Optional<Run> rolledBack, Instant now) {
    /** What a list shows. */
    ObjectNode brief() {
        var figures = DeploymentFigures.of(deployment, waves);
        var request = waves.getFirst().request();
        var node = JsonBodies.object()
                .put("id", deployment.id())
                .put("name", deployment.name())
                .put("description", deployment.description())
                .put("status", deployment.state(waves).word())
                .put("operation", request.operation().value())
                .put("playbook", request.playbook().map(PlaybookName::value).orElse(null))
                .put("environment", request.environment().value())
                .put("selection", deployment.selection())
                .put("batch", deployment.batch().id())
                .put("requested_by", deployment.batch().by().value())
                .put("created_at", JsonBodies.time(deployment.batch().at()))
                .put("started_at", figures.started().map(JsonBodies::time).orElse(null))
                .put("ended_at", figures.ended().map(JsonBodies::time).orElse(null))
                .put(
                        "duration_seconds",
                        figures.duration(now).map(JsonBodies::seconds).orElse(null))
                .put("total", figures.total())
                .put("success", figures.success())
                .put("failed", figures.failed())
                .put("success_rate", figures.rate())
                .put("reason", deployment.stopped());
        node.put("rollback_run", deployment.rollbackRun().map(RunId::value).orElse(null));
        return node.put("rolled_back", Deployment.undone(rolledBack).size())
                .put("rolled_back_by", rolledBack.map(r -> r.id().value()).orElse(null));
    }

    /** How many of its servers are done, and how. */
    ObjectNode progress() {
        var figures = DeploymentFigures.of(deployment, waves);
        return JsonBodies.object()
                .put("total", figures.total())
                .put("success", figures.success())
                .put("failed", figures.failed())
                .put("success_rate", figures.rate());
    }

    /** Everything, with its servers. */
    ObjectNode full(List<ServerState> servers) {
        var node = brief();
        var rollout = node.putObject("rollout");
        var sizes = rollout.putArray("waves");
        Stream.of(deployment.rollout().sizes().split(",")).forEach(sizes::add);
        rollout.put("max_failed", deployment.rollout().maxFailed().toString())
                .put("pause", deployment.rollout().pause().word())
                .put("rollback", deployment.rollout().rollback());
        var variables = node.putObject("variables");
        waves.getFirst().request().variables().forEach((name, value) -> variables.put(name, value.display()));
        var counts = node.putObject("counts");
        ServerState.STATES.forEach(s ->
                counts.put(s, servers.stream().filter(h -> h.state().equals(s)).count()));
        var list = node.putArray("waves");
        waves.forEach(w -> list.add(wave(w)));
        var hosts = node.putArray("servers");
        servers.forEach(s -> server(hosts, s));
        return node;
    }

    ObjectNode wave(Run wave) {
        return JsonBodies.object()
                .put("number", Deployment.place(wave))
                .put("run", wave.id().value())
                .put("status", wave.state().word())
                .put("hosts", wave.request().servers())
                .put("held", deployment.held(waves).filter(wave::equals).isPresent())
                .put("started_at", wave.startedAt().map(JsonBodies::time).orElse(null))
                .put("ended_at", wave.endedAt().map(JsonBodies::time).orElse(null))
                .put("reason", wave.reason());
    }

    private static void server(ArrayNode list, ServerState server) {
        list.addObject()
                .put("name", server.name())
                .put("wave", server.wave() == 0 ? null : server.wave())
                .put("run", server.run() == 0 ? null : server.run())
                .put("status", server.state())
                .put("changed", server.changed())
                .put("started_at", server.started().map(JsonBodies::time).orElse(null))
                .put("ended_at", server.ended().map(JsonBodies::time).orElse(null))
                .put("error", server.error());
    }
}
