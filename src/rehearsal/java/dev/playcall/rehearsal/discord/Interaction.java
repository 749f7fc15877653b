package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One thing somebody did, from the event to the end of its token. */
final class Interaction {
    static final int COMMAND = 2;
    static final int COMPONENT = 3;
    static final int AUTOCOMPLETE = 4;
    static final int MODAL = 5;

    final String id;
    final String token;
    final int kind;
    final Person by;
    final Place place;
    final Instant created;
    final ObjectNode event;
    final CompletableFuture<Ack> acknowledged = new CompletableFuture<>();
    /** The message the pressed button is on. */
    final @Nullable Posted source;
    /** What `@original` means. */
    @Nullable
    Posted original;

    Interaction(
            String id, int kind, Person by, Place place, Instant created, ObjectNode event, @Nullable Posted source) {
        this.id = id;
        this.token = "interaction-" + id + "-token";
        this.kind = kind;
        this.by = by;
        this.place = place;
        this.created = created;
        this.event = event;
        this.source = source;
    }
}
