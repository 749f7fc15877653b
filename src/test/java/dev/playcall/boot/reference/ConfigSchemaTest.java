package dev.playcall.boot.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.playcall.boot.reference.SchemaWalk.Place;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The schemas, which editors complete and the reference is made from, against the code that reads the same files. A new key
 * needs an entry in {@code src/main/resources/dev/playcall/config/schema} and in the example in {@code src/test/resources/schema}.
 */
class ConfigSchemaTest {
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    @TempDir
    Path folder;

    /** What the code can only know from other files, or from other parts of this one. */
    private static final Pattern ELSEWHERE = Pattern.compile(
            "is not a variable of the playbook|there is no (receiver|role|usable playbook)"
                    + "|is not (a receiver|a group of this machine|a mention)|cannot be read|variables\\.\\w+\\.default");

    /** What a value needs around it, with another value there; other sections make no difference and cost time. */
    private static JsonNode with(JsonNode document, String pointer, JsonNode value) {
        if (pointer.isEmpty()) {
            return value;
        }
        var keys = List.of(pointer.substring(1).split("/", -1));
        var top = document.path(keys.getFirst()).deepCopy();
        if (keys.size() > 1 && top instanceof ObjectNode section) {
            section.retain(keys.get(1), "receivers", "roles");
            if (keys.size() > 2
                    && section.path(keys.get(1)) instanceof ObjectNode named
                    && !keys.get(1).equals("route")) {
                named.retain(keys.get(2), "playbook", "title");
            }
        }
        JsonNode copy = MAKE.objectNode().set(keys.getFirst(), top);
        int last = pointer.lastIndexOf('/');
        var key = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
        switch (copy.at(pointer.substring(0, last))) {
            case ObjectNode object -> object.set(key, value);
            case ArrayNode list -> list.set(Integer.parseInt(key), value);
            default -> throw new IllegalArgumentException(pointer);
        }
        return copy;
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaIsOne(SchemaFile file) throws IOException {
        var meta = SchemaRegistry.withDialect(Dialects.getDraft7())
                .getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"));
        assertThat(SchemaFile.faults(meta, file.document())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theExampleWithEveryKeyIsAcceptedByBoth(SchemaFile file) throws IOException {
        var complete = file.complete();
        assertThat(SchemaFile.faults(file.validator(), complete)).isEmpty();
        assertThat(file.refusals(SchemaFile.home(folder), complete.toString())).isEmpty();
        var missing = new LinkedHashMap<Set<String>, Set<String>>();
        for (var place : SchemaWalk.of(file.document(), complete)) {
            if (place.hasKeys()) {
                missing.computeIfAbsent(place.keys(), keys -> new TreeSet<>(keys))
                        .removeAll(SchemaWalk.names(place.value()));
            }
        }
        assertThat(missing.values().stream().flatMap(Set::stream))
                .as("keys of the schema that the example does not have")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theCodeReadsNoKeyThatTheSchemaDoesNotHave(SchemaFile file) throws IOException {
        var home = SchemaFile.home(folder);
        var complete = file.complete();
        var words = SchemaFile.words().toList();
        assertThat(words).hasSizeGreaterThan(100);
        var read = new ArrayList<String>();
        int objects = 0;
        for (var place : SchemaWalk.of(file.document(), complete)) {
            if (place.hasKeys()) {
                objects++;
                var object = (ObjectNode) place.value().deepCopy();
                var tried = words.stream()
                        .filter(w -> !place.keys().contains(w))
                        .filter(w -> !place.foreign().contains(w))
                        .toList();
                tried.forEach(w -> object.putNull(w));
                var refused = String.join(
                        "\n",
                        file.refusals(
                                home, with(complete, place.pointer(), object).toString()));
                tried.stream()
                        .filter(w -> !refused.contains(w + ": no such key"))
                        .forEach(w -> read.add(place.pointer() + "/" + w));
            }
        }
        assertThat(objects).isGreaterThan(4);
        assertThat(read).isEmpty();
    }

    /** What is wrong with one value is wrong for both. Numbers and booleans where a text is wanted are told by editors alone. */
    @ParameterizedTest
    @EnumSource
    void bothRefuseTheSame(SchemaFile file) throws IOException {
        var home = SchemaFile.home(folder);
        var complete = file.complete();
        var validator = file.validator();
        var differences = new ArrayList<String>();
        int refused = 0;
        for (var place : SchemaWalk.of(file.document(), complete)) {
            for (var value : probes(place)) {
                var changed = with(complete, place.pointer(), value);
                boolean schema = SchemaFile.faults(validator, changed).isEmpty();
                var code = file.refusals(home, changed.toString());
                refused += schema ? 0 : 1;
                boolean known = code.stream().anyMatch(ELSEWHERE.asPredicate());
                if (schema != code.isEmpty() && !(schema && known)) {
                    differences.add(place.pointer() + " = " + value + ": schema " + schema + ", code " + code);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(refused).isGreaterThan(15);
    }

    private static List<JsonNode> probes(Place place) {
        var found = new ArrayList<JsonNode>();
        if (place.schema().has("minimum") && place.schema().has("maximum")) {
            Stream.of(
                            place.schema().get("minimum").asLong() - 1,
                            place.schema().get("minimum").asLong(),
                            place.schema().get("maximum").asLong(),
                            place.schema().get("maximum").asLong() + 1)
                    .forEach(n -> found.add(MAKE.numberNode(n)));
        }
        if (!place.value().isContainerNode()) {
            found.add(MAKE.textNode("5 minuets / x"));
            found.add(MAKE.textNode("0s"));
            found.add(MAKE.objectNode().put("x", "y"));
        }
        if (place.value().isObject()) {
            found.add(((ObjectNode) place.value().deepCopy()).put("nonsense", "x"));
            found.add(MAKE.textNode("text"));
        }
        if (place.value().isArray()) {
            found.add(MAKE.arrayNode().add(MAKE.arrayNode()));
        }
        return found;
    }

    @Test
    void defaultsAreThoseOfTheCode() throws IOException {
        var home = SchemaFile.home(folder);
        var schema = SchemaFile.PLAYCALL.document();
        Files.writeString(home.resolve("config/playcall.yml"), """
            access: { policies: [{}], roles: { releaser: { permissions: [start] } } }
            notify: { receivers: { ops: { slack: C0123 }, hook: { webhook: "https://example.org" } } }
            operations: { deploy: { retry: {} } }
            """);
        var example = SchemaFile.json(Files.readString(home.resolve("config/playcall.yml")));
        var effective = ConfigFile.read(home, Optional.empty(), Map.of()).effective();
        var wrong = new ArrayList<String>();
        int compared = 0;
        for (var setting : effective) {
            if (!setting.isSaid() && !setting.key().contains("timezone")) {
                var described = described(schema, example, setting.key());
                var code = setting.value().replace(home + "/", "");
                compared++;
                if (!described.path("default").asText("none").equals(code)) {
                    wrong.add(setting.key() + ": " + described.path("default") + " in the schema, " + code
                            + " in the code");
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(50);
    }

    private static JsonNode described(JsonNode root, JsonNode example, String key) {
        var schema = root;
        var value = example;
        for (var part : key.replaceAll("\\[(\\d+)]", ".$1").split("\\.", -1)) {
            schema = SchemaWalk.resolve(root, schema, value);
            var known = schema.path("properties").path(part);
            schema = known.isMissingNode()
                    ? schema.path(part.matches("\\d+") ? "items" : "additionalProperties")
                    : known;
            value = part.matches("\\d+") ? value.path(Integer.parseInt(part)) : value.path(part);
        }
        return SchemaWalk.target(root, schema);
    }
}
