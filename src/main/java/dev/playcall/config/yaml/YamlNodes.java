package dev.playcall.config.yaml;

import dev.playcall.config.yaml.Yaml.Mapping;
import dev.playcall.config.yaml.Yaml.Place;
import dev.playcall.config.yaml.Yaml.Scalar;
import dev.playcall.config.yaml.Yaml.Sequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns the parser's nodes into {@link Yaml}, with {@code <<} merged as YAML 1.1 has it. */
final class YamlNodes {
    /** Ten lines of aliases of aliases stand for a billion nodes. */
    private static final int MOST_NODES = 1_000_000;

    private final Path shown;
    private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private int nodes;

    YamlNodes(Path shown) {
        this.shown = shown;
    }

    /** The whole document, or everything that is wrong with it. */
    Yaml convert(Node root) {
        var yaml = node(root);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return yaml;
    }

    private Yaml node(Node node) {
        if (++nodes > MOST_NODES) {
            throw new ConfigException(List.of(problem(node, "aliases make this file too large")));
        }
        if (open.put(node, true) != null) {
            throw new ConfigException(List.of(problem(node, "an alias holds itself")));
        }
        try {
            return switch (node) {
                case MappingNode mapping -> mapping(mapping);
                case SequenceNode sequence -> sequence(sequence);
                case ScalarNode scalar -> scalar(scalar);
                default -> throw new ConfigException(List.of(problem(node, "cannot be read")));
            };
        } finally {
            open.remove(node);
        }
    }

    private Mapping mapping(MappingNode node) {
        Map<String, Yaml> own = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        Map<String, Yaml> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            switch (tuple.getKeyNode()) {
                case ScalarNode key when key.getTag().equals(Tag.MERGE) -> merge(tuple.getValueNode(), merged, places);
                case ScalarNode key -> entry(key, tuple.getValueNode(), own, places);
                default -> problems.add(problem(tuple.getKeyNode(), "a key must be text"));
            }
        }
        // What is merged comes first and is overridden by what stands here, as in Ansible's own reader.
        var entries = new LinkedHashMap<>(merged);
        entries.putAll(own);
        return new Mapping(place(node), entries, places);
    }

    private void entry(ScalarNode key, Node value, Map<String, Yaml> own, Map<String, Place> places) {
        if (own.containsKey(key.getValue())) {
            var first = places.getOrDefault(key.getValue(), place(key));
            problems.add(
                    problem(key, "\"" + key.getValue() + "\" is there twice (first in line " + first.line() + ")"));
            return;
        }
        own.put(key.getValue(), node(value));
        places.put(key.getValue(), place(key));
    }

    private void merge(Node value, Map<String, Yaml> merged, Map<String, Place> places) {
        switch (node(value)) {
            case Mapping mapping -> take(mapping, merged, places);
            case Sequence sequence -> {
                for (var item : sequence.items()) {
                    if (item instanceof Mapping mapping) {
                        take(mapping, merged, places);
                    } else {
                        problems.add(new Problem(item.place().toString(), "<< merges mappings only"));
                    }
                }
            }
            case Scalar scalar -> problems.add(new Problem(scalar.place().toString(), "<< merges mappings only"));
        }
    }

    private static void take(Mapping mapping, Map<String, Yaml> merged, Map<String, Place> places) {
        mapping.entries().forEach(merged::putIfAbsent);
        mapping.keyPlaces().forEach(places::putIfAbsent);
    }

    private Sequence sequence(SequenceNode node) {
        List<Yaml> items = new ArrayList<>();
        node.getValue().forEach(item -> items.add(node(item)));
        return new Sequence(place(node), items);
    }

    private Scalar scalar(ScalarNode node) {
        boolean quoted = node.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN;
        return new Scalar(place(node), node.getValue(), !quoted && node.getTag().equals(Tag.NULL), quoted);
    }

    private Place place(Node node) {
        return new Place(shown, node.getStartMark().getLine() + 1);
    }

    private Problem problem(Node node, String message) {
        return new Problem(place(node).toString(), message);
    }
}
