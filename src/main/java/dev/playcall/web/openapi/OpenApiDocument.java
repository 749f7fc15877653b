package dev.playcall.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The OpenAPI document: what is served, and what each route takes. It is kept by hand, in {@code openapi.yml}. */
public final class OpenApiDocument {
    private static final ObjectNode DOCUMENT = OpenApiJson.read();

    private OpenApiDocument() {}

    /** All of it, in JSON. */
    public static String json() {
        return DOCUMENT.toString();
    }

    /**
     * What it says of a route.
     *
     * @param path as it is registered, with its places: {@code /api/v1/runs/{id}}
     * @throws IllegalStateException when it says nothing of it
     */
    public static ApiOperation operation(String method, String path) {
        JsonNode operation = DOCUMENT.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            throw new IllegalStateException(method + " " + path + " is not in openapi.yml");
        }
        return ApiOperation.of(operation);
    }

    /**
     * What the document says of one route.
     *
     * @param parameters the names that may stand after the question mark
     * @param fields the fields that the body may have; empty when it may have any, or none is read
     * @param polled whether programs ask it again and again, and are told with 304 that nothing changed
     * @param limited whether it makes runs, of which a person may request so many in a time
     */
    public record ApiOperation(Set<String> parameters, Set<String> fields, boolean polled, boolean limited) {
        static ApiOperation of(JsonNode operation) {
            var parameters = new LinkedHashSet<String>();
            operation.path("parameters").forEach(p -> {
                if (p.path("in").asText().equals("query")) {
                    parameters.add(p.path("name").asText());
                }
            });
            var responses = operation.path("responses");
            return new ApiOperation(parameters, fields(operation), responses.has("304"), responses.has("429"));
        }

        private static Set<String> fields(JsonNode operation) {
            var fields = new LinkedHashSet<String>();
            var schema = operation.at("/requestBody/content/application~1json/schema");
            if (schema.path("additionalProperties").isBoolean()) {
                schema.path("properties").fieldNames().forEachRemaining(fields::add);
            }
            return fields;
        }
    }
}
