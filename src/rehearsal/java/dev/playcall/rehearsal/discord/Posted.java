package dev.playcall.rehearsal.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message as the server keeps it; guarded by the lock of the world. */
final class Posted {
    static final int EPHEMERAL = 1 << 6;
    static final int LOADING = 1 << 7;
    static final int HAS_THREAD = 1 << 5;
    static final int COMPONENTS_V2 = 1 << 15;

    final String id;
    final String channel;
    final Person author;
    final List<Attachment> files = new ArrayList<>();
    /** Empty, or the interaction this is an answer to. */
    final String interaction;

    String content = "";
    ArrayNode embeds = Json.array();
    ArrayNode components = Json.array();
    int flags;
    int edits;
    Instant created;

    @Nullable
    Instant edited;

    String nonce = "";
    String reference = "";
    List<String> mentions = List.of();

    Posted(String id, String channel, Person author, Instant created, String interaction) {
        this.id = id;
        this.channel = channel;
        this.author = author;
        this.created = created;
        this.interaction = interaction;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    Duration age(Instant now) {
        return Duration.between(created, now);
    }

    /** Takes over what the body says about the looks; what it leaves out stays. */
    void show(JsonNode body) {
        if (body.has("content")) {
            content = body.path("content").asText("").strip();
            if (body.path("content").isNull()) {
                content = "";
            }
        }
        if (body.has("embeds")) {
            embeds = Json.array();
            body.path("embeds").forEach(e -> embeds.add(Payloads.embed(e)));
        }
        if (body.has("components")) {
            components = Payloads.numbered(body.path("components"));
        }
    }

    boolean isEmpty() {
        return content.isEmpty() && embeds.isEmpty() && files.isEmpty() && components.isEmpty();
    }
}
