package dev.playcall.venv.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** YAML that means the same in other words, and YAML that means something else by one value. */
final class SeededYaml {
    private static final List<FlowStyle> STYLES = List.of(FlowStyle.values());

    private SeededYaml() {}

    /** With other quotes, indentation, flow, order of keys, anchors, comments, blank lines, line ends and byte order mark. */
    static String rewritten(String text, Random random) {
        var tree = shuffled(new Yaml().load(text), random, new HashMap<>());
        var options = new DumperOptions();
        options.setDefaultFlowStyle(STYLES.get(random.nextInt(STYLES.size())));
        options.setIndent(2 + random.nextInt(6));
        options.setWidth(10_000);
        options.setExplicitStart(random.nextBoolean());
        var written = new Yaml(new Quoting(options, random), options).dump(tree);
        var lines = written.lines()
                .map(l -> l + (random.nextInt(4) == 0 ? "   # " + random.nextInt(1000) : ""))
                .collect(Collectors.joining(random.nextInt(3) == 0 ? "\n\n" : "\n", "", "\n"));
        var ends = random.nextInt(4) == 0 ? lines.replace("\n", "\r\n") : lines;
        return random.nextInt(6) == 0 ? "\ufeff" + ends : ends;
    }

    /** Keys in another order; of what is equal the first one stands for all, or each for itself. */
    private static Object shuffled(Object tree, Random random, Map<Object, Object> seen) {
        var made = switch (tree) {
            case Map<?, ?> map -> {
                var entries = new ArrayList<Map.Entry<?, ?>>(map.entrySet());
                Collections.shuffle(entries, random);
                var other = new LinkedHashMap<Object, Object>();
                entries.forEach(e -> other.put(e.getKey(), shuffled(e.getValue(), random, seen)));
                yield other;
            }
            case List<?> list ->
                list.stream().map(e -> shuffled(e, random, seen)).toList();
            default -> tree;
        };
        return made instanceof Map || made instanceof List
                ? random.nextBoolean() ? seen.computeIfAbsent(made, m -> m) : made
                : made;
    }

    /** One value is another one. */
    static Object changed(Object tree, Random random) {
        var count = new AtomicInteger();
        other(tree, -1, count, random);
        return other(tree, random.nextInt(count.get()), new AtomicInteger(), random);
    }

    private static Object other(Object tree, int nth, AtomicInteger count, Random random) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((k, v) -> copy.put(k, other(v, nth, count, random)));
                yield copy;
            }
            case List<?> list ->
                list.stream().map(e -> other(e, nth, count, random)).toList();
            default -> count.getAndIncrement() == nth ? tree + "-" + random.nextInt(1_000_000) : tree;
        };
    }

    /** Texts in any quotes; what is no text keeps to its form. */
    private static final class Quoting extends Representer {
        private final Random random;

        Quoting(DumperOptions options, Random random) {
            super(options);
            this.random = random;
        }

        @Override
        protected Node representScalar(Tag tag, String value, ScalarStyle style) {
            var styles = List.of(ScalarStyle.PLAIN, ScalarStyle.SINGLE_QUOTED, ScalarStyle.DOUBLE_QUOTED);
            return super.representScalar(
                    tag, value, tag.equals(Tag.STR) ? styles.get(random.nextInt(styles.size())) : style);
        }
    }
}
