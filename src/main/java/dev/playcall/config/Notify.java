package dev.playcall.config;

import dev.playcall.config.Config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who is told of what, as {@code notify:} says it. Conditions stay texts: the room that decides by them reads them.
 *
 * @param route the tree; without one nobody is told
 */
public record Notify(SortedMap<String, Receiver> receivers, Optional<Route> route, SortedMap<String, Source> sources) {
    /** Nobody is told of anything. */
    public static final Notify NONE = new Notify(new TreeMap<>(), Optional.empty(), new TreeMap<>());

    private static final int SHORTEST_SECRET = 3;

    public Notify {
        receivers = Collections.unmodifiableSortedMap(new TreeMap<>(receivers));
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }

    /** Every value of it that must never be shown; the path of an incoming webhook is one. */
    Stream<Secret> secrets() {
        var ofReceivers = receivers.values().stream().flatMap(r -> switch (r) {
            case Receiver.Chat _ -> Stream.<Secret>of();
            case Receiver.Webhook(var _, var secrets, var _) -> secrets.stream();
            case Receiver.ChatWebhook(var _, var url, var _) -> Stream.of(new Secret(url.getRawPath()));
            case Receiver.Ntfy(var _, var token, var _) -> Stream.of(token);
        });
        var ofSources = sources.values().stream().flatMap(s -> Stream.of(s.token(), s.secret()));
        return Stream.concat(ofReceivers, ofSources).filter(s -> s.reveal().length() > SHORTEST_SECRET);
    }

    /** Where messages can go. */
    public sealed interface Receiver {
        /** A channel in which the bot speaks. */
        record Chat(String platform, String channel) implements Receiver {}

        /** A program that takes a POST. */
        record Webhook(URI url, List<Secret> secrets, boolean allowPrivate) implements Receiver {
            public Webhook {
                secrets = List.copyOf(secrets);
            }
        }

        /** An incoming webhook of {@code slack} or {@code discord}. */
        record ChatWebhook(String platform, URI url, boolean allowPrivate) implements Receiver {}

        /** A topic of an ntfy server. */
        record Ntfy(URI topic, Secret token, boolean allowPrivate) implements Receiver {}
    }

    /**
     * One branch.
     *
     * @param place where it stands, for those who find a mistake in it
     * @param name its path in the file
     */
    public record Route(
            String place,
            String name,
            List<String> match,
            List<String> receivers,
            boolean goOn,
            Optional<List<String>> groupBy,
            Optional<Duration> hold,
            Optional<Duration> interval,
            Optional<Duration> repeat,
            List<Route> routes) {
        public Route {
            match = List.copyOf(match);
            receivers = List.copyOf(receivers);
            groupBy = groupBy.map(List::copyOf);
            routes = List.copyOf(routes);
        }
    }

    /** Who may hand notices in: with this bearer token, or with bodies signed by this secret. */
    public record Source(Kind kind, Secret token, Secret secret) {}

    /** How a source writes. */
    public enum Kind {
        /** Our own JSON, or CloudEvents. */
        NOTICES,
        /** Version 4 of Alertmanager's webhook; Grafana writes the same. */
        ALERTMANAGER,
        GITHUB
    }
}
