package dev.playcall.notify.event;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Truncate;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An event that may be sent to receivers.
 *
 * @param source who says so: {@code playcall}, {@code alertmanager}, {@code api}
 * @param key names it within its source, so that the same thing said twice is one notice
 * @param subject what it is about within its source; later notices about the same subject replace earlier ones
 * @param at when it happened, which may be long before we heard of it
 * @param kind a word with dots: {@code run.failed}, {@code alert}
 * @param labels what routes look at; {@code severity}, {@code source} and {@code event} are among them
 * @param link a page that tells more, empty when there is none
 * @param order where it stands among what the source says of the same subject
 */
public record NotificationEvent(
        String source,
        String key,
        String subject,
        Instant at,
        String kind,
        Severity severity,
        Status status,
        SortedMap<String, String> labels,
        String title,
        String text,
        String link,
        Order order) {
    /** In the order in which it came. */
    public NotificationEvent(
            String source,
            String key,
            String subject,
            Instant at,
            String kind,
            Severity severity,
            Status status,
            SortedMap<String, String> labels,
            String title,
            String text,
            String link) {
        this(source, key, subject, at, kind, severity, status, labels, title, text, link, Order.ARRIVAL);
    }

    /**
     * What the source says of the order of its own reports about a subject.
     *
     * @param repeats it reports again and again how things stand, so that its key does not name one report
     * @param startsAt since when it is, or was, so
     * @param endsAt since when it is over
     */
    public record Order(boolean repeats, Optional<Instant> startsAt, Optional<Instant> endsAt) {
        /** Nothing but that it came now. */
        public static final Order ARRIVAL = new Order(false, Optional.empty(), Optional.empty());

        /** Said once, with the time at which it became so where the source gives one. */
        public static Order once(Status status, Optional<Instant> at) {
            return at(false, status, at);
        }

        /** Said again and again, with the time at which it became so where the source gives one. */
        public static Order repeated(Status status, Optional<Instant> at) {
            return at(true, status, at);
        }

        private static Order at(boolean repeats, Status status, Optional<Instant> at) {
            return switch (status) {
                case OPEN -> new Order(repeats, at, Optional.empty());
                case RESOLVED -> new Order(repeats, Optional.empty(), at);
                case EVENT -> ARRIVAL;
            };
        }
    }

    /** Whether it goes on. */
    public enum Status {
        /** It happened and is over. */
        EVENT,
        /** It is so until it is said to be over. */
        OPEN,
        RESOLVED
    }

    /** What routes may ask of everything that is about a run: environment, operation and playbook. */
    public static SortedMap<String, String> labels(RunRequest request) {
        var labels = new TreeMap<String, String>();
        labels.put("environment", request.environment().value());
        labels.put("operation", request.operation().value());
        request.playbook().ifPresent(p -> labels.put("playbook", p.value()));
        return labels;
    }

    /** Whether saying once more that it is open is news: a run that fails again is, an alert that is repeated is not. */
    public boolean notifiesEachTime() {
        return kind.startsWith("run.");
    }

    public NotificationEvent {
        var all = new TreeMap<>(labels);
        all.put("source", source);
        all.put("event", kind);
        all.put("severity", severity.word());
        labels = Collections.unmodifiableSortedMap(all);
        if (key.isBlank() || Truncate.line(title).isEmpty()) {
            throw new IllegalArgumentException("an event needs a key and a title");
        }
    }
}
