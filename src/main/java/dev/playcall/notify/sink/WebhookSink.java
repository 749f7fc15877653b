package dev.playcall.notify.sink;

import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.notify.StandardWebhook;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.template.DefaultTemplate;
import dev.playcall.notify.template.NotificationTemplates;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Any program that takes a POST. Signed as Standard Webhooks 1.0 says: the id stays the same over all attempts, so that
 * the receiver can tell a repetition.
 */
final class WebhookSink implements Sink {
    private final URI to;
    private final List<byte[]> keys;
    private final NotificationTemplates notificationTemplates;
    private final SinkHttp sinkHttp;
    private final InstantSource clock;

    /**
     * @param secrets {@code whsec_…} or any text; several while one replaces another; none sends unsigned
     */
    WebhookSink(
            URI to,
            List<String> secrets,
            Connection connection,
            NotificationTemplates notificationTemplates,
            InstantSource clock) {
        this.to = to;
        this.keys = secrets.stream().map(StandardWebhook::key).toList();
        this.notificationTemplates = notificationTemplates;
        this.sinkHttp = new SinkHttp(connection);
        this.clock = clock;
    }

    @Override
    public Result deliver(Notification notification) {
        var words = notificationTemplates.of(notification.content());
        var result = post(notification, NotificationJson.bytes(notification, words, true));
        // Too much of a body is not a reason to say nothing.
        if (result instanceof Result.Rejected(var why) && why.endsWith(" 413")) {
            result = post(notification, NotificationJson.bytes(notification, words, false));
        }
        return result.noting(words.note());
    }

    private Result post(Notification notification, byte[] body) {
        var headers = new TreeMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Playcall");
        headers.put("webhook-id", DefaultTemplate.key(notification));
        var at = Long.toString(clock.instant().getEpochSecond());
        headers.put("webhook-timestamp", at);
        if (!keys.isEmpty()) {
            headers.put("webhook-signature", signatures(DefaultTemplate.key(notification), at, body));
        }
        return sinkHttp.post(to, body, Map.copyOf(headers), _ -> "");
    }

    private String signatures(String id, String at, byte[] body) {
        return String.join(
                " ",
                keys.stream().map(k -> StandardWebhook.sign(k, id, at, body)).toList());
    }
}
