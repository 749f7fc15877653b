package dev.playcall.boot.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.config.yaml.ConfigException;
import dev.playcall.config.yaml.Yaml;
import dev.playcall.config.yaml.YamlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file that people write, its JSON Schema, and the code that reads it. */
enum SchemaFile {
    PLAYCALL("config/playcall.yml"),
    META("playbooks/deploy.meta.yml"),
    ENVIRONMENT("inventory/production/config.yml");

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCHEMAS = Path.of("src/main/resources/dev/playcall/config/schema");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");

    private final String place;

    SchemaFile(String place) {
        this.place = place;
    }

    /** What the command line calls it. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Path schema() {
        return SCHEMAS.resolve(word() + ".schema.json");
    }

    JsonNode document() throws IOException {
        return JSON.readTree(Files.readString(schema()));
    }

    Schema validator() throws IOException {
        return SchemaRegistry.withDialect(Dialects.getDraft7()).getSchema(document());
    }

    /** The example with every key. */
    JsonNode complete() throws IOException {
        return json(Files.readString(Path.of("src/test/resources/schema", word() + ".yml")));
    }

    /** Keys at the top. */
    Set<String> keys() throws IOException {
        return SchemaWalk.names(document().path("properties"));
    }

    static List<String> faults(Schema validator, JsonNode document) {
        return validator.validate(document).stream().map(Object::toString).toList();
    }

    /** A folder with a playbook and an environment, in which the file can be read by the code. */
    static Path home(Path home) throws IOException {
        for (var folder : List.of("config", "playbooks", "inventory/production", "hosts")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.writeString(home.resolve("playbooks/deploy.yml"), "- hosts: web\n");
        Files.writeString(home.resolve("inventory/production/hosts.yml"), "all: { hosts: { web-1: } }\n");
        for (var file : List.of("production", "extra.yml")) {
            Files.writeString(home.resolve("hosts").resolve(file), "production: { hosts: { web-1: } }\n");
        }
        Files.copy(Path.of("src/test/resources/schema/ca.pem"), home.resolve("ca.pem"));
        return home;
    }

    /** What the code has against this text in the place of the file. */
    List<String> refusals(Path home, String text) throws IOException {
        Files.writeString(home.resolve(place), text);
        try {
            var config = ConfigFile.load(home, Optional.empty(), Map.of());
            // Of the configuration the catalogue reads operations alone.
            return this == PLAYCALL && !text.contains("operations") ? List.of() : DiskCatalogs.problems(config);
        } catch (ConfigException e) {
            return e.getMessage().lines().toList();
        }
    }

    /** As an editor reads it: YAML 1.2, in which {@code off} and {@code 22:00} are texts. */
    static JsonNode json(String yaml) {
        return YamlFile.parse(yaml, Path.of("example"))
                .root()
                .map(SchemaFile::json)
                .orElseGet(JsonNodeFactory.instance::nullNode);
    }

    private static JsonNode json(Yaml yaml) {
        var make = JsonNodeFactory.instance;
        return switch (yaml) {
            case Yaml.Scalar s -> scalar(s);
            case Yaml.Sequence s -> {
                var list = make.arrayNode();
                s.items().forEach(i -> list.add(json(i)));
                yield list;
            }
            case Yaml.Mapping m -> {
                var object = make.objectNode();
                m.entries().forEach((k, v) -> object.set(k, json(v)));
                yield object;
            }
        };
    }

    private static JsonNode scalar(Yaml.Scalar s) {
        var make = JsonNodeFactory.instance;
        var text = s.text();
        if (s.isNull()) {
            return make.nullNode();
        }
        if (s.quoted()) {
            return make.textNode(text);
        }
        if (INTEGER.matcher(text).matches()) {
            return make.numberNode(new java.math.BigInteger(text));
        }
        if (NUMBER.matcher(text).matches()) {
            return make.numberNode(new java.math.BigDecimal(text));
        }
        return TRUE.contains(text) || FALSE.contains(text)
                ? make.booleanNode(TRUE.contains(text))
                : make.textNode(text);
    }

    /** Every word in quotes in the code that reads files with sections: one of them may be a key. */
    static Stream<String> words() throws IOException {
        var word = Pattern.compile("\"([a-z][a-z_]{1,30})\"");
        try (var files = Files.walk(Path.of("src/main/java"))) {
            return files
                    .filter(f -> f.toString().endsWith(".java"))
                    .map(SchemaFile::read)
                    .filter(t -> t.contains("Section"))
                    .flatMap(t -> word.matcher(t).results().map(r -> r.group(1)))
                    .distinct()
                    .toList()
                    .stream();
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
