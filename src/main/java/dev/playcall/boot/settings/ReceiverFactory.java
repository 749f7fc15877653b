package dev.playcall.boot.settings;

import dev.playcall.chat.ChatAdapter;
import dev.playcall.chat.ChatAlertSink;
import dev.playcall.chat.message.Channel;
import dev.playcall.config.Config;
import dev.playcall.config.NotifyConfig;
import dev.playcall.config.ReceiverConfig.Transport;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.mail.MailSink;
import dev.playcall.notify.routing.Inhibition;
import dev.playcall.notify.routing.Mentions;
import dev.playcall.notify.routing.NotificationRules;
import dev.playcall.notify.routing.Route;
import dev.playcall.notify.routing.RouteTree;
import dev.playcall.notify.sink.Apprise;
import dev.playcall.notify.sink.Sinks;
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
    public record Dependencies(List<ChatAdapter> platforms, Apprise apprise, Clock clock) {}

    /** What people are told with and who is called by it. */
    private record ReceiverOptions(NotificationTemplates templates, Mentions pings) {}

    /**
     * The way to each receiver, by its name.
     *
     * @throws RefusedException with every mistake in templates and mentions
     */
    public static Map<String, Sink> sinks(NotifyConfig notifyConfig, Dependencies means) {
        var byReceiver = receiverOptions(notifyConfig);
        var sinks = new TreeMap<String, Sink>();
        notifyConfig.receivers().forEach((name, receiverConfig) -> {
            var options = Objects.requireNonNull(byReceiver.get(name));
            var sink = Sinks.bounded(sink(receiverConfig.transport(), options, means), receiverConfig.atOnce());
            sinks.put(
                    name,
                    receiverConfig
                            .rate()
                            .map(r -> Sinks.rated(sink, r, means.clock()))
                            .orElse(sink));
        });
        return sinks;
    }

    /**
     * The words for each receiver.
     *
     * @throws RefusedException with every mistake in templates and mentions
     */
    public static Map<String, NotificationTemplates> templates(NotifyConfig notifyConfig) {
        var templates = new TreeMap<String, NotificationTemplates>();
        receiverOptions(notifyConfig).forEach((name, options) -> templates.put(name, options.templates()));
        return templates;
    }

    private static Map<String, ReceiverOptions> receiverOptions(NotifyConfig notifyConfig) {
        var problems = new LinkedHashSet<String>();
        var byReceiver = new TreeMap<String, ReceiverOptions>();
        notifyConfig.receivers().forEach((name, receiverConfig) -> {
            var notificationTemplates = switch (NotificationTemplates.of(receiverConfig.templates())) {
                case NotificationTemplates.Built.Valid(var good) -> good;
                case NotificationTemplates.Built.Invalid(var bad) -> {
                    problems.addAll(bad);
                    yield NotificationTemplates.USUAL;
                }
            };
            var mentions = switch (Mentions.of(name, receiverConfig.pings())) {
                case Mentions.Built.Valid(var good) -> good;
                case Mentions.Built.Invalid(var bad) -> {
                    problems.addAll(bad);
                    yield Mentions.NONE;
                }
            };
            byReceiver.put(name, new ReceiverOptions(notificationTemplates, mentions));
        });
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("\n", problems));
        }
        return byReceiver;
    }

    private static Sink sink(Transport way, ReceiverOptions options, Dependencies means) {
        var notificationTemplates = options.templates();
        return switch (way) {
            case Transport.Chat(var platform, var channel) ->
                means.platforms().stream()
                        .filter(p -> p.platform().equals(platform))
                        .findFirst()
                        .<Sink>map(p -> new ChatAlertSink(
                                p, new Channel(platform, channel), notificationTemplates, options.pings()))
                        .orElse(_ -> new Sink.Result.Retry(
                                platform + " is not set up here (chat." + platform + " in config/playcall.yml)",
                                Optional.empty()));
            case Transport.Webhook(var url, var keys, var connection) ->
                Sinks.webhook(
                        url,
                        keys.stream().map(Config.Secret::reveal).toList(),
                        connection,
                        notificationTemplates,
                        means.clock());
            case Transport.ChatWebhook(var platform, var url, var connection) ->
                platform.equals("slack")
                        ? Sinks.slackWebhook(url, connection, notificationTemplates, options.pings())
                        : Sinks.discordWebhook(url, connection, notificationTemplates, options.pings());
            case Transport.Ntfy(var topic, var token, var connection) ->
                Sinks.ntfy(
                        topic,
                        Optional.of(token.reveal()).filter(t -> !t.isEmpty()),
                        connection,
                        notificationTemplates);
            case Transport.Apprise(var url) -> Sinks.apprise(url.reveal(), means.apprise(), notificationTemplates);
            case Transport.AppriseApi(var url, var tag, var connection) ->
                Sinks.appriseApi(url, tag, connection, notificationTemplates);
            case Transport.Mail(var server, var from, var to) -> new MailSink(server, from, to, notificationTemplates);
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
            case RouteTree.Built.Valid(var found) -> root = found;
            case RouteTree.Built.Invalid(var wrong) -> problems.addAll(0, wrong);
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("\n", problems));
        }
        var channels = new TreeMap<String, String>();
        notifyConfig.receivers().forEach((name, receiverConfig) -> {
            if (receiverConfig.transport() instanceof Transport.Chat(var platform, var channel)) {
                channels.put(name, platform + ":" + channel);
            }
        });
        return new NotificationRules(root, inhibit, notifyConfig.actions(), channels, notifyConfig.failing());
    }
}
