package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The methods that write messages. */
final class ChatMethods {
    private static final int LONGEST_POST = 40_000;
    private static final int LONGEST_UPDATE = 4_000;

    private final Workspace workspace;

    ChatMethods(Workspace workspace) {
        this.workspace = workspace;
    }

    Map<String, Function<Params, ObjectNode>> methods() {
        return Map.of(
                "chat.postMessage", this::post,
                "chat.update", this::update,
                "chat.delete", this::delete,
                "chat.postEphemeral", this::whisper,
                "chat.getPermalink", this::permalink,
                "chat.unfurl", this::unfurl,
                "reactions.add", this::react);
    }

    private Content content(Params params, int longest) {
        var content = workspace.content(
                params.method(), params.text("text"), params.array("blocks", "invalid_blocks_format"), longest);
        var metadata = params.object("metadata", "invalid_metadata_format");
        metadata.filter(m -> !m.path("event_type").isTextual()
                        || !m.path("event_payload").isObject())
                .ifPresent(_ -> {
                    throw new Refusal("invalid_metadata_schema");
                });
        return new Content(content.text(), content.blocks(), metadata);
    }

    private ObjectNode post(Params params) {
        var name = params.need("channel", "channel_not_found");
        return workspace.named(name, c -> {
            c.admit(false);
            var thread = params.text("thread_ts");
            thread.filter(t -> c.find(t).filter(Posted::isTopLevel).isEmpty()).ifPresent(_ -> {
                throw new Refusal("cannot_reply_to_message");
            });
            var post = workspace.post(
                    c.id,
                    Workspace.BOT_USER,
                    content(params, LONGEST_POST),
                    thread,
                    thread.isPresent() && params.flag("reply_broadcast"));
            var answer = Json.ok().put("channel", c.id).put("ts", post.ts);
            answer.set("message", c.json(post, false));
            return answer;
        });
    }

    private static Posted own(Channel channel, Params params, String error) {
        var post = channel.find(params.need("ts", "message_not_found"))
                .orElseThrow(() -> new Refusal("message_not_found"));
        if (!post.byApp()) {
            throw new Refusal(error);
        }
        return post;
    }

    /** Unlike posting, changing takes an id and no name. */
    private ObjectNode update(Params params) {
        var name = params.need("channel", "channel_not_found");
        return workspace.named(name, c -> {
            if (!c.id.equals(name)) {
                throw new Refusal("channel_not_found");
            }
            c.admit(false);
            var post = own(c, params, "cant_update_message");
            post.change(content(params, LONGEST_UPDATE));
            JsonNode message = c.json(post, false);
            var answer = Json.ok()
                    .put("channel", c.id)
                    .put("ts", post.ts)
                    .put("text", message.path("text").asText());
            answer.set("message", message);
            return answer;
        });
    }

    private ObjectNode delete(Params params) {
        return workspace.named(params.need("channel", "channel_not_found"), c -> {
            var post = own(c, params, "cant_delete_message");
            c.posts.remove(post);
            return Json.ok().put("channel", c.id).put("ts", post.ts);
        });
    }

    private ObjectNode whisper(Params params) {
        var user = params.need("user", "user_not_in_channel");
        return workspace.named(params.need("channel", "channel_not_found"), c -> {
            c.admit(false);
            if (workspace.find(user).isEmpty()) {
                throw new Refusal("user_not_in_channel");
            }
            var post = workspace.whisper(user, content(params, LONGEST_POST), params.text("thread_ts"));
            return Json.ok().put("message_ts", post.ts);
        });
    }

    /** Only links that stand in the message, each with blocks or an attachment. */
    private ObjectNode unfurl(Params params) {
        var ts = params.need("ts", "missing_ts");
        var unfurls =
                params.object("unfurls", "invalid_unfurls_format").orElseThrow(() -> new Refusal("missing_unfurls"));
        return workspace.named(params.need("channel", "missing_channel"), c -> {
            var post = c.find(ts).orElseThrow(() -> new Refusal("cannot_find_message"));
            unfurls.properties().forEach(e -> {
                if (!post.shown().text().contains(e.getKey())) {
                    throw new Refusal("cannot_unfurl_url");
                }
                var problems = BlockCheck.problems(e.getValue().path("blocks"), BlockCheck.MESSAGE);
                if (e.getValue().path("blocks").isEmpty() || !problems.isEmpty()) {
                    throw new Refusal("cannot_parse_attachment", problems);
                }
            });
            post.unfurl(unfurls);
            return Json.ok();
        });
    }

    private ObjectNode permalink(Params params) {
        var ts = params.need("message_ts", "message_not_found");
        return workspace.named(params.need("channel", "channel_not_found"), c -> {
            if (c.find(ts).isEmpty()) {
                throw new Refusal("message_not_found");
            }
            return Json.ok()
                    .put("channel", c.id)
                    .put(
                            "permalink",
                            "https://" + Workspace.DOMAIN + ".slack.com/archives/" + c.id + "/p" + ts.replace(".", ""));
        });
    }

    private ObjectNode react(Params params) {
        var name = params.need("name", "invalid_name");
        return workspace.named(params.need("channel", "channel_not_found"), c -> {
            var post = Optional.of(params.need("timestamp", "no_item_specified"))
                    .flatMap(c::find)
                    .orElseThrow(() -> new Refusal("message_not_found"));
            if (post.reactions.contains(name)) {
                throw new Refusal("already_reacted");
            }
            post.reactions.add(name);
            return Json.ok();
        });
    }
}
