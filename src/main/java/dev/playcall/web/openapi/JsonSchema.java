package dev.playcall.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a piece of JSON looks like, as JSON Schema 2020-12 says it. */
final class JsonSchema {
    private final ObjectNode node;

    private JsonSchema(ObjectNode node) {
        this.node = node;
    }

    /** One field of an object. {@code always} when it is there each time. */
    public record Field(String name, JsonSchema shape, boolean always) {}

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonSchema type(String type) {
        return new JsonSchema(object().put("type", type));
    }

    static JsonSchema anything() {
        return new JsonSchema(object());
    }

    static JsonSchema text() {
        return type("string");
    }

    static JsonSchema integer() {
        return type("integer");
    }

    static JsonSchema number() {
        return type("number");
    }

    static JsonSchema flag() {
        return type("boolean");
    }

    static JsonSchema time() {
        return text().with("format", TextNode.valueOf("date-time"));
    }

    /** A number that something is found by. */
    static JsonSchema id() {
        return integer().least(1);
    }

    static JsonSchema words(String... words) {
        var shape = object().put("type", "string");
        var list = shape.putArray("enum");
        List.of(words).forEach(list::add);
        return new JsonSchema(shape);
    }

    static JsonSchema list(JsonSchema of) {
        return type("array").with("items", of.node);
    }

    /** An object whose fields have any names. */
    static JsonSchema map(JsonSchema of) {
        return type("object").with("additionalProperties", of.node);
    }

    static JsonSchema either(JsonSchema first, JsonSchema second) {
        var shape = object();
        shape.putArray("oneOf").add(first.node).add(second.node);
        return new JsonSchema(shape);
    }

    static JsonSchema named(String name) {
        return new JsonSchema(object().put("$ref", "#/components/schemas/" + name));
    }

    static Field field(String name, JsonSchema jsonSchema) {
        return new Field(name, jsonSchema, true);
    }

    static Field maybe(String name, JsonSchema jsonSchema) {
        return new Field(name, jsonSchema, false);
    }

    static JsonSchema object(Field... fields) {
        var shape = object().put("type", "object");
        var properties = object();
        var required = JsonNodeFactory.instance.arrayNode();
        for (var field : fields) {
            properties.set(field.name(), field.shape().node);
            if (field.always()) {
                required.add(field.name());
            }
        }
        if (!required.isEmpty()) {
            shape.set("required", required);
        }
        shape.set("properties", properties);
        return new JsonSchema(shape);
    }

    /** This object with more fields. */
    JsonSchema and(Field... more) {
        var copy = node.deepCopy();
        var other = object(more).node;
        copy.withObjectProperty("properties").setAll((ObjectNode) other.path("properties"));
        other.path("required").forEach(copy.withArrayProperty("required")::add);
        return new JsonSchema(copy);
    }

    private JsonSchema with(String name, JsonNode value) {
        var copy = node.deepCopy();
        copy.set(name, value);
        return new JsonSchema(copy);
    }

    JsonSchema says(String description) {
        return with("description", TextNode.valueOf(description));
    }

    JsonSchema example(String example) {
        var copy = node.deepCopy();
        copy.withArrayProperty("examples").add(example);
        return new JsonSchema(copy);
    }

    JsonSchema least(long number) {
        return with("minimum", JsonNodeFactory.instance.numberNode(number));
    }

    JsonSchema most(long number) {
        return with("maximum", JsonNodeFactory.instance.numberNode(number));
    }

    JsonSchema otherwise(Object value) {
        return with(
                "default",
                value instanceof Integer n
                        ? JsonNodeFactory.instance.numberNode(n)
                        : TextNode.valueOf(String.valueOf(value)));
    }

    JsonSchema characters(int least, int most) {
        return with("minLength", JsonNodeFactory.instance.numberNode(least))
                .with("maxLength", JsonNodeFactory.instance.numberNode(most));
    }

    /** No other fields are taken. */
    JsonSchema only() {
        return with("additionalProperties", JsonNodeFactory.instance.booleanNode(false));
    }

    JsonSchema orNull() {
        var copy = node.deepCopy();
        if (!copy.path("type").isTextual()) {
            return either(this, type("null"));
        }
        var type = copy.path("type").asText();
        copy.putArray("type").add(type).add("null");
        return new JsonSchema(copy);
    }

    /** The fields that may be given; empty when any may. */
    Set<String> fields() {
        var names = new LinkedHashSet<String>();
        if (node.path("additionalProperties").isBoolean()) {
            node.path("properties").fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    boolean isInteger() {
        return node.path("type").asText().equals("integer");
    }

    ObjectNode json() {
        return node.deepCopy();
    }
}
