package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message while it lives; guarded by its workspace. */
final class Posted {
    final String ts;
    final String author;
    final Optional<String> threadTs;
    final boolean broadcast;
    final List<SharedFile> files = new ArrayList<>();
    final List<String> reactions = new ArrayList<>();
    private String text;
    private ArrayNode blocks;
    private Optional<JsonNode> metadata;
    private JsonNode unfurls = Json.object();
    private int edits;

    Posted(String ts, String author, Content content, Optional<String> threadTs, boolean broadcast) {
        this.ts = ts;
        this.author = author;
        this.text = content.text();
        this.blocks = content.blocks();
        this.metadata = content.metadata();
        this.threadTs = threadTs;
        this.broadcast = broadcast;
    }

    /** Metadata stays when the change brings none. */
    void change(Content content) {
        text = content.text();
        blocks = content.blocks();
        metadata = content.metadata().or(() -> metadata);
        edits++;
    }

    void unfurl(JsonNode previews) {
        unfurls = previews;
    }

    /** What its links show, by link. */
    JsonNode unfurls() {
        return unfurls;
    }

    boolean isTopLevel() {
        return threadTs.isEmpty();
    }

    boolean byApp() {
        return author.equals(Workspace.BOT_USER);
    }

    ArrayNode blocks() {
        return blocks;
    }

    Shown shown() {
        var face = new BlockView(blocks);
        var plain = blocks.isEmpty() ? BlockView.unescaped(text) : face.plain();
        return new Shown(
                ts, author, text, blocks.deepCopy(), edits, plain, face.buttons(), threadTs, broadcast, metadata);
    }

    ObjectNode json(boolean withMetadata) {
        var json = Json.object().put("type", "message").put("user", author).put("ts", ts);
        if (byApp()) {
            json.put("bot_id", Workspace.BOT).put("app_id", Workspace.APP);
        }
        json.put("team", Workspace.TEAM).put("text", text);
        if (!blocks.isEmpty()) {
            json.set("blocks", blocks.deepCopy());
        } else if (edits > 0) {
            json.putObject("edited").put("user", author).put("ts", ts);
        }
        threadTs.ifPresent(t -> json.put("thread_ts", t));
        if (broadcast) {
            json.put("subtype", "thread_broadcast");
        }
        if (withMetadata) {
            metadata.ifPresent(m -> json.set("metadata", m.deepCopy()));
        }
        return json;
    }
}
