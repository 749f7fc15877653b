package dev.playcall.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

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
