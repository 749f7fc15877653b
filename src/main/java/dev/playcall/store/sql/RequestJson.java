package dev.playcall.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.name.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Requests as they are kept. */
public final class RequestJson {
    private RequestJson() {}

    public static ObjectNode write(RunRequest r) {
        var node = RunEventJson.JSON.createObjectNode();
        node.put("operation", r.operation().value())
                .put("environment", r.environment().value());
        r.playbook().ifPresent(p -> node.put("playbook", p.value()));
        node.put("lock", r.lock()).put("limit", r.limit());
        node.set("hosts", texts(r.hosts()));
        node.set("tags", texts(r.tags()));
        node.put("check", r.check()).put("diff", r.diff());
        var variables = node.putObject("variables");
        r.variables().forEach((name, value) -> variables.set(name, value(value)));
        node.put("priority", r.priority()).put("timeout_ms", r.timeout().toMillis());
        node.put("name", r.name()).put("description", r.description());
        r.retryOf().ifPresent(o -> node.put("retry_of", o.value()));
        node.put("servers", r.servers());
        if (!r.options().isNone()) {
            node.set("options", OptionsJson.write(r.options()));
        }
        r.task().ifPresent(t -> node.set("task", OptionsJson.write(t)));
        return node;
    }

    static RunRequest read(JsonNode n) {
        var variables = new TreeMap<String, Value>();
        n.path("variables").properties().forEach(e -> variables.put(e.getKey(), value(e.getValue())));
        return new RunRequest(
                new Operation(n.path("operation").asText()),
                new EnvironmentName(n.path("environment").asText()),
                Optional.ofNullable(n.path("playbook").textValue()).map(PlaybookName::new),
                n.path("lock").asText(),
                n.path("limit").asText(),
                texts(n.path("hosts")),
                texts(n.path("tags")),
                n.path("check").asBoolean(),
                n.path("diff").asBoolean(),
                variables,
                n.path("priority").asInt(),
                Duration.ofMillis(n.path("timeout_ms").asLong()),
                n.path("name").asText(),
                n.path("description").asText(),
                n.hasNonNull("retry_of")
                        ? Optional.of(new RunId(n.path("retry_of").asLong()))
                        : Optional.empty(),
                n.path("servers").asInt(),
                OptionsJson.options(n.path("options")),
                OptionsJson.task(n.path("task")));
    }

    private static JsonNode value(Value value) {
        return switch (value) {
            case Value.Text(var text) -> RunEventJson.JSON.getNodeFactory().textNode(text);
            case Value.Decimal(var number) ->
                RunEventJson.JSON.createObjectNode().put("number", number.toPlainString());
            case Value.Flag(var flag) -> RunEventJson.JSON.getNodeFactory().booleanNode(flag);
            case Value.Items(var items) -> texts(items);
            case Value.Secret(var ref, var way) ->
                RunEventJson.JSON.createObjectNode().put("secret", ref).put("way", way.name());
        };
    }

    private static Value value(JsonNode node) {
        if (node.isBoolean()) {
            return new Value.Flag(node.booleanValue());
        }
        if (node.isArray()) {
            return new Value.Items(texts(node));
        }
        if (node.has("secret")) {
            return new Value.Secret(
                    node.path("secret").asText(),
                    Value.Secret.Usage.valueOf(node.path("way").asText("VARIABLE")));
        }
        return node.isObject()
                ? new Value.Decimal(new java.math.BigDecimal(node.path("number").asText()))
                : new Value.Text(node.asText());
    }

    static ArrayNode texts(List<String> texts) {
        var array = RunEventJson.JSON.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }
}
