package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.ChatWebhook;
import dev.playcall.chat.slack.api.SlackJson;
import dev.playcall.config.Config.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes what Slack delivers over HTTP; the same envelopes as on a socket, with the receipt as the answer. */
final class SlackHttp implements ChatWebhook {
    private static final int LONGEST = 1 << 20;
    private static final long TIMEOUT = 2_800;

    private final EventAcknowledger eventAcknowledger;
    private final SlackSignatures slackSignatures;

    public SlackHttp(EventAcknowledger eventAcknowledger, Secret secret, Clock clock) {
        this.eventAcknowledger = eventAcknowledger;
        this.slackSignatures = new SlackSignatures(secret, clock);
    }

    @Override
    public Reply handle(Map<String, String> headers, byte[] body) {
        if (body.length > LONGEST) {
            return Reply.text(413, "too long");
        }
        if (!slackSignatures.accepts(headers, body)) {
            return Reply.text(401, "not signed by Slack");
        }
        var text = new String(body, StandardCharsets.UTF_8);
        var frame = header(headers, "content-type").contains("json") ? event(text) : form(text);
        if (frame.isEmpty()) {
            return Reply.text(400, "this cannot be read");
        }
        var challenge = SlackJson.text(frame.get(), "/payload/challenge");
        return challenge.map(c -> Reply.text(200, c)).orElseGet(() -> deliver(frame.get()));
    }

    static String header(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static Optional<ObjectNode> event(String text) {
        return SlackJson.read(text).map(p -> frame("events_api", p));
    }

    private static ObjectNode frame(String type, JsonNode payload) {
        var frame = SlackJson.object(type).put("envelope_id", UUID.randomUUID().toString());
        frame.set("payload", payload);
        return frame;
    }

    private static Optional<ObjectNode> form(String text) {
        var fields = new LinkedHashMap<String, String>();
        try {
            for (var pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        var payload = fields.get("payload");
        if (payload != null) {
            return SlackJson.read(payload).map(p -> frame("interactive", p));
        }
        var command = SlackJson.object();
        fields.forEach(command::put);
        return command.has("command") ? Optional.of(frame("slash_commands", command)) : Optional.empty();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private Reply deliver(JsonNode frame) {
        var receipt = new CompletableFuture<Optional<ObjectNode>>();
        eventAcknowledger.accept(frame, (_, payload) -> receipt.complete(payload));
        try {
            return receipt.get(TIMEOUT, TimeUnit.MILLISECONDS)
                    .map(p -> new Reply(200, "application/json; charset=utf-8", p.toString()))
                    .orElseGet(() -> Reply.text(200, ""));
        } catch (TimeoutException | ExecutionException e) {
            receipt.cancel(false);
            return Reply.text(200, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reply.text(503, "stopping");
        }
    }
}
