package dev.playcall.web.deployments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.command.BatchCommand.RolloutWords;
import dev.playcall.web.http.ProblemException;
import java.util.ArrayList;
import java.util.stream.StreamSupport;

/** The {@code rollout} of a request that starts a deployment. */
final class RolloutBody {
    private RolloutBody() {}

    /** @throws ProblemException when something in it is unknown or of another kind */
    static RolloutWords read(JsonNode node) {
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw ProblemException.badRequest("rollout", "rollout must be an object");
        }
        node.fieldNames().forEachRemaining(f -> {
            if (!RolloutWords.NONE.words().containsKey(f)) {
                throw ProblemException.badRequest(
                        "rollout." + f, "rollout has waves, max_failed, pause and rollback, not " + f);
            }
        });
        return new RolloutWords(
                waves(node.path("waves")), word(node, "max_failed"), word(node, "pause"), word(node, "rollback"));
    }

    private static String waves(JsonNode node) {
        var sizes = new ArrayList<String>();
        node.forEach(size -> sizes.add(size.asText()));
        boolean isList = node.isArray()
                && !node.isEmpty()
                && sizes.stream().noneMatch(s -> s.isBlank() || s.contains(","))
                && StreamSupport.stream(node.spliterator(), false).allMatch(s -> s.isTextual() || s.isIntegralNumber());
        if (!isList && !node.isMissingNode() && !node.isNull()) {
            throw ProblemException.badRequest(
                    "rollout.waves",
                    "rollout.waves must be a list of numbers and percentages, as [1, \"10%\", \"rest\"]");
        }
        return String.join(",", sizes);
    }

    /** Nothing that was written may be passed over: without its pause a rollout would go on. */
    private static String word(JsonNode rollout, String name) {
        var node = rollout.path(name);
        if (!node.isMissingNode() && !node.isNull() && !node.isTextual() && !node.isIntegralNumber()) {
            throw ProblemException.badRequest("rollout." + name, "rollout." + name + " must be a text");
        }
        return node.asText("");
    }
}
