package dev.playcall.notify.event;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.notify.event.NotifyStore.Decision;
import dev.playcall.notify.event.NotifyStore.Group;
import dev.playcall.notify.event.NotifyStore.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The facts of messages, put together from the notices they are about. */
public final class NotificationBuilder {
    private static final Comparator<Notification.Item> URGENT = Comparator.comparing(
                    (Notification.Item i) -> i.status() == NotificationEvent.Status.RESOLVED)
            .thenComparing(Notification.Item::severity, Comparator.reverseOrder())
            .thenComparing(Notification.Item::at);
    private static final Set<String> ALWAYS_SHOWN = Set.of("severity", "run", "event", "source", "fingerprint");
    private static final int LABELS = 6;
    private static final int VALUES = 5;
    private static final int LONGEST_VALUE = 60;

    private NotificationBuilder() {}

    /** Of one group. */
    public static Notification.Content of(SortedMap<String, String> labels, List<Member> members) {
        return of(labels, members.stream().map(Member::item).toList(), "");
    }

    private static Notification.Content of(
            SortedMap<String, String> labels, Collection<Notification.Item> items, String digest) {
        var shown = items.stream()
                .sorted(URGENT)
                .limit(Notification.Content.MOST_ITEMS)
                .map(NotificationBuilder::phrased)
                .toList();
        var worst = items.stream()
                .filter(i -> i.status() != NotificationEvent.Status.RESOLVED)
                .map(Notification.Item::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFO);
        return new Notification.Content(
                false,
                worst,
                count(items, NotificationEvent.Status.OPEN),
                count(items, NotificationEvent.Status.RESOLVED),
                count(items, NotificationEvent.Status.EVENT),
                labels,
                shown,
                digest);
    }

    private static int count(Collection<Notification.Item> items, NotificationEvent.Status status) {
        return (int) items.stream().filter(i -> i.status() == status).count();
    }

    /** With how long it has been so, and how often it was said, where that is more than once. */
    private static Notification.Item phrased(Notification.Item item) {
        if (item.standing().isEmpty()) {
            return item;
        }
        var s = item.standing().get();
        boolean run = item.kind().startsWith("run.");
        var title = switch (item.status()) {
            case EVENT -> item.title();
            case OPEN ->
                s.times() > 1 && run
                        ? "still failing (" + s.times() + " times" + lasted(" in ", s.since(), item.at(), "") + "): "
                                + item.title()
                        : item.title();
            case RESOLVED ->
                item.kind().equals(Notification.Item.BY_HAND)
                        ? item.title()
                        : run
                                ? item.title() + ", fixed after " + lasted("", s.since(), item.at(), " and ")
                                        + TextFormat.count(s.times(), "failure")
                                : item.title() + lasted(" after ", s.since(), item.at(), "");
        };
        return item.with(title, item.text());
    }

    /** Of many groups, told at once: the worst named, the rest counted. */
    public static Notification.Content digest(
            String why, Collection<Decision.Send> sends, Function<Person, String> names) {
        var items = sends.stream()
                .flatMap(NotificationBuilder::members)
                .map(Member::item)
                .toList();
        var lines = new ArrayList<String>();
        lines.add(headline(why, items));
        lines.addAll(labels(items, names));
        return of(shared(sends), items, String.join("\n", lines));
    }

    private static Stream<Member> members(Decision.Send send) {
        return send.group().members().stream()
                .filter(m -> m.news() || m.item().status() == NotificationEvent.Status.OPEN)
                .filter(m -> !m.suppressed()
                        && send.suppressed()
                                .filter(h -> h.subjects().contains(m.subject()))
                                .isEmpty());
    }

    private static String headline(String why, List<Notification.Item> items) {
        var open = items.stream()
                .filter(i -> i.status() != NotificationEvent.Status.RESOLVED)
                .collect(Collectors.groupingBy(
                        Notification.Item::severity,
                        () -> new TreeMap<>(Comparator.reverseOrder()),
                        Collectors.counting()));
        var parts = new ArrayList<String>();
        open.forEach((severity, n) -> parts.add(String.format(Locale.ROOT, "%,d %s", n, severity.word())));
        int resolved = count(items, NotificationEvent.Status.RESOLVED);
        if (resolved > 0) {
            parts.add(String.format(Locale.ROOT, "%,d resolved", resolved));
        }
        return why + ": " + String.join(", ", parts);
    }

    /** Those that tell the notices apart, with their most frequent values. */
    private static List<String> labels(List<Notification.Item> items, Function<Person, String> names) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (var item : items) {
            item.labels().forEach((label, value) -> {
                if (!ALWAYS_SHOWN.contains(label)) {
                    counts.computeIfAbsent(label, _ -> new HashMap<>())
                            .merge(label.equals("person") ? called(value, names) : value, 1, Integer::sum);
                }
            });
        }
        return counts.entrySet().stream()
                .sorted(Comparator.comparingInt(e -> e.getValue().size()))
                .limit(LABELS)
                .map(e -> e.getKey() + ": " + values(e.getValue()))
                .toList();
    }

    /** Labels of a source may say anything. */
    private static String called(String person, Function<Person, String> names) {
        return person.matches("[a-z]+:\\S{1,190}") ? names.apply(new Person(person)) : person;
    }

    private static String values(Map<String, Integer> counts) {
        var named = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(VALUES)
                .map(e -> String.format(
                        Locale.ROOT, "%s %,d", Truncate.of(Truncate.line(e.getKey()), LONGEST_VALUE), e.getValue()))
                .collect(Collectors.joining(", "));
        int more = counts.size() - VALUES;
        return named + (more > 0 ? String.format(Locale.ROOT, " and %,d others", more) : "");
    }

    private static SortedMap<String, String> shared(Collection<Decision.Send> sends) {
        var shared = new TreeMap<String, String>();
        boolean first = true;
        for (Group group : sends.stream().map(Decision.Send::group).toList()) {
            if (first) {
                shared.putAll(group.labels());
                first = false;
            } else {
                shared.entrySet().retainAll(group.labels().entrySet());
            }
        }
        return shared;
    }

    /** A marked message that shows whether messages arrive. */
    public static Notification.Content sendTest(String receiver, String by, Instant at) {
        var item = new Notification.Item(
                NotificationEvent.Status.EVENT,
                Severity.INFO,
                "drill",
                "Test of " + receiver + " by " + by,
                "Nothing happened; this only shows that messages arrive.",
                "",
                at,
                new TreeMap<>());
        return new Notification.Content(true, Severity.INFO, 0, 0, 1, new TreeMap<>(), List.of(item));
    }

    /** A message of ours about something else than notices. */
    public static Notification.Content remark(String title, String text, Instant at) {
        var item = new Notification.Item(
                NotificationEvent.Status.EVENT, Severity.INFO, "playcall.remark", title, text, "", at, new TreeMap<>());
        return of(new TreeMap<>(), List.of(item), "");
    }

    /** In place of notices that cannot be told. */
    public static Notification.Content leftOut(List<Member> members, String why, Instant at) {
        var item = new Notification.Item(
                NotificationEvent.Status.EVENT,
                Severity.ERROR,
                "playcall.event_left_out",
                TextFormat.count(members.size(), "notification") + " could not be sent",
                "Skipped because of an internal error: " + why + ". What is open is listed by alerts.",
                "",
                at,
                new TreeMap<>());
        return of(new TreeMap<>(), List.of(item), "");
    }

    /** Words around how long something took; empty when it took less than a second. */
    private static String lasted(String before, Instant since, Instant until, String after) {
        var time = Duration.between(since, until);
        return time.toSeconds() < 1 ? "" : before + TextFormat.duration(time) + after;
    }
}
