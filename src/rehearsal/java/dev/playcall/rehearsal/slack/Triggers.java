package dev.playcall.rehearsal.slack;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Trigger ids: each opens one modal, for the person who acted, within three seconds unless the workspace is more patient. */
final class Triggers {
    private record Trigger(String user, Instant until) {}

    private final Clock clock;
    private volatile Duration life = Envelopes.TIMEOUT;
    private final Map<String, Trigger> open = new HashMap<>();
    private final Map<String, Trigger> used = new HashMap<>();

    Triggers(Clock clock) {
        this.clock = clock;
    }

    void life(Duration value) {
        life = value;
    }

    synchronized String issue(String user) {
        var id = System.nanoTime() + "." + UUID.randomUUID();
        open.put(id, new Trigger(user, clock.instant().plus(life)));
        return id;
    }

    /** The person who may see the modal. */
    synchronized String exchange(String id) {
        if (used.containsKey(id)) {
            throw new Refusal("exchanged_trigger_id");
        }
        var trigger = open.get(id);
        if (trigger == null) {
            throw new Refusal("invalid_trigger_id");
        }
        if (clock.instant().isAfter(trigger.until())) {
            throw new Refusal("expired_trigger_id");
        }
        open.remove(id);
        used.put(id, trigger);
        return trigger.user();
    }
}
