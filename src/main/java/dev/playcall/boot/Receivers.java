package dev.playcall.boot;

import dev.playcall.chat.AlertSink;
import dev.playcall.chat.Channel;
import dev.playcall.chat.ChatAdapter;
import dev.playcall.config.Config;
import dev.playcall.config.Notify;
import dev.playcall.config.Receiver.Way;
import dev.playcall.notify.Inhibition;
import dev.playcall.notify.Pings;
import dev.playcall.notify.Route;
import dev.playcall.notify.RouteTree;
import dev.playcall.notify.Rules;
import dev.playcall.notify.Sink;
import dev.playcall.notify.mail.MailSink;
import dev.playcall.notify.sink.Apprise;
import dev.playcall.notify.sink.AppriseApiSink;
import dev.playcall.notify.sink.AppriseSink;
import dev.playcall.notify.sink.BoundedSink;
import dev.playcall.notify.sink.ChatWebhookSink;
import dev.playcall.notify.sink.NtfySink;
import dev.playcall.notify.sink.RatedSink;
import dev.playcall.notify.sink.WebhookSink;
import dev.playcall.notify.wording.Wording;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** What the configuration says of notifications, made into things that work. */
final class Receivers {
    private Receivers() {}

    /** What sinks are made with. */
    record Means(List<ChatAdapter> platforms, Apprise apprise, Clock clock) {}

    /** What people are told with and who is called by it. */
    private record Manner(Wording wording, Pings pings) {}

    /**
     * The way to each receiver, by its name.
     *
     * @throws RefusedException with every mistake in templates and mentions
     */
    static Map<String, Sink> sinks(Notify notify, Means means) {
        var manners = manners(notify);
        var sinks = new TreeMap<String, Sink>();
        notify.receivers().forEach((name, receiver) -> {
            var manner = Objects.requireNonNull(manners.get(name));
            var sink = new BoundedSink(sink(receiver.way(), manner, means), receiver.atOnce());
            sinks.put(
                    name,
                    receiver.rate()
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
    static Map<String, Wording> wordings(Notify notify) {
        var wordings = new TreeMap<String, Wording>();
        manners(notify).forEach((name, manner) -> wordings.put(name, manner.wording()));
        return wordings;
    }

    private static Map<String, Manner> manners(Notify notify) {
        var problems = new LinkedHashSet<String>();
        var manners = new TreeMap<String, Manner>();
        notify.receivers().forEach((name, receiver) -> {
            var wording = switch (Wording.of(receiver.templates())) {
                case Wording.Built.Good(var good) -> good;
                case Wording.Built.Bad(var bad) -> {
                    problems.addAll(bad);
                    yield Wording.USUAL;
                }
            };
            var pings = switch (Pings.of(name, receiver.pings())) {
                case Pings.Built.Good(var good) -> good;
                case Pings.Built.Bad(var bad) -> {
                    problems.addAll(bad);
                    yield Pings.NONE;
                }
            };
            manners.put(name, new Manner(wording, pings));
        });
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("\n", problems));
        }
        return manners;
    }

    private static Sink sink(Way way, Manner manner, Means means) {
        var wording = manner.wording();
        return switch (way) {
            case Way.Chat(var platform, var channel) ->
                means.platforms().stream()
                        .filter(p -> p.platform().equals(platform))
                        .findFirst()
                        .<Sink>map(p -> new AlertSink(p, new Channel(platform, channel), wording, manner.pings()))
                        .orElse(_ -> new Sink.Result.Retry(
                                platform + " is not set up here (chat." + platform + " in config/playcall.yml)",
                                Optional.empty()));
            case Way.Webhook(var url, var keys, var inside) ->
                new WebhookSink(url, keys.stream().map(Config.Secret::reveal).toList(), inside, wording, means.clock());
            case Way.ChatWebhook(var platform, var url, var inside) ->
                new ChatWebhookSink(
                        url,
                        platform.equals("slack") ? ChatWebhookSink.Kind.SLACK : ChatWebhookSink.Kind.DISCORD,
                        inside,
                        wording,
                        manner.pings());
            case Way.Ntfy(var topic, var token, var inside) ->
                new NtfySink(topic, Optional.of(token.reveal()).filter(t -> !t.isEmpty()), inside, wording);
            case Way.Apprise(var url) -> new AppriseSink(url.reveal(), means.apprise(), wording);
            case Way.AppriseApi(var url, var tag, var inside) -> new AppriseApiSink(url, tag, inside, wording);
            case Way.Mail(var server, var from, var to) -> new MailSink(server, from, to, wording);
        };
    }

    /**
     * Who is told of what.
     *
     * @throws RefusedException with every mistake in it
     */
    static Rules rules(Notify notify) {
        var problems = new ArrayList<String>();
        var inhibit = Inhibition.of(notify, problems);
        var root = Optional.<Route>empty();
        switch (RouteTree.of(notify)) {
            case RouteTree.Built.Good(var found) -> root = found;
            case RouteTree.Built.Bad(var wrong) -> problems.addAll(0, wrong);
        }
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("\n", problems));
        }
        var channels = new TreeMap<String, String>();
        notify.receivers().forEach((name, receiver) -> {
            if (receiver.way() instanceof Way.Chat(var platform, var channel)) {
                channels.put(name, platform + ":" + channel);
            }
        });
        return new Rules(root, inhibit, notify.actions(), channels);
    }
}
