package dev.playcall.notify;

import dev.playcall.notify.NotifyStore.Group;
import dev.playcall.notify.NotifyStore.Hushed;
import dev.playcall.notify.NotifyStore.Member;
import dev.playcall.notify.NotifyStore.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is not told now: it is muted, or something graver is open. As things stand at one moment. */
final class Hush {
    /** The label under which a mute finds one thing and nothing else. */
    static final String SUBJECT = "subject";

    private final List<Active> mutes;
    private final List<Inhibition> rules;
    private final List<Alert> open;

    /** @param open what is open, where there are rules */
    Hush(List<Mute> mutes, List<Inhibition> rules, List<Alert> open, Instant now) {
        this.mutes = mutes.stream()
                .filter(m -> m.until().filter(u -> !u.isAfter(now)).isEmpty())
                .map(m -> new Active(m, matchers(m)))
                .toList();
        this.rules = rules;
        this.open = open;
    }

    private record Active(Mute mute, List<Matcher> matchers) {}

    /** Why something is not told; {@code mute} is 0 for an inhibition. */
    record Reason(long mute, String why) {}

    private static List<Matcher> matchers(Mute mute) {
        var found = new ArrayList<Matcher>();
        for (var text : mute.matchers()) {
            if (Matcher.parse(text) instanceof Matcher.Parsed.Good(var matcher)) {
                found.add(matcher);
            }
        }
        return found;
    }

    Optional<Reason> against(String subject, Parcel.Item item) {
        var labels = new HashMap<>(item.labels());
        labels.put(SUBJECT, subject);
        return mutes.stream()
                .filter(a -> !a.matchers().isEmpty() && a.matchers().stream().allMatch(m -> m.matches(labels)))
                .findFirst()
                .map(a -> new Reason(a.mute().id(), words(a.mute())))
                .or(() -> inhibited(item));
    }

    private static String words(Mute mute) {
        return "muted by " + mute.by()
                + mute.until().map(u -> " until " + Phrases.minute(u)).orElse("")
                + (mute.reason().isEmpty() ? "" : ": " + mute.reason()) + " (mute " + mute.id() + ")";
    }

    private Optional<Reason> inhibited(Parcel.Item item) {
        if (rules.isEmpty() || item.status() != Notice.Status.OPEN) {
            return Optional.empty();
        }
        long own = item.standing().map(Parcel.Standing::alert).orElse(0L);
        return open.stream()
                .filter(a -> a.id() != own)
                .filter(a -> rules.stream()
                        .anyMatch(r -> r.keepsBack(item.labels(), a.item().labels())))
                .findFirst()
                .map(a -> new Reason(
                        0,
                        "kept back while alert " + a.id() + " is open: "
                                + Excerpt.of(a.item().title(), 80)));
    }

    /** What of a group is told and what is not. */
    Verdict.Say split(Group group) {
        Map<String, Reason> reasons = new LinkedHashMap<>();
        group.members().forEach(m -> against(m.subject(), m.item()).ifPresent(r -> reasons.put(m.subject(), r)));
        var loud = group.members().stream()
                .filter(m -> !reasons.containsKey(m.subject()))
                .toList();
        boolean said = reasons.isEmpty() ? !loud.isEmpty() : loud.stream().anyMatch(Member::news);
        return new Verdict.Say(
                group,
                said ? Optional.of(Contents.of(group.labels(), loud)) : Optional.empty(),
                hushed(group, reasons));
    }

    private static Optional<Hushed> hushed(Group group, Map<String, Reason> reasons) {
        var kept = group.members().stream()
                .filter(m -> reasons.containsKey(m.subject()))
                .toList();
        if (kept.stream().noneMatch(Member::news)) {
            return Optional.empty();
        }
        var first = reasons.values().iterator().next();
        var why = reasons.values().stream().map(Reason::why).distinct().limit(3).collect(Collectors.joining("; "));
        return Optional.of(new Hushed(Contents.of(group.labels(), kept), reasons.keySet(), first.mute(), why));
    }
}
