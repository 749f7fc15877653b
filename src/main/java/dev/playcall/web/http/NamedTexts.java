package dev.playcall.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.playcall.domain.PersonNames;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;

/** Names of people in the texts of JSON, as on pages and in chat. Every other field keeps {@code platform:id}. */
public final class NamedTexts {
    private static final String ATTRIBUTE = "person-names";
    /** Fields that are sentences for people, or lists of them. */
    private static final Set<String> FIELDS =
            Set.of("message", "reason", "why", "summary", "waits_for", "held", "closed", "problems", "result");

    private NamedTexts() {}

    /** From now on texts in the answers to this request have these names. */
    public static void use(Context ctx, PersonNames names) {
        ctx.attribute(ATTRIBUTE, names);
    }

    /** Puts the names of the request into these texts. */
    public static void apply(Context ctx, JsonNode node) {
        PersonNames names = ctx.attribute(ATTRIBUTE);
        if (names != null) {
            apply(node, names);
        }
    }

    private static void apply(JsonNode node, PersonNames names) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                field.setValue(FIELDS.contains(field.getKey()) ? named(field.getValue(), names) : field.getValue());
            }
        }
        node.forEach(child -> apply(child, names));
    }

    private static JsonNode named(JsonNode value, PersonNames names) {
        if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, named(list.get(i), names));
            }
        }
        return value.isTextual() ? TextNode.valueOf(names.in(value.textValue())) : value;
    }
}
