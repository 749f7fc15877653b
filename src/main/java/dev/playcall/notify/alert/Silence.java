package dev.playcall.notify.alert;

import dev.playcall.notify.event.Matcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * A mute: events that match it are not sent until it ends.
 *
 * @param matchers conditions as in routes; every one has to hold
 * @param channel where it was said
 * @param until when it ends by itself
 * @param hidden how many messages it kept back so far
 */
public record Silence(
        long id,
        List<String> matchers,
        String reason,
        String by,
        String channel,
        Instant at,
        Optional<Instant> until,
        int hidden) {
    /** The label under which a mute finds one thing and nothing else. */
    public static final String SUBJECT = "subject";

    public Silence {
        matchers = List.copyOf(matchers);
    }

    /** What has to hold, without what cannot be read. */
    public List<Matcher> parsed() {
        var found = new ArrayList<Matcher>();
        for (var text : matchers) {
            if (Matcher.parse(text) instanceof Matcher.Parsed.Valid(var matcher)) {
                found.add(matcher);
            }
        }
        return found;
    }

    /** Whether it mutes this alert. One without a condition mutes nothing. */
    public boolean covers(Alert alert) {
        var labels = new HashMap<>(alert.item().labels());
        labels.put(SUBJECT, alert.subject());
        var conditions = parsed();
        return !conditions.isEmpty() && conditions.stream().allMatch(m -> m.matches(labels));
    }

    /** What is muted, in words. */
    public String what() {
        return String.join(", ", matchers);
    }
}
