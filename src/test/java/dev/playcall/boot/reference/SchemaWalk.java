package dev.playcall.boot.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Goes through a document and its schema together. */
final class SchemaWalk {
    private final JsonNode root;
    private final List<Place> places = new ArrayList<>();

    /**
     * A value in the document.
     *
     * @param pointer where, as a JSON pointer
     * @param schema what describes it
     * @param value what stands there
     * @param foreign keys that other variants of the same object have
     */
    record Place(String pointer, JsonNode schema, JsonNode value, Set<String> foreign) {
        boolean hasKeys() {
            return value.isObject() && schema.path("properties").isObject();
        }

        Set<String> keys() {
            return names(schema.path("properties"));
        }
    }

    private SchemaWalk(JsonNode root) {
        this.root = root;
    }

    static List<Place> of(JsonNode schema, JsonNode document) {
        var walk = new SchemaWalk(schema);
        walk.visit("", schema, document);
        return walk.places;
    }

    static Set<String> names(JsonNode object) {
        var names = new LinkedHashSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private void visit(String pointer, JsonNode described, JsonNode value) {
        var schema = resolve(root, described, value);
        var foreign = new LinkedHashSet<String>();
        variants(target(root, described)).forEach(v -> foreign.addAll(names(v.path("properties"))));
        foreign.removeAll(names(schema.path("properties")));
        places.add(new Place(pointer, schema, value, foreign));
        value.properties().forEach(e -> {
            var known = schema.path("properties").path(e.getKey());
            var below = known.isMissingNode() ? schema.path("additionalProperties") : known;
            if (below.isObject()) {
                visit(pointer + "/" + e.getKey().replace("~", "~0").replace("/", "~1"), below, e.getValue());
            }
        });
        if (value.isArray() && schema.path("items").isObject()) {
            for (int i = 0; i < value.size(); i++) {
                visit(pointer + "/" + i, schema.path("items"), value.get(i));
            }
        }
    }

    /** The schema itself: references followed, and of several variants the one that this value is. */
    static JsonNode resolve(JsonNode root, JsonNode described, JsonNode value) {
        var schema = target(root, described);
        var variants = variants(schema).toList();
        return variants.stream()
                .filter(v -> names(v.path("properties")).containsAll(names(value)))
                .filter(v -> names(value).containsAll(texts(v.path("required"))))
                .findFirst()
                .map(v -> target(root, v))
                .orElse(schema);
    }

    private static Stream<JsonNode> variants(JsonNode schema) {
        return Stream.of("oneOf", "anyOf").flatMap(k -> stream(schema.path(k))).filter(v -> v.has("properties"));
    }

    /** A reference, alone or beside a description, leads to what it names; its own description and default stay. */
    static JsonNode target(JsonNode root, JsonNode schema) {
        var reference = Stream.concat(
                        Stream.of(schema),
                        Stream.concat(
                                stream(schema.path("allOf")),
                                stream(schema.path("anyOf")).flatMap(v -> stream(v.path("allOf")))))
                .map(s -> s.path("$ref").asText())
                .filter(r -> !r.isEmpty())
                .findFirst();
        if (reference.isEmpty()) {
            return schema;
        }
        var target = root.at(reference.get().substring(1));
        if (target instanceof MissingNode) {
            throw new AssertionError("there is no " + reference.get());
        }
        ObjectNode merged = target.deepCopy();
        Stream.of("description", "default").filter(schema::has).forEach(k -> merged.set(k, schema.get(k)));
        return merged;
    }

    static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::asText).toList();
    }

    static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
