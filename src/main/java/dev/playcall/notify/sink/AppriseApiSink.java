package dev.playcall.notify.sink;

import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.template.NotificationTemplates;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A notification address of an Apprise API server, which holds the addresses of the services itself. */
final class AppriseApiSink implements Sink {
    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json", "Accept", "application/json");
    private static final int TEXT = 10_000;

    private final URI to;
    private final String tag;
    private final NotificationTemplates notificationTemplates;
    private final SinkHttp sinkHttp;

    /** @param tag which of the services of that address, empty for all */
    AppriseApiSink(URI to, String tag, Connection connection, NotificationTemplates notificationTemplates) {
        this.to = to;
        this.tag = tag;
        this.notificationTemplates = notificationTemplates;
        this.sinkHttp = new SinkHttp(connection);
    }

    @Override
    public Result deliver(Notification notification) {
        var c = notification.content();
        var words = notificationTemplates.of(c);
        var json = NotificationJson.object()
                .put("title", words.title())
                .put("body", words.body(c, TEXT))
                .put("type", AppriseSink.type(c))
                .put("format", "text");
        if (!tag.isEmpty()) {
            json.put("tag", tag);
        }
        return switch (sinkHttp.call(to, NotificationJson.bytes(json), JSON)) {
            case SinkHttp.Answer.NoResponse(var result) -> result;
            case SinkHttp.Answer.Response response -> judge(response).noting(words.note());
        };
    }

    /** Two of its answers mean something of their own. */
    private static Result judge(SinkHttp.Answer.Response response) {
        return switch (response.status()) {
            case 204 -> new Result.Rejected("nothing is configured for its address on the Apprise API server (204)");
            case 424 -> new Result.Retry("a service behind the Apprise API server rejected it (424)", Optional.empty());
            default -> SinkHttp.judge(response, _ -> "");
        };
    }
}
