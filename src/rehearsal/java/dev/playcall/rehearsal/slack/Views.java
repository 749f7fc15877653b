package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The modals and home tabs that are open, and the methods that show them. */
final class Views {
    private static final int DEEPEST = 3;

    private final Workspace workspace;
    private final Triggers triggers;
    private final Map<String, Deque<ObjectNode>> modals = new HashMap<>();
    private final Map<String, ObjectNode> homes = new HashMap<>();

    Views(Workspace workspace, Triggers triggers) {
        this.workspace = workspace;
        this.triggers = triggers;
    }

    Map<String, Function<Params, ObjectNode>> methods() {
        return Map.of(
                "views.open",
                p -> open(p, false),
                "views.push",
                p -> open(p, true),
                "views.update",
                this::update,
                "views.publish",
                this::publish);
    }

    private static JsonNode view(Params params, boolean home) {
        var view = params.object("view", "invalid_arguments")
                .orElseThrow(() -> new Refusal("invalid_arguments", List.of("[ERROR] missing required field: view")));
        refuse(ViewCheck.problems(view, home));
        return view;
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new Refusal("invalid_arguments", problems);
        }
    }

    private synchronized ObjectNode open(Params params, boolean push) {
        var view = view(params, false);
        var user = triggers.exchange(params.need("trigger_id", "invalid_trigger_id"));
        return answer(show(user, view, push));
    }

    private static ObjectNode answer(ObjectNode view) {
        var answer = Json.ok();
        answer.set("view", view.deepCopy());
        return answer;
    }

    private ObjectNode show(String user, JsonNode view, boolean push) {
        var stack = modals.computeIfAbsent(user, _ -> new ArrayDeque<>());
        if (push && stack.size() >= DEEPEST) {
            throw new Refusal("push_limit_reached");
        }
        if (!push) {
            stack.clear();
        }
        var full = full(view, "V" + code());
        stack.push(full);
        return full;
    }

    /** What Slack adds to a view. */
    private static ObjectNode full(JsonNode view, String id) {
        var full = Json.object()
                .put("id", id)
                .put("team_id", Workspace.TEAM)
                .put("app_id", Workspace.APP)
                .put("app_installed_team_id", Workspace.TEAM)
                .put("bot_id", Workspace.BOT)
                .put("private_metadata", "")
                .put("callback_id", "")
                .put("external_id", "")
                .put("clear_on_close", false)
                .put("notify_on_close", false)
                .put("hash", System.nanoTime() + "." + code())
                .put("root_view_id", id)
                .putNull("previous_view_id");
        full.putObject("state").putObject("values");
        full.setAll((ObjectNode) view.deepCopy());
        if (full.path("blocks") instanceof ArrayNode blocks) {
            full.set("blocks", BlockCheck.complete(blocks));
        }
        return full;
    }

    private static String code() {
        return UUID.randomUUID().toString().substring(0, 8).toUpperCase(java.util.Locale.ROOT);
    }

    private synchronized ObjectNode update(Params params) {
        var view = view(params, false);
        var id = params.text("view_id")
                .or(() -> params.text("external_id").flatMap(this::byExternalId))
                .orElseThrow(() -> new Refusal("not_found"));
        var old = find(id).orElseThrow(() -> new Refusal("not_found"));
        params.text("hash").filter(h -> !h.equals(old.path("hash").asText())).ifPresent(_ -> {
            throw new Refusal("hash_conflict");
        });
        return answer(replace(id, view));
    }

    private Optional<String> byExternalId(String external) {
        return modals.values().stream()
                .flatMap(Deque::stream)
                .filter(v -> v.path("external_id").asText().equals(external))
                .map(v -> v.path("id").asText())
                .findFirst();
    }

    private synchronized ObjectNode publish(Params params) {
        var user = params.need("user_id");
        if (workspace.find(user).isEmpty()) {
            throw new Refusal("invalid_arguments", List.of("[ERROR] no such user"));
        }
        var view = full(view(params, true), "V" + code());
        homes.put(user, view);
        return answer(view);
    }

    synchronized Optional<ObjectNode> find(String id) {
        return modals.values().stream()
                .flatMap(Deque::stream)
                .filter(v -> v.path("id").asText().equals(id))
                .findFirst();
    }

    private ObjectNode replace(String id, JsonNode view) {
        var full = full(view, id);
        modals.replaceAll((_, stack) -> {
            var list = new ArrayList<>(stack);
            list.replaceAll(v -> v.path("id").asText().equals(id) ? full : v);
            return new ArrayDeque<>(list);
        });
        return full;
    }

    synchronized Optional<JsonNode> open(String user) {
        return Optional.ofNullable(modals.get(user)).map(Deque::peek).map(ObjectNode::deepCopy);
    }

    synchronized Optional<JsonNode> home(String user) {
        return Optional.ofNullable(homes.get(user)).map(ObjectNode::deepCopy);
    }

    synchronized void close(String user) {
        var stack = modals.get(user);
        if (stack != null) {
            stack.poll();
        }
    }

    /** What the answer to a submission does to the modal; returns what Slack would not accept of it. */
    synchronized List<String> answered(String user, String id, JsonNode payload) {
        var view = payload.path("view");
        var action = payload.path("response_action").asText();
        if (action.equals("update") || action.equals("push")) {
            var problems = ViewCheck.problems(view, false);
            if (!problems.isEmpty()) {
                return problems;
            }
        }
        switch (action) {
            case "" -> close(user);
            case "clear" -> modals.remove(user);
            case "update" -> replace(id, view);
            case "push" -> show(user, view, true);
            case "errors" -> {
                return errors(id, payload.path("errors"));
            }
            default -> {
                return List.of("[ERROR] unknown response_action: " + action);
            }
        }
        return List.of();
    }

    /** Errors are shown beside inputs, so their keys have to be ids of input blocks. */
    private List<String> errors(String id, JsonNode errors) {
        var inputs = find(id).stream()
                .flatMap(v -> v.path("blocks").valueStream())
                .filter(b -> b.path("type").asText().equals("input"))
                .map(b -> b.path("block_id").asText())
                .toList();
        if (errors.isEmpty()) {
            return List.of("[ERROR] errors is empty");
        }
        return errors.properties().stream()
                .filter(e -> !inputs.contains(e.getKey()))
                .map(e -> "[ERROR] no input block " + e.getKey())
                .toList();
    }
}
