package dev.playcall.notify.template;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.event.Notification.Content;
import dev.playcall.notify.event.Notification.Item;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What templates can name. Only texts, numbers, truth values, lists and maps of them: there is nothing to call. */
final class TemplateModel {
    /** Names that lists have of their own. */
    private static final Set<String> OF_LISTS =
            Set.of(".", "this", "-first", "-last", "-index", "name", "value", "own", "note");

    private TemplateModel() {}

    /** Labels: one that is not there is empty, as in conditions. */
    record Labels(SortedMap<String, String> values) {}

    /** A list that counts what is read of it. */
    record Several(List<?> items, TextBudget budget) implements Iterable<Object> {
        @Override
        public Iterator<Object> iterator() {
            var all = items.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    budget.step();
                    return all.hasNext();
                }

                @Override
                public Object next() {
                    return all.next();
                }
            };
        }
    }

    static Map<String, Object> of(Content c, Usual usual, TextBudget textBudget) {
        var facts = new TreeMap<String, Object>();
        var state = c.open() > 0
                ? NotificationEvent.Status.OPEN
                : c.events() > 0 ? NotificationEvent.Status.EVENT : NotificationEvent.Status.RESOLVED;
        common(facts, state, severity(c), textBudget);
        facts.put("headline", usual.headline());
        facts.put("body", usual.body());
        facts.put("drill", c.test());
        facts.put("open", c.open());
        facts.put("resolved", c.resolved());
        facts.put("happened", c.events());
        facts.put("total", c.total());
        facts.put("more", c.total() - c.items().size());
        facts.put("group", new Labels(c.group()));
        facts.put("group_list", list(c.group(), textBudget));
        facts.put(
                "notices",
                new Several(c.items().stream().map(i -> item(i, textBudget)).toList(), textBudget));
        if (!c.items().isEmpty()) {
            item(c.items().getFirst(), textBudget).forEach(facts::putIfAbsent);
        }
        return facts;
    }

    /** Of what is over: how bad it was. */
    private static Severity severity(Content c) {
        return c.open() + c.events() > 0
                ? c.severity()
                : c.items().stream()
                        .map(Item::severity)
                        .max(Severity::compareTo)
                        .orElse(c.severity());
    }

    /** What is said without a template. */
    record Usual(String headline, String body) {}

    private static Map<String, Object> item(Item i, TextBudget textBudget) {
        var facts = new TreeMap<String, Object>();
        common(facts, i.status(), i.severity(), textBudget);
        facts.put("title", i.title());
        facts.put("text", i.text());
        facts.put("link", i.link());
        facts.put("event", i.kind());
        facts.put("at", TextFormat.second(i.at()));
        facts.put("labels", new Labels(i.labels()));
        facts.put("label_list", list(i.labels(), textBudget));
        return facts;
    }

    private static void common(
            Map<String, Object> facts, NotificationEvent.Status status, Severity severity, TextBudget textBudget) {
        textBudget.step();
        facts.put("status", status.name().toLowerCase(java.util.Locale.ROOT));
        facts.put("severity", severity.word());
        for (var s : NotificationEvent.Status.values()) {
            facts.put("is_" + s.name().toLowerCase(java.util.Locale.ROOT), s == status);
        }
        for (var s : Severity.values()) {
            facts.put("is_" + s.word(), s == severity);
        }
    }

    private static Several list(SortedMap<String, String> labels, TextBudget textBudget) {
        var all = labels.entrySet().stream()
                .map(e -> Map.of("name", e.getKey(), "value", e.getValue()))
                .toList();
        return new Several(all, textBudget);
    }

    /** Every name there is, of messages and of the notices in them; labels have a dot behind theirs. */
    static Set<String> names() {
        var names = new TreeSet<>(of(SampleNotifications.full(), new Usual("", ""), new TextBudget())
                .keySet());
        names.addAll(OF_LISTS);
        return names;
    }
}
