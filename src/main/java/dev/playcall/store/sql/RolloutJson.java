package dev.playcall.store.sql;

import dev.playcall.domain.rollout.Rollout;
import dev.playcall.domain.rollout.Rollout.HostShare;
import dev.playcall.domain.rollout.Rollout.WavePause;
import java.time.Duration;
import java.util.List;

/** Rollouts as they are kept. */
public final class RolloutJson {
    private RolloutJson() {}

    public static String write(Rollout rollout) {
        var node = RunEventJson.JSON.createObjectNode();
        node.set(
                "waves",
                RequestJson.texts(
                        rollout.waves().stream().map(HostShare::toString).toList()));
        return node.put("max_failed", rollout.maxFailed().toString())
                .put("approve", rollout.pause().approve())
                .put("pause_ms", rollout.pause().time().toMillis())
                .put("rollback", rollout.rollback())
                .toString();
    }

    public static String names(List<String> hosts) {
        return RequestJson.texts(hosts).toString();
    }

    public static List<String> names(String json) {
        return RequestJson.texts(RunEventJson.tree(json));
    }

    public static Rollout read(String json) {
        var node = RunEventJson.tree(json);
        return new Rollout(
                RequestJson.texts(node.path("waves")).stream()
                        .map(w -> HostShare.of(w).orElseThrow())
                        .toList(),
                HostShare.of(node.path("max_failed").asText()).orElseThrow(),
                new WavePause(
                        node.path("approve").asBoolean(),
                        Duration.ofMillis(node.path("pause_ms").asLong())),
                node.path("rollback").asText());
    }
}
