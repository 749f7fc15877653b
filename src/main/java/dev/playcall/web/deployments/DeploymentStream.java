package dev.playcall.web.deployments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.domain.Run;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.web.security.WebContext;
import dev.playcall.web.stream.RunSignals;
import dev.playcall.web.stream.SseWriter;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A deployment as server-sent events: how it stands, then what changes, until it has ended. Whoever connects anew is told again how
 * it stands.
 */
final class DeploymentStream {
    private static final Logger log = LoggerFactory.getLogger(DeploymentStream.class);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final WebContext web;
    private final RunSignals signals;

    DeploymentStream(WebContext web, RunSignals signals) {
        this.web = web;
        this.signals = signals;
    }

    void follow(Context ctx, Deployment deployment) throws InterruptedException {
        var caller = web.requestAuth().webCaller(ctx);
        var runs = waves(deployment).stream().map(Run::id).collect(Collectors.toSet());
        try (var watch = signals.watch(caller.person(), runs)) {
            var out = new SseWriter(ctx, web.secrets()::redact);
            var told = new HashMap<String, JsonNode>();
            while (watch.isOpen() && web.requestAuth().isWelcome(caller)) {
                if (tell(out, deployment.id(), told)) {
                    return;
                }
                if (!watch.await(KEEP_ALIVE)) {
                    out.comment("still here");
                }
            }
        } catch (IOException e) {
            log.debug("A client following {} disconnected: {}", deployment, e.toString());
        }
    }

    private List<Run> waves(Deployment deployment) {
        return web.journal().read().batches().runs(deployment.batch().id());
    }

    /**
     * @param told what was told last, by what it is about
     * @return whether nothing will change any more
     */
    private boolean tell(SseWriter out, long id, Map<String, JsonNode> told) throws IOException {
        var found = web.journal().read().deployments().find(id);
        if (found.isEmpty()) {
            return true;
        }
        var deployment = found.get();
        var waves = waves(deployment);
        var json = new DeploymentJson(
                deployment,
                waves,
                web.journal().read().deployments().rolledBack(deployment),
                web.clock().instant());
        var state = deployment.state(waves);
        if (waves.stream().anyMatch(w -> w.startedAt().isPresent()) && !told.containsKey("started")) {
            tell(out, "started", "started", json.brief(), told);
        }
        for (var wave : waves) {
            tell(out, "wave", "wave " + wave.id(), json.wave(wave), told);
        }
        tell(out, "progress", "progress", json.progress(), told);
        if (state.isFinal()) {
            out.event("completed", json.brief());
        }
        return state.isFinal();
    }

    private static void tell(SseWriter out, String event, String about, JsonNode data, Map<String, JsonNode> told)
            throws IOException {
        if (!data.equals(told.put(about, data.deepCopy()))) {
            out.event(event, data);
        }
    }
}
