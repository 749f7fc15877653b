package dev.playcall.config;

import dev.playcall.config.Config.Secret;
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
 * @param inhibit what keeps what from being told
 * @param actions what can be done about what a source reports, by the source's name
 * @param failing what happens when a receiver takes nothing
 */
public record NotifyConfig(
        SortedMap<String, ReceiverConfig> receivers,
        Optional<Route> route,
        SortedMap<String, Source> sources,
        List<RouteOptions.Inhibition> inhibit,
        SortedMap<String, List<RouteOptions.Suggestion>> actions,
        Failing failing) {
    /** Nobody is told of anything. */
    public static final NotifyConfig NONE = new NotifyConfig(
            new TreeMap<>(), Optional.empty(), new TreeMap<>(), List.of(), new TreeMap<>(), Failing.USUAL);

    private static final int SHORTEST_SECRET = 3;

    public NotifyConfig {
        receivers = Collections.unmodifiableSortedMap(new TreeMap<>(receivers));
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
        inhibit = List.copyOf(inhibit);
        actions = Collections.unmodifiableSortedMap(new TreeMap<>(actions));
    }

    /** Every value of it that must never be shown. */
    public Stream<Secret> secrets() {
        var ofReceivers = receivers.values().stream().flatMap(ReceiverConfig::secrets);
        var ofSources = sources.values().stream().flatMap(s -> Stream.of(s.token(), s.secret()));
        return Stream.concat(ofReceivers, ofSources).filter(s -> s.reveal().length() > SHORTEST_SECRET);
    }

    /**
     * What happens when a receiver takes nothing.
     *
     * @param giveUpAfter how long one that rejects everything is tried, and after which somebody is told
     * @param fallback the receiver that is told when no route leads to another one
     */
    public record Failing(Duration giveUpAfter, Optional<String> fallback) {
        /** Five minutes, as long as a deployment of a proxy takes; nobody else is told. */
        public static final Failing USUAL = new Failing(Duration.ofMinutes(5), Optional.empty());
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
            RouteOptions options,
            List<Route> routes) {
        public Route {
            match = List.copyOf(match);
            receivers = List.copyOf(receivers);
            groupBy = groupBy.map(List::copyOf);
            routes = List.copyOf(routes);
        }
    }

    /**
     * Who may hand notices in: with this bearer token, or with bodies signed by this secret.
     *
     * @param form how a source of {@link Kind#JSON} is to be read
     */
    public record Source(Kind kind, Secret token, Secret secret, Optional<JsonForm> form) {
        public Source(Kind kind, Secret token, Secret secret) {
            this(kind, token, secret, Optional.empty());
        }
    }

    /** How a source writes. */
    public enum Kind {
        /** Our own JSON, or CloudEvents. */
        NOTICES,
        /** Version 4 of Alertmanager's webhook; Grafana writes the same with some fields of its own. */
        ALERTMANAGER,
        GITHUB,
        /** Anything, read as the configuration says. */
        JSON
    }

    /**
     * Where in somebody else's JSON the fields of a notice stand.
     *
     * @param items pointer to a list of notices, empty when the body is one
     * @param fields by the name of the field: a JSON pointer, or a constant
     * @param labels the same for labels
     * @param severities words of the source in ours, in lower case; {@code *} for every other
     * @param statuses the same for {@code open}, {@code resolved} and {@code event}
     */
    public record JsonForm(
            String items,
            SortedMap<String, String> fields,
            SortedMap<String, String> labels,
            SortedMap<String, String> severities,
            SortedMap<String, String> statuses) {
        public JsonForm {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            severities = Collections.unmodifiableSortedMap(new TreeMap<>(severities));
            statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
        }
    }
}
