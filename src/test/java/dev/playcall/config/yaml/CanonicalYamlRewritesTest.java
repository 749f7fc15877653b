package dev.playcall.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rewrites of a text that mean the same have one canonical form, and a change of one value gives another. */
class CanonicalYamlRewritesTest {
    private static final int TEXTS = 1500;
    private static final List<Object> VALUES = List.of(
            "plain",
            "yes",
            "0644",
            "1e3",
            "a: b",
            "# no comment",
            "",
            " x ",
            "two\nlines\n",
            "ünïcode",
            "it's",
            "say \"x\"",
            "{{ a }}",
            "~",
            "- a",
            "1",
            0,
            7,
            420,
            -3,
            true,
            false,
            "!x",
            "a\tb",
            "%",
            "@x",
            "[a",
            "null",
            "1:30",
            "2024-01-15",
            "x".repeat(90));

    private static String canonical(String text) {
        return CanonicalYaml.of(text, Path.of("a.yml"));
    }

    @Test
    void layoutQuotesOrderAndAnchorsDoNotMatter() {
        for (int seed = 0; seed < TEXTS; seed++) {
            var random = new Random(seed);
            var tree = mapping(random, 3);
            var once = new Writer(new Random(seed * 31L)).document(tree);
            var again = new Writer(new Random(seed * 31L + 7)).document(tree);
            assertThat(canonical(again))
                    .as("seed %s:%n%s%n---%n%s", seed, once, again)
                    .isEqualTo(canonical(once));
        }
    }

    @Test
    void everyOtherValueMatters() {
        for (int seed = 0; seed < TEXTS; seed++) {
            var tree = mapping(new Random(seed), 3);
            var before = canonical(new Writer(new Random(seed)).document(tree));
            change(tree, new Random(seed * 17L));
            var text = new Writer(new Random(seed + 1L)).document(tree);
            assertThat(canonical(text)).as("seed %s:%n%s", seed, text).isNotEqualTo(before);
        }
    }

    @Test
    void thousandsOfTextsHaveThousandsOfForms() {
        var forms = new HashSet<String>();
        var trees = new HashSet<Object>();
        for (int seed = 0; seed < TEXTS; seed++) {
            var tree = mapping(new Random(seed), 3);
            trees.add(tree);
            forms.add(canonical(new Writer(new Random(seed)).document(tree)));
        }
        assertThat(forms).hasSameSizeAs(trees);
    }

    private static Map<String, Object> mapping(Random random, int depth) {
        Map<String, Object> tree = new LinkedHashMap<>();
        int entries = 1 + random.nextInt(4);
        for (int i = 0; i < entries; i++) {
            tree.put("k" + random.nextInt(9), value(random, depth));
        }
        return tree;
    }

    private static Object value(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(4);
        if (kind == 1) {
            return mapping(random, depth - 1);
        }
        if (kind == 2) {
            List<Object> items = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                items.add(value(random, depth - 1));
            }
            return items;
        }
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    /** Changes one value or takes it away, somewhere. */
    private static void change(Map<String, Object> tree, Random random) {
        var keys = List.copyOf(tree.keySet());
        var key = keys.get(random.nextInt(keys.size()));
        switch (Objects.requireNonNull(tree.get(key))) {
            case List<?> list when list.isEmpty() -> tree.put(key, "");
            case List<?> list -> tree.put(key, list.subList(1, list.size()));
            case Integer number -> tree.put(key, number.toString());
            case Boolean flag -> tree.put(key, random.nextBoolean() ? !flag : flag.toString());
            case String text -> tree.put(key, text + "x");
            default -> tree.remove(key);
        }
    }

    /** Writes a tree as YAML in one of many ways. */
    private static final class Writer {
        private final Random random;
        private final Map<Object, String> anchors = new LinkedHashMap<>();

        Writer(Random random) {
            this.random = random;
        }

        String document(Map<String, Object> tree) {
            var text = (random.nextBoolean() ? "# first\n---\n" : "") + block(tree, 0);
            if (random.nextInt(4) == 0) {
                text = "\uFEFF" + text;
            }
            return random.nextInt(4) == 0 && !text.contains("|") ? text.replace("\n", "\r\n") : text;
        }

        private String block(Object value, int indent) {
            var lines = new StringBuilder();
            var pad = " ".repeat(indent);
            int step = 1 + random.nextInt(4);
            if (value instanceof Map<?, ?> map) {
                for (var key : shuffled(map)) {
                    lines.append(noise(pad))
                            .append(pad)
                            .append(key(key))
                            .append(':')
                            .append(below(Objects.requireNonNull(map.get(key)), indent + step));
                }
            } else if (value instanceof List<?> list) {
                list.forEach(
                        item -> lines.append(noise(pad)).append(pad).append('-').append(below(item, indent + step)));
            }
            return lines.toString();
        }

        private String below(Object value, int indent) {
            boolean collection = value instanceof Map || value instanceof List;
            if (collection && anchors.containsKey(value)) {
                return " *" + anchors.get(value) + "\n";
            }
            var anchor = collection && random.nextInt(3) == 0 ? anchor(value) : "";
            boolean empty = (value instanceof List<?> list && list.isEmpty())
                    || (value instanceof Map<?, ?> map && map.isEmpty());
            if (collection && !empty && random.nextInt(3) > 0) {
                return anchor + "\n" + block(value, indent);
            }
            if (value instanceof String text && text.endsWith("lines\n") && random.nextBoolean()) {
                var pad = " ".repeat(indent + 1);
                return " |\n" + text.lines().map(l -> pad + l + "\n").collect(Collectors.joining());
            }
            return anchor + " " + flow(value) + (random.nextInt(4) == 0 ? "  # why" : "") + "\n";
        }

        private String anchor(Object value) {
            anchors.put(value, "a" + anchors.size());
            return " &" + anchors.get(value);
        }

        private String flow(Object value) {
            return switch (value) {
                case Map<?, ?> map ->
                    shuffled(map).stream()
                            .map(k -> key(k) + ": " + flow(Objects.requireNonNull(map.get(k))))
                            .collect(Collectors.joining(random.nextBoolean() ? ", " : " , ", "{", "}"));
                case List<?> list -> list.stream().map(this::flow).collect(Collectors.joining(", ", "[ ", "]"));
                case Integer number -> number(number);
                case Boolean flag -> pick(flag ? List.of("yes", "true", "True", "on") : List.of("no", "False", "off"));
                default -> text(value.toString());
            };
        }

        private String number(int number) {
            return number > 0
                    ? pick(List.of("" + number, "0x%x".formatted(number), "0%o".formatted(number), "+" + number))
                    : "" + number;
        }

        private String text(String text) {
            if (text.matches("plain|ünïcode|x+") && random.nextBoolean()) {
                return text;
            }
            return text.contains("\n") || text.contains("\t") || random.nextBoolean()
                    ? CanonicalYaml.quoted(text)
                    : "'" + text.replace("'", "''") + "'";
        }

        private String key(Object key) {
            return pick(List.of("" + key, "\"" + key + "\"", "'" + key + "'"));
        }

        private List<Object> shuffled(Map<?, ?> map) {
            List<Object> keys = new ArrayList<>(map.keySet());
            Collections.shuffle(keys, random);
            return keys;
        }

        private String noise(String pad) {
            return random.nextInt(6) == 0 ? pad + "# said\n" : random.nextInt(8) == 0 ? "\n" : "";
        }

        private String pick(List<String> words) {
            return words.get(random.nextInt(words.size()));
        }
    }
}
