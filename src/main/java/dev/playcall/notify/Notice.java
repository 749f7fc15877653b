package dev.playcall.notify;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened and that somebody may want to hear of.
 *
 * @param source who says so: {@code playcall}, {@code alertmanager}, {@code api}
 * @param key names it within its source, so that the same thing said twice is one notice
 * @param subject what it is about within its source; later notices about the same subject replace earlier ones
 * @param at when it happened, which may be long before we heard of it
 * @param kind a word with dots: {@code run.failed}, {@code alert}
 * @param labels what routes look at; {@code severity}, {@code source} and {@code event} are among them
 * @param link a page that tells more, empty when there is none
 */
public record Notice(
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
    /** Whether it goes on. */
    public enum Status {
        /** It happened and is over. */
        EVENT,
        /** It is so until it is said to be over. */
        OPEN,
        RESOLVED
    }

    /** Whether saying once more that it is open is news: a run that fails again is, an alert that is repeated is not. */
    public boolean isNewsEachTime() {
        return kind.startsWith("run.");
    }

    public Notice {
        var all = new TreeMap<>(labels);
        all.put("source", source);
        all.put("event", kind);
        all.put("severity", severity.word());
        labels = Collections.unmodifiableSortedMap(all);
        if (key.isBlank() || title.isBlank()) {
            throw new IllegalArgumentException("a notice needs a key and a title");
        }
    }
}
