package dev.playcall.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The same records as YAML, in blocks, for people who read them. Each is a YAML document of the same names and values. */
public final class YamlText {
    private static final String TYPE = "application/yaml";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z_/][A-Za-z0-9_./@+-]*( [A-Za-z0-9_./@+(-][A-Za-z0-9_./@+()-]*)*");
    private static final Set<String> WORDS_OF_YAML =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf");

    private YamlText() {}

    /** Answers in YAML whoever accepts that and would get JSON. */
    public static void answer(Context ctx) {
        var type = Optional.ofNullable(ctx.res().getContentType()).orElse("");
        if (TYPE.equals(ctx.header("Accept")) && type.startsWith("application/json")) {
            Optional.ofNullable(ctx.result())
                    .flatMap(YamlText::of)
                    .ifPresent(yaml -> ctx.result(yaml).contentType(TYPE));
        }
    }

    private static Optional<String> of(String json) {
        try {
            return Optional.of(of(JSON.readTree(json)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A record as a YAML document. */
    public static String of(JsonNode node) {
        var text = new StringBuilder();
        if (isBlock(node)) {
            block(text, node, "");
        } else {
            text.append(scalar(node)).append('\n');
        }
        return text.toString();
    }

    private static boolean isBlock(JsonNode node) {
        return node.isContainerNode() && !node.isEmpty();
    }

    private static void block(StringBuilder text, JsonNode node, String indent) {
        if (node.isArray()) {
            node.forEach(item -> item(text, item, indent));
        } else {
            node.properties().forEach(p -> {
                text.append(indent).append(quoted(p.getKey())).append(':');
                value(text, p.getValue(), indent + "  ");
            });
        }
    }

    private static void value(StringBuilder text, JsonNode node, String indent) {
        if (isBlock(node)) {
            text.append('\n');
            block(text, node, indent);
        } else {
            text.append(' ').append(scalar(node)).append('\n');
        }
    }

    /** What an item holds begins in its own line. */
    private static void item(StringBuilder text, JsonNode item, String indent) {
        if (!isBlock(item)) {
            text.append(indent).append("- ").append(scalar(item)).append('\n');
            return;
        }
        int begin = text.length();
        block(text, item, indent + "  ");
        text.replace(begin, begin + indent.length() + 2, indent + "- ");
    }

    private static String scalar(JsonNode node) {
        return node.isTextual() ? quoted(node.asText()) : node.toString();
    }

    /** A text in JSON's quotes is one in YAML's too. */
    private static String quoted(String text) {
        boolean plain =
                PLAIN.matcher(text).matches() && !WORDS_OF_YAML.contains(text.toLowerCase(java.util.Locale.ROOT));
        return plain ? text : JSON.getNodeFactory().textNode(text).toString();
    }
}
