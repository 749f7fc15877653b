package dev.playcall.web.http;

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
public final class JsonBodies {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JsonBodies() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The body as an object. */
    public static JsonNode body(Context ctx) throws JsonProcessingException {
        var type = ctx.contentType();
        if (type == null || !type.startsWith("application/json")) {
            throw new ProblemException(415, "the content type must be application/json", java.util.Optional.empty());
        }
        var node = MAPPER.readTree(ctx.body());
        if (node == null || !node.isObject()) {
            throw new ProblemException(400, "the body must be a JSON object", java.util.Optional.empty());
        }
        return node;
    }

    public static Object plain(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static void send(Context ctx, JsonNode node) {
        ctx.result(node.toString()).contentType("application/json");
    }

    public static String time(Instant at) {
        return TIME.format(at);
    }

    /** Seconds with milliseconds. */
    public static java.math.BigDecimal seconds(Duration d) {
        return java.math.BigDecimal.valueOf(d.toMillis(), 3);
    }
}
