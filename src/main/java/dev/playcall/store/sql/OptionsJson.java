package dev.playcall.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.ansible.AnsibleOptions;
import java.util.Optional;

/** Options and the one task of a request or a plan as they are kept; what is not there is as usual. */
public final class OptionsJson {
    private OptionsJson() {}

    public static ObjectNode write(AnsibleOptions options) {
        var node = RunEventJson.JSON.createObjectNode();
        node.set("skip_tags", RequestJson.texts(options.skipTags()));
        options.slices().ifPresent(n -> node.put("slices", n));
        return node.put("verbosity", options.verbosity())
                .put("start_at_task", options.startAtTask())
                .put("flush_cache", options.flushCache());
    }

    public static AnsibleOptions options(JsonNode n) {
        return new AnsibleOptions(
                RequestJson.texts(n.path("skip_tags")),
                n.path("verbosity").asInt(),
                n.path("start_at_task").asText(),
                n.path("flush_cache").asBoolean(),
                Optional.of(n.path("slices")).filter(JsonNode::isInt).map(JsonNode::asInt));
    }

    public static ObjectNode write(AdhocTask task) {
        return RunEventJson.JSON
                .createObjectNode()
                .put("module", task.module())
                .put("text", task.text())
                .put("become", task.become());
    }

    public static Optional<AdhocTask> task(JsonNode n) {
        return n.isObject()
                ? Optional.of(new AdhocTask(
                        n.path("module").asText(),
                        n.path("text").asText(),
                        n.path("become").asBoolean()))
                : Optional.empty();
    }
}
