package dev.playcall.notify.template;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.RunId;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.Notification.Content;
import dev.playcall.notify.event.Notification.Item;
import dev.playcall.notify.event.NotificationEvent;
import java.util.Locale;
import java.util.stream.Collectors;

/** A message in words, for receivers that show words. */
public final class DefaultTemplate {
    /** What stands in front of a message that only shows that messages arrive. */
    static final String TEST = "[TEST] ";

    private static final int SHOWN = 10;

    private DefaultTemplate() {}

    /** One line that works as the notification of a telephone. */
    public static String headline(Content c) {
        var drill = c.test() ? TEST : "";
        if (c.items().isEmpty()) {
            return drill + counts(c);
        }
        var first = c.items().getFirst();
        if (!c.digest().isEmpty()) {
            return drill + c.digest().lines().findFirst().orElse("") + "; first: " + first.title();
        }
        if (c.total() == 1) {
            return drill + sign(first) + first.title();
        }
        return drill + sign(first) + first.title() + " (" + counts(c) + ")";
    }

    /** The same for who looks at one run: what a message about many says of that run. */
    public static String headline(Content c, RunId run) {
        var number = Long.toString(run.value());
        int others = c.total() - 1;
        return c.items().stream()
                .filter(i -> number.equals(i.labels().get("run")))
                .findFirst()
                .filter(_ -> others > 0)
                .map(i -> (c.test() ? TEST : "") + sign(i) + i.title() + " (sent with " + others
                        + (others == 1 ? " other)" : " others)"))
                .orElseGet(() -> headline(c));
    }

    private static String sign(Item item) {
        return switch (item.status()) {
            case RESOLVED -> "Resolved: ";
            case OPEN, EVENT ->
                item.severity().compareTo(dev.playcall.notify.event.Severity.ERROR) >= 0
                        ? item.severity().word().toUpperCase(Locale.ROOT) + ": "
                        : "";
        };
    }

    private static String counts(Content c) {
        var parts = new java.util.ArrayList<String>();
        add(parts, c.open(), "open");
        add(parts, c.events(), c.events() == 1 ? "event" : "events");
        add(parts, c.resolved(), "resolved");
        return String.join(", ", parts);
    }

    private static void add(java.util.List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** Everything, a paragraph for each notice, cut to so many characters without breaking one. */
    public static String body(Content c, int most) {
        var digest = c.digest().isEmpty() ? "" : c.digest() + "\n\n";
        var text = digest
                + c.items().stream()
                        .limit(SHOWN)
                        .map(DefaultTemplate::paragraph)
                        .collect(Collectors.joining("\n\n"));
        int more = c.total() - Math.min(SHOWN, c.items().size());
        return Truncate.of(text + (more > 0 ? "\n\n… and " + more + " more" : ""), most);
    }

    private static String paragraph(Item item) {
        var head = (item.status() == NotificationEvent.Status.RESOLVED ? "Resolved: " : "") + item.title();
        var text = item.text().isBlank() ? "" : "\n" + item.text().strip();
        var link = item.link().isBlank() ? "" : "\n" + item.link();
        var notes = item.standing().stream()
                .flatMap(s -> s.notes().stream())
                .map(n -> "\n· " + n)
                .collect(Collectors.joining());
        return head + text + notes + link;
    }

    /** Which message this is, for receivers that can tell a repetition. */
    public static String key(Notification notification) {
        return "playcall-" + notification.id();
    }
}
