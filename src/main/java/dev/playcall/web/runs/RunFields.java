package dev.playcall.web.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.ProblemException;
import io.javalin.http.Context;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which fields each run of a list has.
 *
 * @param chosen empty for all
 */
record RunFields(Optional<Set<String>> chosen) {
    private static final Set<String> OF_HOSTS = Set.of("stats", "stats_complete", "failed", "unreachable");
    /** Every field that a run of a list may have. */
    static final List<String> NAMES = List.of(
            "id",
            "type",
            "commit",
            "inventory_commit",
            "galaxy",
            "venv",
            "executed_on",
            "commit_edited",
            "operation",
            "playbook",
            "module",
            "args_text",
            "become",
            "options",
            "environment",
            "name",
            "description",
            "status",
            "reason",
            "requested_by",
            "on_behalf_of",
            "channel",
            "queued_at",
            "start_time",
            "end_time",
            "duration",
            "exit_code",
            "changed",
            "check",
            "diff",
            "limit",
            "through",
            "tags",
            "variables",
            "total_servers",
            "successful_servers",
            "failed_servers",
            "skipped_servers",
            "success_rate",
            "progress",
            "approved_by",
            "approval",
            "override",
            "cancelled_by",
            "retry_of",
            "log",
            "node",
            "lost_contact",
            "batch",
            "paused",
            "paused_before",
            "priority",
            "stats",
            "stats_complete",
            "failed",
            "unreachable");

    RunFields {
        chosen = chosen.map(Set::copyOf);
    }

    static RunFields of(Context ctx) {
        return new RunFields(Params.text(ctx, "fields").map(text -> {
            var names = new LinkedHashSet<String>();
            for (var name : text.split(",", -1)) {
                if (!NAMES.contains(name.strip())) {
                    throw ProblemException.badRequest(
                            "fields",
                            "a run has no field \"" + name.strip() + "\"; there are " + String.join(", ", NAMES));
                }
                names.add(name.strip());
            }
            return names;
        }));
    }

    /** Whether hosts have to be looked up. */
    boolean ofHosts() {
        return chosen.isEmpty() || chosen.get().stream().anyMatch(OF_HOSTS::contains);
    }

    ObjectNode of(ObjectNode run) {
        chosen.ifPresent(run::retain);
        return run;
    }
}
