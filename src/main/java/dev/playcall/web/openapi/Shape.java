package dev.playcall.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a piece of JSON looks like, as JSON Schema 2020-12 says it. */
public final class Shape {
    private final ObjectNode node;

    private Shape(ObjectNode node) {
        this.node = node;
    }

    /** One field of an object. {@code always} when it is there each time. */
    public record Field(String name, Shape shape, boolean always) {}

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Shape type(String type) {
        return new Shape(object().put("type", type));
    }

    static Shape anything() {
        return new Shape(object());
    }

    static Shape text() {
        return type("string");
    }

    static Shape integer() {
        return type("integer");
    }

    static Shape number() {
        return type("number");
    }

    static Shape flag() {
        return type("boolean");
    }

    static Shape time() {
        return text().with("format", TextNode.valueOf("date-time"));
    }

    /** A number that something is found by. */
    static Shape id() {
        return integer().least(1);
    }

    static Shape words(String... words) {
        var shape = object().put("type", "string");
        var list = shape.putArray("enum");
        List.of(words).forEach(list::add);
        return new Shape(shape);
    }

    static Shape list(Shape of) {
        return type("array").with("items", of.node);
    }

    /** An object whose fields have any names. */
    static Shape map(Shape of) {
        return type("object").with("additionalProperties", of.node);
    }

    static Shape either(Shape first, Shape second) {
        var shape = object();
        shape.putArray("oneOf").add(first.node).add(second.node);
        return new Shape(shape);
    }

    static Shape named(String name) {
        return new Shape(object().put("$ref", "#/components/schemas/" + name));
    }

    static Field field(String name, Shape shape) {
        return new Field(name, shape, true);
    }

    static Field maybe(String name, Shape shape) {
        return new Field(name, shape, false);
    }

    static Shape object(Field... fields) {
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
        return new Shape(shape);
    }

    /** This object with more fields. */
    Shape and(Field... more) {
        var copy = node.deepCopy();
        var other = object(more).node;
        copy.withObjectProperty("properties").setAll((ObjectNode) other.path("properties"));
        other.path("required").forEach(copy.withArrayProperty("required")::add);
        return new Shape(copy);
    }

    private Shape with(String name, JsonNode value) {
        var copy = node.deepCopy();
        copy.set(name, value);
        return new Shape(copy);
    }

    Shape says(String description) {
        return with("description", TextNode.valueOf(description));
    }

    Shape example(String example) {
        var copy = node.deepCopy();
        copy.withArrayProperty("examples").add(example);
        return new Shape(copy);
    }

    Shape least(long number) {
        return with("minimum", JsonNodeFactory.instance.numberNode(number));
    }

    Shape most(long number) {
        return with("maximum", JsonNodeFactory.instance.numberNode(number));
    }

    Shape otherwise(Object value) {
        return with(
                "default",
                value instanceof Integer n
                        ? JsonNodeFactory.instance.numberNode(n)
                        : TextNode.valueOf(String.valueOf(value)));
    }

    Shape characters(int least, int most) {
        return with("minLength", JsonNodeFactory.instance.numberNode(least))
                .with("maxLength", JsonNodeFactory.instance.numberNode(most));
    }

    /** No other fields are taken. */
    Shape only() {
        return with("additionalProperties", JsonNodeFactory.instance.booleanNode(false));
    }

    Shape orNull() {
        var copy = node.deepCopy();
        if (!copy.path("type").isTextual()) {
            return either(this, type("null"));
        }
        var type = copy.path("type").asText();
        copy.putArray("type").add(type).add("null");
        return new Shape(copy);
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
