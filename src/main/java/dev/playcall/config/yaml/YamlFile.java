package dev.playcall.config.yaml;

import dev.playcall.domain.format.TextFormat;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Reads a YAML file as it is written: nothing is constructed, no tag means anything, every node knows its line. Aliases
 * are followed, but a file cannot grow by them without end.
 */
public final class YamlFile {
    private static final int LARGEST = 8 << 20;
    private static final int MOST_ALIASES = 1000;
    private static final int DEEPEST = 60;

    private final Path shown;

    private YamlFile(Path shown) {
        this.shown = shown;
    }

    /** What a file holds: its root, which is missing in an empty file. */
    public record Content(Optional<Yaml> root) {}

    /**
     * The text of a file that is not YAML, under the same conditions.
     *
     * @throws ConfigException when it cannot be read
     */
    public static String text(Path file, Path shown) {
        var reading = new YamlFile(shown);
        return reading.text(reading.bytes(file));
    }

    /**
     * Reads a file.
     *
     * @param shown the name to use in places, usually relative to the project
     * @throws ConfigException when it cannot be read or is not YAML
     */
    public static Content read(Path file, Path shown) {
        var reading = new YamlFile(shown);
        return new Content(reading.parse(reading.text(reading.bytes(file))));
    }

    /** The same of a text that is not in a file yet. */
    public static Content parse(String text, Path shown) {
        return new Content(new YamlFile(shown).parse(text));
    }

    private byte[] bytes(Path file) {
        if (!Files.exists(file)) {
            throw problem(shown.toString(), "there is no such file");
        }
        // Reading a pipe or a device would never end.
        if (!Files.isRegularFile(file)) {
            throw problem(shown.toString(), "is not a file");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw problem(shown.toString(), "is larger than " + TextFormat.size(LARGEST));
            }
            return bytes;
        } catch (IOException e) {
            throw problem(shown.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private String text(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length);
        var result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        out.flip();
        if (result.isError()) {
            throw problem(shown + ":" + (1 + out.chars().filter(c -> c == '\n').count()), "is not UTF-8 text");
        }
        return out.toString();
    }

    private Optional<Yaml> parse(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(DEEPEST);
        try {
            Node root = new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
            return Optional.ofNullable(root).map(node -> new YamlNodes(shown).convert(node));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw problem(shown + ":" + line, message(e));
        } catch (ReaderException e) {
            long before = text.codePoints()
                    .limit(e.getPosition())
                    .filter(c -> c == '\n')
                    .count();
            throw problem(
                    shown + ":" + (1 + before),
                    "holds a character that YAML does not allow (U+%04X)".formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            var first = String.valueOf(e.getMessage()).lines().findFirst();
            throw problem(shown.toString(), first.orElse("is not YAML"));
        }
    }

    private static String message(MarkedYAMLException e) {
        var problem = e.getProblem() == null ? "is not YAML" : e.getProblem();
        return problem.contains("'\\t") ? "a tab cannot indent YAML (use spaces)" : problem;
    }

    private static ConfigException problem(String place, String message) {
        return new ConfigException(List.of(new Problem(place, message)));
    }
}
