package dev.playcall.web.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.Operation;
import dev.playcall.security.secret.SecretText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a request to start something from a JSON document; a wrong or an unknown field is named. */
public final class StartRequest {
    private static final Set<String> FIELDS = Set.of(
            "operation",
            "environment",
            "playbook",
            "limit",
            "tags",
            "check",
            "diff",
            "variables",
            "template",
            "name",
            "description",
            "override",
            "module",
            "args",
            "become",
            "skip_tags",
            "start_at_task",
            "verbosity",
            "flush_cache",
            "slices");

    private static final int MOST_VARIABLES = 1000;

    private StartRequest() {}

    /** @param more fields that belong to somebody else */
    public static StartCommand command(JsonNode body, Set<String> more) {
        var known = new HashSet<>(FIELDS);
        known.addAll(more);
        ProblemException.refuseUnknownFields(body, known);
        return new StartCommand(
                required(body, "operation"),
                environment(body),
                optional(body, "playbook"),
                optional(body, "limit").orElse(""),
                tags(body, "tags"),
                flag(body, "check"),
                flag(body, "diff"),
                body.path("args").isTextual() ? Map.of() : variables(body),
                optional(body, "name").orElse(""),
                optional(body, "description").orElse(""),
                optional(body, "override").orElse(""),
                options(body),
                task(body),
                optional(body, "template").orElse(""));
    }

    private static AnsibleOptions options(JsonNode body) {
        var verbosity = body.path("verbosity");
        if (!verbosity.isMissingNode() && !verbosity.canConvertToInt()) {
            throw ProblemException.badRequest(
                    "verbosity", "verbosity must be a number from 0 to " + AnsibleOptions.MOST_VERBOSE);
        }
        return new AnsibleOptions(
                tags(body, "skip_tags"),
                verbosity.asInt(),
                optional(body, "start_at_task").orElse(""),
                flag(body, "flush_cache"),
                slices(body));
    }

    private static Optional<Integer> slices(JsonNode body) {
        var slices = body.path("slices");
        if (slices.isMissingNode() || slices.isNull()) {
            return Optional.empty();
        }
        return Optional.of(AnsibleOptions.slices(slices.isTextual() || slices.isInt() ? slices.asText() : "")
                .orElseThrow(() -> ProblemException.badRequest(
                        "slices", "slices must be auto or a number from 1 to " + AnsibleOptions.MOST_SLICES)));
    }

    /** A module is only asked for by {@code adhoc}; its arguments are an object, or the text that it executes. */
    private static Optional<AdhocTask> task(JsonNode body) {
        boolean adhoc = body.path("operation").asText().equals(Operation.ADHOC.value());
        if (!adhoc && optional(body, "module").isEmpty()) {
            for (var field : List.of("args", "become")) {
                if (body.has(field)) {
                    throw ProblemException.badRequest(field, field + " is only for the operation adhoc");
                }
            }
            return Optional.empty();
        }
        if (body.has("variables")) {
            throw ProblemException.badRequest("variables", "a module has args, not variables");
        }
        var text = body.path("args").isTextual() ? body.path("args").textValue() : "";
        return Optional.of(new AdhocTask(optional(body, "module").orElse(""), text, flag(body, "become")));
    }

    private static String environment(JsonNode body) {
        return optional(body, "environment")
                .orElseThrow(() -> ProblemException.badRequest(
                        "environment",
                        "environment is required; for several ask POST /api/v1/batches with environments, a list or"
                                + " \"all\""));
    }

    public static String required(JsonNode body, String name) {
        return optional(body, name).orElseThrow(() -> ProblemException.badRequest(name, name + " is required"));
    }

    public static Optional<String> optional(JsonNode body, String name) {
        var node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isTextual()) {
            throw ProblemException.badRequest(name, name + " must be a string");
        }
        return Optional.of(node.textValue());
    }

    public static boolean flag(JsonNode body, String name) {
        var node = body.path(name);
        if (!node.isMissingNode() && !node.isBoolean()) {
            throw ProblemException.badRequest(name, name + " must be true or false");
        }
        return node.asBoolean();
    }

    private static List<String> tags(JsonNode body, String name) {
        var node = body.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        var tags = new ArrayList<String>();
        if (!node.isArray()) {
            throw ProblemException.badRequest(name, name + " must be a list of strings");
        }
        for (var tag : node) {
            if (!tag.isTextual()) {
                throw ProblemException.badRequest(name, name + " must be a list of strings");
            }
            tags.add(tag.textValue());
        }
        return tags;
    }

    /** The variables of a body, of which there is a bounded number. */
    public static Set<Map.Entry<String, JsonNode>> given(JsonNode body) {
        var name = body.has("args") ? "args" : "variables";
        var node = body.path(name);
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw ProblemException.badRequest(name, name + " must be an object");
        }
        if (node.size() > MOST_VARIABLES) {
            throw ProblemException.badRequest(
                    name, node.size() + " " + name + " are too many; at most " + MOST_VARIABLES + " are accepted");
        }
        return node.properties();
    }

    /** What is given in the field {@code variables}; nothing where there is no such field. */
    public static Map<String, Object> variables(JsonNode body) {
        var variables = new HashMap<String, Object>();
        given(body).forEach(e -> {
            var secret = e.getValue().path("secret");
            if (e.getValue().isNull()
                    || (e.getValue().isObject()
                            && !(secret.isTextual() && e.getValue().size() == 1))) {
                throw ProblemException.badRequest(
                        (body.has("args") ? "args." : "variables.") + e.getKey(),
                        e.getKey() + " must be a string, a number, true, false, a list, or {\"secret\": \"…\"}");
            }
            variables.put(
                    e.getKey(),
                    secret.isTextual() ? new SecretText(secret.textValue()) : JsonBodies.plain(e.getValue()));
        });
        return variables;
    }
}
