package dev.playcall.web.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.router.EndpointMetadata;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What one route takes and answers. It is given to the route when it is registered, and what it does not name is refused. */
public final class ApiOperation implements EndpointMetadata {
    private static final String JSON = "application/json";
    private static final String OK = "200";

    private final ObjectNode node;
    private final Optional<JsonSchema> body;
    private final Traits traits;

    /** @param last the answer that was described last */
    private record Traits(boolean probe, boolean polled, boolean limited, String last) {}

    private ApiOperation(ObjectNode node, Optional<JsonSchema> body, Traits traits) {
        this.node = node;
        this.body = body;
        this.traits = traits;
    }

    static ApiOperation of(String summary) {
        var node = JsonNodeFactory.instance.objectNode().put("summary", summary);
        node.putArray("parameters");
        node.putObject("responses");
        return new ApiOperation(node, Optional.empty(), new Traits(false, false, false, OK));
    }

    private ApiOperation with(Consumer<ObjectNode> change) {
        return with(change, traits);
    }

    private ApiOperation with(Consumer<ObjectNode> change, Traits other) {
        var copy = node.deepCopy();
        change.accept(copy);
        return new ApiOperation(copy, body, other);
    }

    ApiOperation says(String more) {
        return with(n -> n.put("description", more));
    }

    private ApiOperation parameter(String in, String name, JsonSchema jsonSchema, String description) {
        return with(n -> {
            var parameter = n.withArrayProperty("parameters").addObject();
            parameter.put("name", name).put("in", in).put("description", description);
            if (in.equals("path")) {
                parameter.put("required", true);
            }
            parameter.set("schema", jsonSchema.json());
        });
    }

    ApiOperation path(String name, JsonSchema jsonSchema, String description) {
        return parameter("path", name, jsonSchema, description);
    }

    ApiOperation query(String name, JsonSchema jsonSchema, String description) {
        return parameter("query", name, jsonSchema, description);
    }

    ApiOperation needs(String name, JsonSchema jsonSchema, String description) {
        return query(name, jsonSchema, description).with(n -> {
            var all = n.withArrayProperty("parameters");
            ((ObjectNode) all.get(all.size() - 1)).put("required", true);
        });
    }

    ApiOperation header(String name, JsonSchema jsonSchema, String description) {
        return parameter("header", name, jsonSchema, description);
    }

    /** Page after page: {@code limit} and {@code cursor}. */
    ApiOperation paged(int most) {
        return query("limit", JsonSchema.integer().least(1).most(most).otherwise(50), "maximum number")
                .query("cursor", JsonSchema.id(), "next_cursor of the previous page");
    }

    ApiOperation body(JsonSchema jsonSchema) {
        return body(jsonSchema, true);
    }

    /** A body that may be left out. */
    ApiOperation maybeBody(JsonSchema jsonSchema) {
        return body(jsonSchema, false);
    }

    private ApiOperation body(JsonSchema jsonSchema, boolean required) {
        var copy = node.deepCopy();
        var request = copy.putObject("requestBody").put("required", required);
        request.putObject("content").putObject(JSON).set("schema", jsonSchema.json());
        return new ApiOperation(copy, Optional.of(jsonSchema), traits);
    }

    ApiOperation answers(int status, String description, JsonSchema jsonSchema) {
        return answers(status, description).as(JSON, jsonSchema);
    }

    ApiOperation answers(int status, String description) {
        var last = Integer.toString(status);
        return with(
                n -> n.withObjectProperty("responses").putObject(last).put("description", description),
                new Traits(traits.probe(), traits.polled(), traits.limited(), last));
    }

    /** The media type of the answer described last. */
    ApiOperation as(String type, JsonSchema jsonSchema) {
        return with(n -> answer(n).withObjectProperty("content").putObject(type).set("schema", jsonSchema.json()));
    }

    /** A header of the answer described last. */
    ApiOperation sends(String header, JsonSchema jsonSchema, String description) {
        return with(n -> answer(n)
                .withObjectProperty("headers")
                .putObject(header)
                .put("description", description)
                .set("schema", jsonSchema.json()));
    }

    private ObjectNode answer(ObjectNode n) {
        return n.withObjectProperty("responses").withObjectProperty(traits.last());
    }

    private ApiOperation refers(int status, String response) {
        return with(n -> n.withObjectProperty("responses")
                .putObject(Integer.toString(status))
                .put("$ref", "#/components/responses/" + response));
    }

    /** The same key is the same wish, however often it is sent. */
    ApiOperation keyed() {
        return header(
                "Idempotency-Key",
                JsonSchema.text().characters(1, 200),
                "requests with the same key are executed once");
    }

    /** One that makes runs: a person may ask for so many in a time. */
    ApiOperation limited() {
        return with(_ -> {}, new Traits(traits.probe(), traits.polled(), true, traits.last()))
                .rate()
                .refers(429, "TooMany");
    }

    private ApiOperation rate() {
        return sends("RateLimit-Limit", JsonSchema.integer(), "runs that one person may request in the period")
                .sends("RateLimit-Remaining", JsonSchema.integer(), "remaining runs")
                .sends("RateLimit-Reset", JsonSchema.integer(), "seconds until another one is allowed");
    }

    /** One that programs ask again and again: it says when nothing changed. */
    ApiOperation polled() {
        return sends("ETag", JsonSchema.text(), "changes with the response")
                .header("If-None-Match", JsonSchema.text(), "ETag of a previous response")
                .with(
                        n -> n.withObjectProperty("responses").putObject("304").put("description", "Not modified"),
                        new Traits(traits.probe(), true, traits.limited(), traits.last()));
    }

    /** One for machines, which send along what they like. */
    ApiOperation probe() {
        return with(_ -> {}, new Traits(true, traits.polled(), traits.limited(), traits.last()));
    }

    /** Whether parameters are refused that are not described. */
    public boolean isStrict() {
        return !traits.probe();
    }

    public boolean isPolled() {
        return traits.polled();
    }

    public boolean isLimited() {
        return traits.limited();
    }

    /** The parameters after the question mark. */
    public Set<String> parameters() {
        var names = new LinkedHashSet<String>();
        node.path("parameters").forEach(p -> {
            if (p.path("in").asText().equals("query")) {
                names.add(p.path("name").asText());
            }
        });
        return names;
    }

    /** The fields that the body may have; empty when it may have any, or none is read. */
    public Set<String> fields() {
        return body.map(JsonSchema::fields).orElse(Set.of());
    }

    ObjectNode json() {
        return node.deepCopy();
    }
}
