package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Response addresses: five answers within half an hour to something a person did. */
final class Responses {
    private static final int USES = 5;
    private static final Duration LIFE = Duration.ofMinutes(30);

    private record Address(String user, String channel, Optional<String> ts, Instant until, int uses) {}

    private final Workspace workspace;
    private final Recorder recorder;
    private final Clock clock;
    private final Supplier<URI> base;
    private final Map<String, Address> addresses = new HashMap<>();

    Responses(Workspace workspace, Recorder recorder, Clock clock, Supplier<URI> base) {
        this.workspace = workspace;
        this.recorder = recorder;
        this.clock = clock;
        this.base = base;
    }

    synchronized String issue(String user, String channel, Optional<String> ts) {
        var id = UUID.randomUUID().toString();
        addresses.put(id, new Address(user, channel, ts, clock.instant().plus(LIFE), 0));
        return base.get().resolve("/response/" + id).toString();
    }

    void handle(Context ctx) {
        try {
            var address = use(ctx.pathParam("id"));
            var body =
                    Json.read(ctx.body()).filter(JsonNode::isObject).orElseThrow(() -> new Refusal("invalid_payload"));
            recorder.record("response_url", body);
            apply(address, body);
            ctx.contentType("application/json").result(Json.ok().toString());
        } catch (Refusal e) {
            ctx.status(e.getMessage() != null && e.getMessage().endsWith("_url []") ? 404 : 400)
                    .contentType("application/json")
                    .result(e.answer().toString());
        }
    }

    private synchronized Address use(String id) {
        var address = addresses.get(id);
        if (address == null || clock.instant().isAfter(address.until())) {
            throw new Refusal("expired_url");
        }
        if (address.uses() >= USES) {
            throw new Refusal("used_url");
        }
        addresses.put(
                id, new Address(address.user(), address.channel(), address.ts(), address.until(), address.uses() + 1));
        return address;
    }

    private void apply(Address to, JsonNode body) {
        var original = to.ts().flatMap(ts -> workspace.at(to.channel(), c -> c.find(ts)));
        var whisper = to.ts().flatMap(ts -> workspace.whispered(to.user(), ts));
        if (body.path("delete_original").asBoolean()) {
            original.ifPresent(p -> workspace.at(to.channel(), c -> c.posts.remove(p)));
            whisper.ifPresent(p -> workspace.forget(to.user(), p));
            return;
        }
        var content = content("response_url", body);
        if (body.path("replace_original").asBoolean()
                && original.or(() -> whisper).isPresent()) {
            var post = original.or(() -> whisper).orElseThrow();
            workspace.at(to.channel(), _ -> {
                post.change(content);
                return post;
            });
        } else {
            say(to.user(), to.channel(), body, content);
        }
    }

    private Content content(String where, JsonNode body) {
        return workspace.content(
                where,
                Optional.of(body.path("text").asText()).filter(t -> !t.isEmpty()),
                Workspace.blocks(body),
                40_000);
    }

    private void say(String user, String channel, JsonNode body, Content content) {
        var thread = Optional.of(body.path("thread_ts").asText()).filter(t -> !t.isEmpty());
        if (body.path("response_type").asText().equals("in_channel")) {
            workspace.post(channel, Workspace.BOT_USER, content, thread, false);
        } else {
            workspace.whisper(user, content, thread);
        }
    }

    /** The answer to a command within its acknowledgement; returns what Slack would not accept of it. */
    List<String> inline(String user, String channel, JsonNode payload) {
        if (payload.isEmpty()) {
            return List.of();
        }
        try {
            say(user, channel, payload, content("acknowledgement", payload));
            return List.of();
        } catch (Refusal e) {
            return List.of(e.answer().toString());
        }
    }
}
