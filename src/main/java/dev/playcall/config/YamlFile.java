package dev.playcall.config;

import dev.playcall.config.Yaml.Mapping;
import dev.playcall.config.Yaml.Place;
import dev.playcall.config.Yaml.Scalar;
import dev.playcall.config.Yaml.Sequence;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a YAML file as it is written: nothing is constructed, no tag means anything, every node knows its line. Aliases
 * are followed, but a file cannot grow by them without end.
 */
public final class YamlFile {
    private static final int LARGEST = 8 << 20;
    private static final int MOST_NODES = 2_000_000;

    private final Path shown;
    private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();
    private int nodes;

    private YamlFile(Path shown) {
        this.shown = shown;
    }

    /** What a file holds: its root, which is missing in an empty file. */
    public record Content(Optional<Yaml> root) {}

    /**
     * Reads a file.
     *
     * @param shown the name to use in places, usually relative to the project
     * @throws ConfigException when it cannot be read or is not YAML
     */
    public static Content read(Path file, Path shown) {
        return new Content(new YamlFile(shown).parse(text(file, shown)));
    }

    private static String text(Path file, Path shown) {
        try {
            if (Files.size(file) > LARGEST) {
                throw problem(shown.toString(), "has " + Files.size(file) + " bytes, at most " + LARGEST + " are read");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (NoSuchFileException e) {
            throw problem(shown.toString(), "there is no such file");
        } catch (CharacterCodingException e) {
            throw problem(shown.toString(), "is not UTF-8 text");
        } catch (IOException e) {
            throw problem(shown.toString(), "cannot be read: " + e.getMessage());
        }
    }

    private Optional<Yaml> parse(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setMaxAliasesForCollections(50);
        options.setAllowDuplicateKeys(false);
        options.setNestingDepthLimit(60);
        try {
            var root = new org.yaml.snakeyaml.Yaml(options).compose(new StringReader(text));
            return Optional.ofNullable(root).map(this::convert);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            var said = e.getProblem() == null ? "is not YAML" : e.getProblem();
            throw problem(shown + ":" + line, said + (said.contains("'\\t") ? " (YAML is indented with spaces)" : ""));
        } catch (YAMLException e) {
            throw problem(
                    shown.toString(),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("is not YAML"));
        }
    }

    private Yaml convert(Node node) {
        if (++nodes > MOST_NODES) {
            throw problem(place(node).toString(), "aliases make this file too large");
        }
        if (open.put(node, true) != null) {
            throw problem(place(node).toString(), "an alias holds itself");
        }
        try {
            return switch (node) {
                case MappingNode mapping -> mapping(mapping);
                case SequenceNode sequence -> sequence(sequence);
                case ScalarNode scalar -> scalar(scalar);
                default -> throw problem(place(node).toString(), "cannot be read");
            };
        } finally {
            open.remove(node);
        }
    }

    private Yaml mapping(MappingNode node) {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw problem(place(tuple.getKeyNode()).toString(), "a key has to be text");
            }
            if (entries.put(key.getValue(), convert(tuple.getValueNode())) != null) {
                throw problem(place(key).toString(), "\"" + key.getValue() + "\" is there twice");
            }
            places.put(key.getValue(), place(key));
        }
        return new Mapping(place(node), entries, places);
    }

    private Yaml sequence(SequenceNode node) {
        List<Yaml> items = new ArrayList<>();
        node.getValue().forEach(item -> items.add(convert(item)));
        return new Sequence(place(node), items);
    }

    private Yaml scalar(ScalarNode node) {
        boolean quoted = node.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN;
        return new Scalar(place(node), node.getValue(), !quoted && node.getTag().equals(Tag.NULL), quoted);
    }

    private Place place(Node node) {
        return new Place(shown, node.getStartMark().getLine() + 1);
    }

    private static ConfigException problem(String place, String message) {
        return new ConfigException(List.of(new Problem(place, message)));
    }
}
