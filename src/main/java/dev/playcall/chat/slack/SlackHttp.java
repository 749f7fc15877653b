package dev.playcall.chat.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.chat.ChatWebhook;
import dev.playcall.chat.slack.bolt.SlackApp;
import dev.playcall.chat.slack.bolt.SlackApp.SlackDelivery;
import dev.playcall.config.Config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes what Slack delivers over HTTP; the same requests as on a socket, with the receipt as the answer. */
final class SlackHttp implements ChatWebhook {
    private static final int LONGEST = 1 << 20;
    private static final long TIMEOUT = 2_800;

    private final SlackApp slackApp;
    private final EventAcknowledger eventAcknowledger;
    private final SlackSignatures slackSignatures;

    public SlackHttp(SlackApp slackApp, EventAcknowledger eventAcknowledger, Secret secret, Clock clock) {
        this.slackApp = slackApp;
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
        var delivery = slackApp.body(text);
        if (delivery.isEmpty()) {
            return Reply.text(400, "this cannot be read");
        }
        return delivery.get().challenge().map(c -> Reply.text(200, c)).orElseGet(() -> deliver(delivery.get()));
    }

    static String header(Map<String, String> headers, String name) {
        return headers.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private Reply deliver(SlackDelivery delivery) {
        var receipt = new CompletableFuture<Optional<ObjectNode>>();
        eventAcknowledger.accept(UUID.randomUUID().toString(), delivery, (_, payload) -> receipt.complete(payload));
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
