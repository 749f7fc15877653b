package dev.playcall.config.yaml;

import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML text as one line that depends on its meaning alone: what Ansible loads as equal is equal here. Comments, layout, quotes,
 * line ends, the order of keys, anchors and merges do not matter; values, their types, the order of lists and tags do.
 *
 * <p>Types are those of YAML 1.1 as PyYAML resolves them, which is what Ansible reads with: {@code yes} is a truth value, {@code 0644} is
 * 420, {@code 1e3} is a text.
 */
public final class CanonicalYaml {
    private static final int MOST_NODES = 1_000_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Of an unquoted word to which nobody gave a tag. */
    private static final Tag PLAIN = new Tag("tag:playcall.dev,2026:plain");

    private static final Set<Tag> CORE = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP);

    private int nodes;

    /** Leaves what an unquoted word is to {@link PlainScalar}, and tells it from one with a tag. */
    private static final class Unresolved extends Resolver {
        @Override
        public Tag resolve(NodeId kind, @Nullable String value, boolean implicit) {
            return kind == NodeId.scalar && implicit ? PLAIN : super.resolve(kind, value, implicit);
        }
    }

    private CanonicalYaml() {}

    /**
     * The canonical form of a text.
     *
     * @param shown the name to use in places
     * @return in the manner of JSON, without blanks; {@code null} for an empty text
     * @throws ConfigException when it is not YAML
     */
    public static String of(String text, Path shown) {
        var clean = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        // Whatever is wrong is reported by the one reader of YAML files, with its line.
        if (YamlFile.parse(clean, shown).root().isEmpty()) {
            return "null";
        }
        var loader = new LoaderOptions();
        loader.setCodePointLimit(Integer.MAX_VALUE);
        loader.setMaxAliasesForCollections(Integer.MAX_VALUE);
        var dumper = new DumperOptions();
        var yaml = new org.yaml.snakeyaml.Yaml(
                new SafeConstructor(loader), new Representer(dumper), dumper, loader, new Unresolved());
        Node root = yaml.compose(new StringReader(clean));
        return new CanonicalYaml().node(root);
    }

    private String node(Node node) {
        if (++nodes > MOST_NODES) {
            throw new ConfigException(List.of(
                    new Problem("line " + (node.getStartMark().getLine() + 1), "aliases make this text too large")));
        }
        return switch (node) {
            case MappingNode mapping -> tagged(mapping, Tag.MAP, mapping(mapping));
            case SequenceNode sequence -> tagged(sequence, Tag.SEQ, sequence(sequence));
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new IllegalStateException("an alias is composed into what it stands for: " + node);
        };
    }

    private static String tagged(Node node, Tag usual, String content) {
        return node.getTag().equals(usual) ? content : tag(node.getTag(), content);
    }

    private static String tag(Tag tag, String content) {
        return "<" + quoted(tag.getValue()) + ":" + content + ">";
    }

    private String sequence(SequenceNode sequence) {
        List<String> items = new ArrayList<>();
        sequence.getValue().forEach(item -> items.add(node(item)));
        return "[" + String.join(",", items) + "]";
    }

    private String mapping(MappingNode mapping) {
        List<String> entries = new ArrayList<>();
        new TreeMap<>(entries(mapping)).forEach((key, value) -> entries.add(key + ":" + value));
        return "{" + String.join(",", entries) + "}";
    }

    /** What is merged comes first and is overridden by what stands here; of several, the first has the last word. */
    private Map<String, String> entries(MappingNode mapping) {
        Map<String, String> merged = new LinkedHashMap<>();
        Map<String, String> own = new LinkedHashMap<>();
        for (var tuple : mapping.getValue()) {
            if (isMerge(tuple.getKeyNode())) {
                merge(tuple.getValueNode(), merged);
            } else {
                own.put(node(tuple.getKeyNode()), node(tuple.getValueNode()));
            }
        }
        merged.putAll(own);
        return merged;
    }

    private static boolean isMerge(Node key) {
        return key instanceof ScalarNode scalar
                && (scalar.getTag().equals(Tag.MERGE)
                        || (scalar.getTag().equals(PLAIN) && scalar.getValue().equals("<<")));
    }

    private void merge(Node value, Map<String, String> merged) {
        switch (value) {
            case MappingNode mapping -> entries(mapping).forEach(merged::putIfAbsent);
            case SequenceNode sequence -> sequence.getValue().forEach(item -> merge(item, merged));
            default -> throw new IllegalStateException("the reader lets nothing else be merged");
        }
    }

    private static String scalar(ScalarNode node) {
        var text = node.getValue();
        var tag = node.getTag();
        if (tag.equals(PLAIN)) {
            return PlainScalar.canonical(text);
        }
        if (tag.equals(Tag.STR)) {
            return quoted(text);
        }
        // !!int "5" is 5.
        var canonical = CORE.contains(tag) ? PlainScalar.canonical(text) : quoted(text);
        return canonical.equals(quoted(text)) ? tag(tag, canonical) : canonical;
    }

    /** A text in double quotes, in which YAML escapes as JSON does. */
    public static String quoted(String text) {
        var written = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                written.append('\\').append(c);
            } else if (c < ' ' || c == '\u007f') {
                written.append("\\u%04x".formatted((int) c));
            } else {
                written.append(c);
            }
        }
        return written.append('"').toString();
    }

    static String number(BigInteger number) {
        return number.toString();
    }

    static String number(BigDecimal number) {
        var plain = number.stripTrailingZeros();
        return "float " + plain.unscaledValue() + "e" + -plain.scale();
    }
}
