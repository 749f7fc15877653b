package dev.playcall.notify.sink;

import dev.playcall.config.ReceiverConfig.Connection;
import dev.playcall.config.ReceiverConfig.Rate;
import dev.playcall.notify.dispatch.Sink;
import dev.playcall.notify.routing.Mentions;
import dev.playcall.notify.template.NotificationTemplates;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Makes the ways to receivers over HTTP and Apprise, and the limits of any receiver. */
public final class Sinks {
    private Sinks() {}

    /** @param secrets {@code whsec_…} or any text; several while one replaces another; none sends unsigned */
    public static Sink webhook(
            URI to, List<String> secrets, Connection connection, NotificationTemplates words, InstantSource clock) {
        return new WebhookSink(to, secrets, connection, words, clock);
    }

    /** An incoming webhook of Slack. */
    public static Sink slackWebhook(URI to, Connection connection, NotificationTemplates words, Mentions mentions) {
        return new ChatWebhookSink(to, ChatWebhookSink.Kind.SLACK, connection, words, mentions);
    }

    /** The same of Discord. */
    public static Sink discordWebhook(URI to, Connection connection, NotificationTemplates words, Mentions mentions) {
        return new ChatWebhookSink(to, ChatWebhookSink.Kind.DISCORD, connection, words, mentions);
    }

    /** @param topic the address of the topic: server and name */
    public static Sink ntfy(URI topic, Optional<String> token, Connection connection, NotificationTemplates words) {
        return new NtfySink(topic, token, connection, words);
    }

    /** @param apprise one for all receivers */
    public static Sink apprise(String url, Apprise apprise, NotificationTemplates words) {
        return new AppriseSink(url, apprise, words);
    }

    /** @param tag which of the services of that address, empty for all */
    public static Sink appriseApi(URI to, String tag, Connection connection, NotificationTemplates words) {
        return new AppriseApiSink(to, tag, connection, words);
    }

    /** The same receiver, which gets so many messages at a time and no more. */
    public static Sink bounded(Sink sink, int atOnce) {
        return new BoundedSink(sink, atOnce);
    }

    /** The same receiver, which gets so many messages within so long and no more. */
    public static Sink rated(Sink sink, Rate rate, Clock clock) {
        return new RatedSink(sink, rate, clock);
    }
}
