package dev.playcall.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The fields of a request; a wrong or an unknown one is named. */
public final class Body {
    private final JsonNode node;

    private Body(JsonNode node) {
        this.node = node;
    }

    public static Body of(Context ctx, String... fields) throws JsonProcessingException {
        var node = JsonBodies.body(ctx);
        ProblemException.refuseUnknownFields(node, Set.of(fields));
        return new Body(node);
    }

    /** For what takes no fields: whoever sends some expects something else of it. */
    public static void none(Context ctx) throws JsonProcessingException {
        if (ctx.bodyAsBytes().length > 0) {
            of(ctx);
        }
    }

    public String text(String name) {
        var field = node.path(name);
        if (!field.isTextual()) {
            throw ProblemException.badRequest(name, name + " must be a string");
        }
        return field.textValue();
    }

    public String text(String name, String otherwise) {
        return node.path(name).isMissingNode() || node.path(name).isNull() ? otherwise : text(name);
    }

    public boolean flag(String name) {
        var field = node.path(name);
        if (!field.isMissingNode() && !field.isBoolean()) {
            throw ProblemException.badRequest(name, name + " must be true or false");
        }
        return field.asBoolean();
    }

    public int number(String name, int otherwise) {
        var field = node.path(name);
        if (field.isMissingNode()) {
            return otherwise;
        }
        if (!field.canConvertToInt() || !field.isIntegralNumber()) {
            throw ProblemException.badRequest(name, name + " must be a number");
        }
        return field.intValue();
    }

    public List<String> texts(String name) {
        var field = node.path(name);
        var texts = new ArrayList<String>();
        for (var item : field) {
            texts.add(item.asText());
        }
        if (!field.isArray() || !texts.stream().allMatch(t -> t.length() <= 100)) {
            throw ProblemException.badRequest(name, name + " must be a list of strings");
        }
        return texts;
    }
}
