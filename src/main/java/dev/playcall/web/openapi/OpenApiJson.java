package dev.playcall.web.openapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.config.yaml.YamlResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The document in JSON, made once by the build: to read YAML of this size is a sixth of what a start of a gateway costs.
 * Where there is none, or one of another {@code openapi.yml}, as after a build without Maven, the YAML is read.
 */
final class OpenApiJson {
    private static final String SOURCE = "openapi.yml";
    private static final String MADE = "openapi.json";
    /** Parts that the file names for itself. */
    private static final String PARTS = "x-parts";

    private OpenApiJson() {}

    /** @param arguments the folder with the compiled classes */
    public static void main(String[] arguments) throws IOException {
        var place = Path.of(arguments[0], "dev/playcall/web/openapi", MADE);
        Files.writeString(place, sum(resource(SOURCE).orElseThrow()) + "\n" + ofYaml());
    }

    static ObjectNode read() {
        var source = resource(SOURCE).orElseThrow();
        return resource(MADE).flatMap(made -> of(made, source)).orElseGet(OpenApiJson::ofYaml);
    }

    static ObjectNode ofYaml() {
        ObjectNode document = new ObjectMapper().valueToTree(YamlResource.read(OpenApiJson.class, SOURCE));
        document.remove(PARTS);
        return document;
    }

    /** @return empty when it was made of something else than this source */
    static Optional<ObjectNode> of(byte[] made, byte[] source) {
        var lines = new String(made, StandardCharsets.UTF_8).split("\n", 2);
        return lines[0].equals(sum(source)) ? Optional.of(json(lines[1])) : Optional.empty();
    }

    private static ObjectNode json(String text) {
        try {
            return new ObjectMapper().readValue(text, ObjectNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sum(byte[] source) {
        var sum = new CRC32();
        sum.update(source);
        return Long.toHexString(sum.getValue());
    }

    private static Optional<byte[]> resource(String name) {
        try (var in = OpenApiJson.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
