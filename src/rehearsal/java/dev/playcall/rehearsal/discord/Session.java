package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One login of the app: everything it was told, so that a new connection can go on where the old one broke. */
final class Session {
    private final String id;
    private final int intents;
    private final List<ObjectNode> told = new ArrayList<>();
    private @Nullable GatewayLink link;

    Session(String id, int intents, GatewayLink link) {
        this.id = id;
        this.intents = intents;
        this.link = link;
    }

    String id() {
        return id;
    }

    int intents() {
        return intents;
    }

    synchronized int sequence() {
        return told.size();
    }

    synchronized boolean connected() {
        return link != null;
    }

    synchronized void tell(String event, ObjectNode data) {
        var dispatch = Json.object().put("op", 0).put("s", told.size() + 1).put("t", event);
        dispatch.set("d", data.deepCopy());
        told.add(dispatch);
        if (link != null) {
            link.send(dispatch);
        }
    }

    synchronized void continueOn(GatewayLink fresh, int seen) {
        link = fresh;
        told.subList(seen, told.size()).forEach(fresh::send);
        tell("RESUMED", Json.object());
    }

    synchronized void lost(GatewayLink old) {
        if (old.equals(link)) {
            link = null;
        }
    }
}
