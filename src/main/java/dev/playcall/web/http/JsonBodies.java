package dev.playcall.web.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** JSON in and out. */
public final class JsonBodies {
    private static final String READ = "json-body";
    private static final int MOST_TOKENS = 20_000;
    private static final int DEEPEST = 50;
    private static final Pattern DUPLICATE = Pattern.compile("^Duplicate field '(.*)'$", Pattern.DOTALL);
    private static final int MOST_TOKENS_OF_LARGE = 1_000_000;
    private static final ObjectMapper MAPPER = mapper(MOST_TOKENS);
    private static final ObjectMapper LARGE = mapper(MOST_TOKENS_OF_LARGE);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JsonBodies() {}

    private static ObjectMapper mapper(int mostTokens) {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxTokenCount(mostTokens)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The body as an object; it is read once. */
    public static JsonNode body(Context ctx) throws JsonProcessingException {
        var read = ctx.<JsonNode>attribute(READ);
        if (read != null) {
            return read;
        }
        var type = MediaType.of(ctx);
        if (!type.is("application/json")) {
            throw new ProblemException(415, "the content type must be application/json", Optional.empty());
        }
        type.refuseOtherCharsets();
        var node = read(MAPPER, MOST_TOKENS, ctx.bodyAsBytes());
        if (!node.isObject()) {
            throw new ProblemException(400, "the body must be a JSON object", Optional.empty());
        }
        ctx.attribute(READ, node);
        return node;
    }

    private static JsonNode read(ObjectMapper mapper, int mostTokens, byte[] body) throws JsonProcessingException {
        try {
            return mapper.readTree(body);
        } catch (StreamConstraintsException e) {
            throw new ProblemException(
                    400,
                    "the body has more than " + mostTokens + " names, values and brackets, or is nested deeper than "
                            + DEEPEST + " levels",
                    Optional.empty());
        } catch (JsonProcessingException e) {
            var duplicate = DUPLICATE.matcher(e.getOriginalMessage());
            if (duplicate.find()) {
                throw ProblemException.duplicate(duplicate.group(1));
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Any JSON of a request that may be long.
     *
     * @throws ProblemException when it is none
     */
    public static JsonNode large(byte[] body) {
        try {
            return read(LARGE, MOST_TOKENS_OF_LARGE, body);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new ProblemException(400, "the body is not JSON" + where, Optional.empty());
        }
    }

    public static Object plain(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }

    /** What this text is as JSON; empty when it is none. */
    public static Optional<Object> value(String text) {
        try {
            return Optional.ofNullable(MAPPER.readValue(text, Object.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Texts in it say the names of people. */
    public static void send(Context ctx, JsonNode node) {
        NamedTexts.apply(ctx, node);
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
