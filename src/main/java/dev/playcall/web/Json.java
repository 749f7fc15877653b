package dev.playcall.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** JSON in and out. */
final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The body as an object. */
    static JsonNode body(Context ctx) throws JsonProcessingException {
        var type = ctx.contentType();
        if (type == null || !type.startsWith("application/json")) {
            throw new ProblemException(415, "the body has to be application/json", java.util.Optional.empty());
        }
        var node = MAPPER.readTree(ctx.body());
        if (node == null || !node.isObject()) {
            throw new ProblemException(400, "the body has to be a JSON object", java.util.Optional.empty());
        }
        return node;
    }

    static Object plain(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    static void send(Context ctx, JsonNode node) {
        ctx.result(node.toString()).contentType("application/json");
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** Seconds with milliseconds. */
    static java.math.BigDecimal seconds(Duration d) {
        return java.math.BigDecimal.valueOf(d.toMillis(), 3);
    }
}
