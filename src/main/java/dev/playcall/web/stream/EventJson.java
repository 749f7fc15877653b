package dev.playcall.web.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.domain.RunEvent;
import dev.playcall.journal.JournalEntry;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.runs.RunJson;
import java.util.Optional;

/** An entry of the journal as JSON. */
final class EventJson {
    private EventJson() {}

    static ObjectNode of(JournalEntry entry) {
        var node = JsonBodies.object();
        node.put("sequence", entry.sequence())
                .put("at", JsonBodies.time(entry.at()))
                .put("run", entry.run().id().value())
                .put("event", entry.event().word());
        switch (entry.event()) {
            case RunEvent.Requested(var _, var by, var _, var _, var _, var _) -> node.put("by", by.value());
            case RunEvent.Approved(var by, var _, var _) -> node.put("by", by.value());
            case RunEvent.Outlined _ -> {}
            case RunEvent.Stopped(var reason) -> node.put("reason", reason);
            case RunEvent.Voided(var reason) -> node.put("reason", reason);
            case RunEvent.Rejected(var by, var reason) ->
                node.put("by", by.value()).put("reason", reason);
            case RunEvent.Expired() -> {}
            case RunEvent.Started(var gateway, var file) ->
                node.put("node", gateway).put("log", file);
            case RunEvent.Adopted(var gateway) -> node.put("node", gateway);
            case RunEvent.Prepared(var revision) -> RunJson.revision(node, Optional.of(revision));
            case RunEvent.CancelRequested(var by) -> node.put("by", by.value());
            case RunEvent.Paused(var by, var reason) ->
                node.put("by", by.value()).put("reason", reason);
            case RunEvent.Resumed(var by) -> node.put("by", by.value());
            case RunEvent.Finished(var outcome) ->
                node.put("status", outcome.state().word()).put("reason", outcome.reason());
        }
        return node;
    }
}
