package dev.playcall.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The description of the API, held against what is asked and answered. A field that is not described is a fault. */
public final class Described {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaRegistry schemas = SchemaRegistry.withDialect(Dialects.getDraft202012());
    private final JsonNode document;
    private final JsonNode closed;
    private final Map<String, Schema> known = new HashMap<>();

    public Described(String document) throws IOException {
        this.document = JSON.readTree(document.replace("#/components/schemas/", "#/$defs/"));
        this.closed = close(this.document.deepCopy());
    }

    /** What the published schema of OpenAPI 3.1 has against the document. */
    public static List<String> faults(String document) throws IOException {
        try (var in = Objects.requireNonNull(Described.class.getResourceAsStream("/openapi/schema-3.1.json"))) {
            var schema = SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(JSON.readTree(in));
            return schema.validate(JSON.readTree(document)).stream()
                    .map(Object::toString)
                    .toList();
        }
    }

    /** What JSON Schema itself has against each of the shapes. */
    public List<String> faultsOfShapes() {
        var meta = schemas.getSchema(
                com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        return document.findValues("schema").stream()
                .flatMap(s -> meta.validate(s).stream())
                .map(Object::toString)
                .toList();
    }

    private static JsonNode close(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Described::close);
        return node;
    }

    public Set<String> routes() {
        var routes = new TreeSet<String>();
        document.path("paths")
                .properties()
                .forEach(p -> p.getValue()
                        .fieldNames()
                        .forEachRemaining(m -> routes.add(m.toUpperCase(Locale.ROOT) + " " + p.getKey())));
        return routes;
    }

    /** The route that answers this; of two that fit, the one with fewer variables. */
    public String route(String method, String path) {
        return routes().stream()
                .filter(r -> r.startsWith(method + " "))
                .filter(r -> path.matches(r.substring(method.length() + 1).replaceAll("\\{\\w+}", "[^/]+")))
                .min((a, b) -> Long.compare(variables(a), variables(b)))
                .orElseThrow(() -> new AssertionError("not described: " + method + " " + path));
    }

    private static long variables(String route) {
        return route.chars().filter(c -> c == '{').count();
    }

    public JsonNode operation(String route) {
        var parts = route.split(" ", 2);
        return closed.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    }

    /** What is wrong with an answer. */
    public List<String> faults(String route, HttpResponse<String> answer) throws IOException {
        var responses = operation(route).path("responses");
        var status = Integer.toString(answer.statusCode());
        var described =
                responses.has(status) || answer.statusCode() < 400 ? responses.path(status) : responses.path("default");
        var faults = new ArrayList<String>();
        if (described.isMissingNode()) {
            return List.of("status " + status + " is not described");
        }
        if (described.has("$ref")) {
            described = closed.at(described.path("$ref").asText().substring(1));
        }
        for (var header : described.path("headers").properties()) {
            boolean always = header.getValue().path("required").asBoolean(true);
            if (always && answer.headers().firstValue(header.getKey()).isEmpty()) {
                faults.add("there is no header " + header.getKey());
            }
        }
        var type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        if (!described.has("content")) {
            return answer.body().isEmpty() ? faults : List.of("a body is not described");
        }
        var shape = described.path("content").path(type);
        if (shape.isMissingNode()) {
            faults.add("media type " + type + " is not described");
        } else if (type.endsWith("json")) {
            faults.addAll(faults(shape.path("schema"), JSON.readTree(answer.body())));
        }
        return faults;
    }

    /** What is wrong with the JSON of an answer that went well. */
    public List<String> faultsOfRecord(String route, JsonNode record) {
        return faults(operation(route).at("/responses/200/content/application~1json/schema"), record);
    }

    /** What is wrong with a request, as far as its query and its body go. */
    public List<String> faultsOfRequest(String route, Set<String> query, String body) throws IOException {
        var operation = operation(route);
        var names = StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(p -> p.path("in").asText().equals("query"))
                .map(p -> p.path("name").asText())
                .toList();
        var faults = new ArrayList<String>();
        query.stream().filter(q -> !names.contains(q)).forEach(q -> faults.add("parameter " + q + " is not described"));
        var shape = operation.at("/requestBody/content/application~1json/schema");
        if (body.isEmpty()) {
            if (operation.path("requestBody").path("required").asBoolean()) {
                faults.add("a body is required");
            }
        } else if (shape.isMissingNode()) {
            faults.add("a body is not described");
        } else {
            faults.addAll(faults(shape, JSON.readTree(body)));
        }
        return faults;
    }

    private List<String> faults(JsonNode shape, JsonNode value) {
        var schema = known.computeIfAbsent(shape.toString(), _ -> {
            var whole = JSON.createObjectNode();
            whole.setAll((ObjectNode) shape.deepCopy());
            whole.set("$defs", closed.at("/components/schemas"));
            return schemas.getSchema(whole);
        });
        return schema.validate(value).stream().map(Object::toString).toList();
    }
}
