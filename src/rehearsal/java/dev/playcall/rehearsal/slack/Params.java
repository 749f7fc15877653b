package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of one call of the Web API, from a form or from JSON. */
record Params(String method, Map<String, String> values) {
    Params {
        values = Map.copyOf(values);
    }

    static Params of(String method, Context ctx) {
        var values = new LinkedHashMap<String, String>();
        ctx.queryParamMap().forEach((k, v) -> values.put(k, v.getFirst()));
        var type = Optional.ofNullable(ctx.contentType()).orElse("");
        if (type.startsWith("application/json")) {
            var body = Json.read(ctx.body()).filter(JsonNode::isObject).orElseThrow(() -> new Refusal("invalid_json"));
            body.properties()
                    .forEach(e -> values.put(
                            e.getKey(),
                            e.getValue().isTextual()
                                    ? e.getValue().textValue()
                                    : e.getValue().toString()));
        } else {
            ctx.formParamMap().forEach((k, v) -> values.put(k, v.getFirst()));
        }
        return new Params(method, values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
    }

    String need(String name, String error) {
        return text(name).orElseThrow(() -> new Refusal(error));
    }

    String need(String name) {
        return text(name)
                .orElseThrow(
                        () -> new Refusal("invalid_arguments", List.of("[ERROR] missing required field: " + name)));
    }

    boolean flag(String name) {
        return text(name).filter(v -> v.equals("1") || v.equals("true")).isPresent();
    }

    int number(String name, int otherwise) {
        try {
            return text(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new Refusal("invalid_arguments", List.of("[ERROR] not a number: " + name));
        }
    }

    Optional<ArrayNode> array(String name, String error) {
        return text(name)
                .map(v -> Json.read(v)
                        .filter(JsonNode::isArray)
                        .map(ArrayNode.class::cast)
                        .orElseThrow(() -> new Refusal(error)));
    }

    Optional<JsonNode> object(String name, String error) {
        return text(name).map(v -> Json.read(v).filter(JsonNode::isObject).orElseThrow(() -> new Refusal(error)));
    }
}
