package dev.playcall.boot;

import dev.playcall.chat.AlertSink;
import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.config.Config;
import dev.playcall.config.Notify;
import dev.playcall.notify.Route;
import dev.playcall.notify.RouteTree;
import dev.playcall.notify.Sink;
import dev.playcall.notify.sink.ChatWebhookSink;
import dev.playcall.notify.sink.NtfySink;
import dev.playcall.notify.sink.WebhookSink;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the configuration says of notifications, made into things that work. */
final class Receivers {
    private Receivers() {}

    /** The way to each receiver, by its name. */
    static Map<String, Sink> sinks(Notify notify, List<ChatAdapter> platforms, Clock clock) {
        var sinks = new TreeMap<String, Sink>();
        notify.receivers().forEach((name, receiver) -> sinks.put(name, sink(receiver, platforms, clock)));
        return sinks;
    }

    private static Sink sink(Notify.Receiver receiver, List<ChatAdapter> platforms, Clock clock) {
        return switch (receiver) {
            case Notify.Receiver.Chat(var platform, var channel) ->
                platforms.stream()
                        .filter(p -> p.platform().equals(platform))
                        .findFirst()
                        .<Sink>map(p -> new AlertSink(p, new Channel(platform, channel)))
                        .orElse(_ -> new Sink.Result.Retry(
                                platform + " is not set up here (chat." + platform + " in config/playcall.yml)",
                                Optional.empty()));
            case Notify.Receiver.Webhook(var url, var secrets, var inside) ->
                new WebhookSink(url, secrets.stream().map(Config.Secret::reveal).toList(), inside, clock);
            case Notify.Receiver.ChatWebhook(var platform, var url, var inside) ->
                new ChatWebhookSink(
                        url,
                        platform.equals("slack") ? ChatWebhookSink.Kind.SLACK : ChatWebhookSink.Kind.DISCORD,
                        inside);
            case Notify.Receiver.Ntfy(var topic, var token, var inside) ->
                new NtfySink(topic, Optional.of(token.reveal()).filter(t -> !t.isEmpty()), inside);
        };
    }

    /**
     * The tree of routes.
     *
     * @throws RefusedException with every mistake in it
     */
    static Optional<Route> routes(Notify notify) {
        return switch (RouteTree.of(notify)) {
            case RouteTree.Built.Good(var root) -> root;
            case RouteTree.Built.Bad(var problems) -> throw new RefusedException(String.join("\n", problems));
        };
    }
}
