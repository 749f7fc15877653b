package dev.playcall.notify.routing;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.event.NotifyStore.RoutedEvent;
import dev.playcall.notify.event.Severity;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who would be told of something, and why; nothing is sent.
 *
 * @param receivers those who would be, one line each
 * @param why every branch with what it decided
 */
public record RouteTest(List<String> receivers, List<String> why) {
    public RouteTest {
        receivers = List.copyOf(receivers);
        why = List.copyOf(why);
    }

    public static RouteTest of(Routing routing, SortedMap<String, String> labels) {
        return new RouteTest(routing.of(labels).stream().map(RouteTest::words).toList(), routing.explain(labels));
    }

    /**
     * Labels as people write them, {@code environment=production}, with those that everything has.
     *
     * @throws IllegalArgumentException with one line for whoever wrote them
     */
    public static SortedMap<String, String> labels(List<String> words) {
        var labels = new TreeMap<String, String>();
        labels.put("severity", Severity.WARNING.word());
        labels.put("source", "playcall");
        for (var word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "\"" + Truncate.of(word, 60) + "\" is not a label (try environment=production)");
            }
            labels.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return labels;
    }

    /** One of those who would be told. */
    public static String words(RoutedEvent a) {
        return a.receiver() + "  by " + a.route() + ", grouped by "
                + (a.group().isEmpty() ? "the route" : a.group()) + ", after "
                + TextFormat.duration(a.timing().hold());
    }
}
