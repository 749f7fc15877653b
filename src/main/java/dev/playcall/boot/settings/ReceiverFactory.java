package dev.playcall.boot.settings;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatAlertSink;
import dev.playcall.chat.message.Channel;
import dev.playcall.config.Config;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig.Way;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.mail.MailSink;
import dev.playcall.notify.routing.Inhibition;
import dev.playcall.notify.routing.Mentions;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import dev.playcall.notify.routing.RouteTree;
import dev.playcall.notify.sink.Apprise;
import dev.playcall.notify.sink.AppriseApiSink;
import dev.playcall.notify.sink.AppriseSink;
import dev.playcall.notify.sink.BoundedSink;
import dev.playcall.notify.sink.ChatWebhookSink;
import dev.playcall.notify.sink.NtfySink;
import dev.playcall.notify.sink.RatedSink;
import dev.playcall.notify.sink.WebhookSink;
import dev.playcall.notify.template.NotificationTemplates;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What the configuration says of notifications, made into things that work. */
public final class ReceiverFactory {
    private ReceiverFactory() {}

    /** What sinks are made with. */
    public record Means(List<ChatAdapter> platforms, Apprise apprise, Clock clock) {}

    /** What people are told with and who is called by it. */
    private record Manner(NotificationTemplates wording, Mentions pings) {}

    /**
     * The way to each receiver, by its name.
     *
     * @throws RefusedException with every mistake in templates and mentions
     */
    public static Map<String, Sink> sinks(NotifyConfig notifyConfig, Means means) {
        var manners = manners(notifyConfig);
        var sinks = new TreeMap<String, Sink>();
        notifyConfig.receivers().forEach((name, receiverConfig) -> {
            var options = Objects.requireNonNull(manners.get(name));
            var sink = new BoundedSink(sink(receiverConfig.way(), options, means), receiverConfig.atOnce());
            sinks.put(
                    name,
                    receiverConfig
                            .rate()
                            .<Sink>map(r -> new RatedSink(sink, r, means.clock()))
                            .orElse(sink));
        });
        return sinks;
    }

    /**
     * The words for each receiver.
     *
     * @throws RefusedException with every mistake in templates and mentions
     */
    public static Map<String, NotificationTemplates> wordings(NotifyConfig notifyConfig) {
        var wordings = new TreeMap<String, NotificationTemplates>();
        manners(notifyConfig).forEach((name, options) -> wordings.put(name, options.wording()));
        return wordings;
    }

    private static Map<String, Manner> manners(NotifyConfig notifyConfig) {
        var problems = new LinkedHashSet<String>();
        var manners = new TreeMap<String, Manner>();
        notifyConfig.receivers().forEach((name, receiverConfig) -> {
            var notificationTemplates = switch (NotificationTemplates.of(receiverConfig.templates())) {
                case NotificationTemplates.Built.Good(var good) -> good;
                case NotificationTemplates.Built.Bad(var bad) -> {
                    problems.addAll(bad);
                    yield NotificationTemplates.USUAL;
                }
            };
            var mentions = switch (Mentions.of(name, receiverConfig.pings())) {
                case Mentions.Built.Good(var good) -> good;
                case Mentions.Built.Bad(var bad) -> {
                    problems.addAll(bad);
                    yield Mentions.NONE;
                }
            };
            manners.put(name, new Manner(notificationTemplates, mentions));
        });
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("\n", problems));
        }
        return manners;
    }

    private static Sink sink(Way way, Manner options, Means means) {
        var notificationTemplates = options.wording();
        return switch (way) {
            case Way.Chat(var platform, var channel) ->
                means.platforms().stream()
                        .filter(p -> p.platform().equals(platform))
                        .findFirst()
                        .<Sink>map(p -> new ChatAlertSink(
                                p, new Channel(platform, channel), notificationTemplates, options.pings()))
                        .orElse(_ -> new Sink.Result.Retry(
                                platform + " is not set up here (chat." + platform + " in config/playcall.yml)",
                                Optional.empty()));
            case Way.Webhook(var url, var keys, var connection) ->
                new WebhookSink(
                        url,
                        keys.stream().map(Config.Secret::reveal).toList(),
                        connection,
                        notificationTemplates,
                        means.clock());
            case Way.ChatWebhook(var platform, var url, var connection) ->
                new ChatWebhookSink(
                        url,
                        platform.equals("slack") ? ChatWebhookSink.Kind.SLACK : ChatWebhookSink.Kind.DISCORD,
                        connection,
                        notificationTemplates,
                        options.pings());
            case Way.Ntfy(var topic, var token, var connection) ->
                new NtfySink(
                        topic,
                        Optional.of(token.reveal()).filter(t -> !t.isEmpty()),
                        connection,
                        notificationTemplates);
            case Way.Apprise(var url) -> new AppriseSink(url.reveal(), means.apprise(), notificationTemplates);
            case Way.AppriseApi(var url, var tag, var connection) ->
                new AppriseApiSink(url, tag, connection, notificationTemplates);
            case Way.Mail(var server, var from, var to) -> new MailSink(server, from, to, notificationTemplates);
        };
    }

    /**
     * Who is told of what.
     *
     * @throws RefusedException with every mistake in it
     */
    public static NotificationRules rules(NotifyConfig notifyConfig) {
        var problems = new ArrayList<String>();
        var inhibit = Inhibition.of(notifyConfig, problems);
        var root = Optional.<Route>empty();
        switch (RouteTree.of(notifyConfig)) {
            case RouteTree.Built.Good(var found) -> root = found;
            case RouteTree.Built.Bad(var wrong) -> problems.addAll(0, wrong);
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("\n", problems));
        }
        var channels = new TreeMap<String, String>();
        notifyConfig.receivers().forEach((name, receiverConfig) -> {
            if (receiverConfig.way() instanceof Way.Chat(var platform, var channel)) {
                channels.put(name, platform + ":" + channel);
            }
        });
        return new NotificationRules(root, inhibit, notifyConfig.actions(), channels, notifyConfig.failing());
    }
}
