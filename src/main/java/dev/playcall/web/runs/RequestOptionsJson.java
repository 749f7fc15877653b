package dev.playcall.web.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.ansible.AnsibleOptions;

/** Options and module of a run, where it has any. */
final class RequestOptionsJson {
    private RequestOptionsJson() {}

    static void put(ObjectNode node, RunRequest request) {
        request.task().ifPresent(task -> {
            node.put("module", task.module()).put("become", task.become());
            if (!task.text().isEmpty()) {
                node.put("args_text", task.text());
            }
        });
        var options = request.options();
        if (!options.isNone()) {
            var set = node.putObject("options");
            set.set("skip_tags", RunJson.texts(options.skipTags()));
            set.put("start_at_task", options.startAtTask())
                    .put("verbosity", options.verbosity())
                    .put("flush_cache", options.flushCache());
            options.slices().ifPresent(n -> set.put("slices", AnsibleOptions.written(n)));
        }
    }
}
