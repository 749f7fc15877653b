package dev.playcall.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Hostile input from a seed: the same seed makes the same input, so what was found can be found again. */
public final class Fuzz {
    private static final Path SEEDS = Path.of("src", "test", "resources", "fuzz", "seeds.txt");
    private static final int SHARE = Integer.getInteger("fuzz.share", 5);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HOSTILE = List.of(
            "",
            " ",
            "\0",
            "\n",
            "\r\nSet-Cookie: a=b",
            "\u202edlrow",
            "\ud800",
            "\udfff\ud83d",
            "é́́́",
            "\u200b\ufeff",
            "🧨👩‍👩‍👧‍👦",
            "{{ lookup('pipe', 'id') }}",
            "{% for i in range(9) %}",
            "${jndi:ldap://x/y}",
            "$(id)",
            "`id`",
            "; rm -rf /",
            "| tee /etc/passwd",
            "../../etc/passwd",
            "/etc/shadow",
            "@/etc/passwd",
            "--extra-vars=@/etc/passwd",
            "-e",
            "--",
            "-",
            "--limit",
            "--become",
            "-vvvv",
            "' or 1=1 --",
            "\"; drop table run; --",
            "<script>alert(1)</script>",
            "<!everyone>",
            "<@U0123>",
            "@everyone",
            "```",
            "%s%n%x",
            "%00",
            "NaN",
            "1e999",
            "-1",
            "0",
            "00000000000000000001",
            "9223372036854775807",
            "9223372036854775808",
            "99999999999999999999999999",
            "2147483648",
            "true",
            "null",
            "undefined",
            "[]",
            "{}",
            "!!python/object/apply:os.system [id]",
            "&a [*a, *a]",
            "“quoted”",
            "'",
            "\"",
            "\\",
            "=",
            "a=b=c",
            "=value",
            "key=",
            ",",
            ",,,",
            ":",
            "*",
            "!web",
            "~.*",
            "web[0:99999999]",
            "localhost",
            "all",
            "#1",
            "#0",
            "#-1");

    private final Random random;

    public Fuzz(long seed) {
        this.random = new Random(seed);
    }

    /** One line of the file of seeds. */
    public record Plan(String target, long seed, int inputs) {}

    /** What is to be tried for a target. */
    public static List<Plan> plans(String target) {
        try {
            var plans = Files.readAllLines(SEEDS).stream()
                    .filter(l -> l.startsWith(target + " "))
                    .map(l -> l.split(" ", -1))
                    .map(l -> new Plan(l[0], Long.parseLong(l[1]), share(Integer.parseInt(l[2]))))
                    .toList();
            var other = Long.getLong("fuzz.seed");
            return other == null
                    ? plans
                    : List.of(new Plan(target, other, plans.getFirst().inputs()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many of these are to be tried. */
    public static int share(int inputs) {
        return (inputs + SHARE - 1) / SHARE;
    }

    /** Tries every planned input; what fails is told with how to make it again. */
    public static int each(String target, Consumer<Fuzz> input) {
        int tried = 0;
        for (var plan : plans(target)) {
            for (int i = 0; i < plan.inputs(); i++) {
                try {
                    input.accept(new Fuzz(plan.seed() * 1_000_003 + i));
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(
                            target + " seed " + plan.seed() + " input " + i + ": " + e.getMessage(), e);
                }
                tried++;
            }
        }
        return tried;
    }

    public int below(int most) {
        return random.nextInt(most);
    }

    public boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public final <T> T of(T... some) {
        return some[random.nextInt(some.length)];
    }

    /** Something that is seldom meant well. */
    public String hostile() {
        return switch (random.nextInt(12)) {
            case 0 -> noise(random.nextInt(40));
            case 1 -> one(HOSTILE).repeat(1 + random.nextInt(30));
            case 2 -> one(HOSTILE) + one(HOSTILE);
            case 3 -> oneIn(20) ? noise(30_000) : "a".repeat(random.nextInt(3000));
            default -> one(HOSTILE);
        };
    }

    /** Any characters, also those that are none. */
    public String noise(int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (oneIn(3) ? random.nextInt(0x10000) : random.nextInt(0x80)));
        }
        return text.toString();
    }

    /** The same text with a few characters of it changed. */
    public String spoiled(String text) {
        var all = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(all.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> all.insert(at, one(HOSTILE));
                case 1 -> all.delete(at, Math.min(all.length(), at + 1 + random.nextInt(5)));
                case 2 -> all.insert(at, noise(1));
                default ->
                    all.insert(at, all.substring(Math.min(at, all.length() / 2), all.length() / 2 + all.length() % 2));
            }
        }
        return all.toString();
    }

    public byte[] bytes(int most) {
        var bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The same document with some of its nodes changed. */
    public <N extends JsonNode> N spoiled(N document) {
        N copy = document.deepCopy();
        for (int i = random.nextInt(3); i >= 0; i--) {
            spoil(copy);
        }
        return copy;
    }

    private void spoil(JsonNode document) {
        var inner = new ArrayList<JsonNode>();
        collect(document, inner);
        switch (one(inner)) {
            case ObjectNode object when !object.isEmpty() -> spoil(object);
            case ArrayNode array -> array.insert(random.nextInt(array.size() + 1), anything(2));
            case ObjectNode object -> object.set(hostile(), anything(2));
            default -> {}
        }
    }

    private void spoil(ObjectNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        var name = one(names);
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(hostile(), anything(1));
            case 2, 3 -> object.set(name, NODES.textNode(hostile()));
            default -> object.set(name, anything(2));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        if (node.isContainerNode()) {
            into.add(node);
            node.forEach(n -> collect(n, into));
        }
    }

    /** Any JSON. */
    public JsonNode anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(300)));
            case 4, 5 -> NODES.textNode(hostile());
            case 6 -> NODES.arrayNode().add(anything(depth - 1)).add(anything(depth - 1));
            case 7 -> nested(1 + random.nextInt(oneIn(50) ? 900 : 20));
            default -> NODES.objectNode().set(hostile(), anything(depth - 1));
        };
    }

    private static JsonNode nested(int depth) {
        JsonNode node = NODES.textNode("deep");
        for (int i = 0; i < depth; i++) {
            node = NODES.arrayNode().add(node);
        }
        return node;
    }

    /** The document as text, sometimes cut off or with other characters in it. */
    public String written(JsonNode document) {
        var text = document.toString();
        return switch (random.nextInt(12)) {
            case 0 -> text.substring(0, random.nextInt(text.length() + 1));
            case 1 -> spoiled(text);
            case 2 -> text + text;
            default -> text;
        };
    }

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
