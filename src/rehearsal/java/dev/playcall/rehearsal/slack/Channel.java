package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A channel or a direct conversation; guarded by its workspace. */
final class Channel {
    final String id;
    final String name;
    final List<Posted> posts = new ArrayList<>();
    private boolean entered = true;
    private boolean archived;

    Channel(String id, String name) {
        this.id = id;
        this.name = name;
    }

    void leave() {
        entered = false;
    }

    void archive() {
        archived = true;
    }

    boolean isDirect() {
        return id.startsWith("D");
    }

    /** Files need membership, posts only an open door. */
    void admit(boolean member) {
        if (archived) {
            throw new Refusal("is_archived");
        }
        if (member && !entered) {
            throw new Refusal("not_in_channel");
        }
    }

    Optional<Posted> find(String ts) {
        return posts.stream().filter(p -> p.ts.equals(ts)).findFirst();
    }

    Stream<Posted> front() {
        return posts.stream().filter(p -> p.isTopLevel() || p.broadcast);
    }

    Stream<Posted> replies(String ts) {
        return posts.stream().filter(p -> p.threadTs.filter(ts::equals).isPresent());
    }

    ObjectNode json() {
        var json = Json.object()
                .put("id", id)
                .put("is_channel", !isDirect())
                .put("is_im", isDirect())
                .put("is_archived", archived)
                .put("is_private", false)
                .put("is_ext_shared", false)
                .put("is_member", entered);
        return isDirect() ? json.put("user", "U" + id.substring(1)) : json.put("name", name);
    }

    ObjectNode json(Posted post, boolean withMetadata) {
        var json = post.json(withMetadata);
        var replies = replies(post.ts).toList();
        if (!replies.isEmpty()) {
            json.put("thread_ts", post.ts).put("reply_count", replies.size()).put("latest_reply", replies.getLast().ts);
        }
        return json;
    }
}
