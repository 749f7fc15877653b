package dev.playcall.notify.wording;

import dev.playcall.notify.Notice;
import dev.playcall.notify.Parcel.Content;
import dev.playcall.notify.Parcel.Item;
import dev.playcall.notify.Phrases;
import dev.playcall.notify.Severity;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What templates can name. Only texts, numbers, truth values, lists and maps of them: there is nothing to call. */
final class Facts {
    /** Names that lists have of their own. */
    private static final Set<String> OF_LISTS =
            Set.of(".", "this", "-first", "-last", "-index", "name", "value", "own", "note");

    private Facts() {}

    /** Labels: one that is not there is empty, as in conditions. */
    record Labels(SortedMap<String, String> values) {}

    /** A list that counts what is read of it. */
    record Several(List<?> items, Budget budget) implements Iterable<Object> {
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

    static Map<String, Object> of(Content c, Usual usual, Budget budget) {
        var facts = new TreeMap<String, Object>();
        var state = c.open() > 0 ? Notice.Status.OPEN : c.events() > 0 ? Notice.Status.EVENT : Notice.Status.RESOLVED;
        common(facts, state, severity(c), budget);
        facts.put("headline", usual.headline());
        facts.put("body", usual.body());
        facts.put("drill", c.drill());
        facts.put("open", c.open());
        facts.put("resolved", c.resolved());
        facts.put("happened", c.events());
        facts.put("total", c.total());
        facts.put("more", c.total() - c.items().size());
        facts.put("group", new Labels(c.group()));
        facts.put("group_list", list(c.group(), budget));
        facts.put(
                "notices",
                new Several(c.items().stream().map(i -> item(i, budget)).toList(), budget));
        if (!c.items().isEmpty()) {
            item(c.items().getFirst(), budget).forEach(facts::putIfAbsent);
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

    private static Map<String, Object> item(Item i, Budget budget) {
        var facts = new TreeMap<String, Object>();
        common(facts, i.status(), i.severity(), budget);
        facts.put("title", i.title());
        facts.put("text", i.text());
        facts.put("link", i.link());
        facts.put("event", i.kind());
        facts.put("at", Phrases.second(i.at()));
        facts.put("labels", new Labels(i.labels()));
        facts.put("label_list", list(i.labels(), budget));
        return facts;
    }

    private static void common(Map<String, Object> facts, Notice.Status status, Severity severity, Budget budget) {
        budget.step();
        facts.put("status", status.name().toLowerCase(java.util.Locale.ROOT));
        facts.put("severity", severity.word());
        for (var s : Notice.Status.values()) {
            facts.put("is_" + s.name().toLowerCase(java.util.Locale.ROOT), s == status);
        }
        for (var s : Severity.values()) {
            facts.put("is_" + s.word(), s == severity);
        }
    }

    private static Several list(SortedMap<String, String> labels, Budget budget) {
        var all = labels.entrySet().stream()
                .map(e -> Map.of("name", e.getKey(), "value", e.getValue()))
                .toList();
        return new Several(all, budget);
    }

    /** Every name there is, of messages and of the notices in them; labels have a dot behind theirs. */
    static Set<String> names() {
        var names = new TreeSet<>(
                of(Samples.full(), new Usual("", ""), new Budget()).keySet());
        names.addAll(OF_LISTS);
        return names;
    }
}
