package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds modals and home tabs against Slack's rules. */
final class ViewCheck {
    private static final Set<String> BOTH = Set.of("private_metadata", "callback_id", "external_id");
    private static final Set<String> MODAL = Set.of(
            "private_metadata",
            "callback_id",
            "external_id",
            "submit",
            "close",
            "clear_on_close",
            "notify_on_close",
            "submit_disabled");

    private ViewCheck() {}

    static List<String> problems(JsonNode view, boolean home) {
        var found = new Findings();
        var type = home ? "home" : "modal";
        if (!view.path("type").asText().equals(type)) {
            found.add("type has to be " + type, "/view/type");
        }
        if (home) {
            found.fields(view, "/view", Set.of("type", "blocks"), BOTH);
        } else {
            found.fields(view, "/view", Set.of("type", "title", "blocks"), MODAL);
            for (var name : List.of("title", "submit", "close")) {
                found.text(view.path(name), "/view/" + name, 24, true);
            }
            if (!view.has("submit") && hasInput(view.path("blocks"))) {
                found.add("submit is required when an input is in blocks array", "/view");
            }
        }
        found.length(view.path("private_metadata"), "/view/private_metadata", 0, 3000);
        found.length(view.path("callback_id"), "/view/callback_id", 0, 255);
        if (view.toString().length() > 250_000) {
            found.add("view_too_large", "/view");
        }
        var all = new ArrayList<>(found.messages());
        all.addAll(BlockCheck.problems(view.path("blocks"), BlockCheck.VIEW));
        return all;
    }

    private static boolean hasInput(JsonNode blocks) {
        return blocks.valueStream().anyMatch(b -> b.path("type").asText().equals("input"));
    }
}
