package dev.playcall.notify.dispatch;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.alert.Alert;
import dev.playcall.notify.alert.Silence;
import dev.playcall.notify.event.Matcher;
import dev.playcall.notify.event.Notification;
import dev.playcall.notify.event.NotificationBuilder;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.NotifyStore.Decision;
import dev.playcall.notify.event.NotifyStore.Group;
import dev.playcall.notify.event.NotifyStore.Member;
import dev.playcall.notify.event.NotifyStore.Suppressed;
import dev.playcall.notify.routing.Inhibition;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is not told now: it is muted, or something graver is open. As things stand at one moment. */
final class SilencesAndInhibitions {
    private final List<Active> mutes;
    private final List<Inhibition> rules;
    private final List<Alert> open;

    /** @param open what is open, where there are rules */
    public SilencesAndInhibitions(List<Silence> mutes, List<Inhibition> rules, List<Alert> open, Instant now) {
        this.mutes = mutes.stream()
                .filter(m -> m.until().filter(u -> !u.isAfter(now)).isEmpty())
                .map(m -> new Active(m, m.parsed()))
                .toList();
        this.rules = rules;
        this.open = open;
    }

    private record Active(Silence mute, List<Matcher> matchers) {}

    /** Why something is not told; {@code silence} is 0 for an inhibition. */
    record Reason(long mute, String why) {}

    Optional<Reason> against(String subject, Notification.Item item) {
        var labels = new HashMap<>(item.labels());
        labels.put(Silence.SUBJECT, subject);
        return mutes.stream()
                .filter(a -> !a.matchers().isEmpty() && a.matchers().stream().allMatch(m -> m.matches(labels)))
                .findFirst()
                .map(a -> new Reason(a.mute().id(), words(a.mute())))
                .or(() -> inhibited(item));
    }

    private static String words(Silence silence) {
        return "muted by " + silence.by()
                + silence.until().map(u -> " until " + TextFormat.minute(u)).orElse("")
                + (silence.reason().isEmpty() ? "" : ": " + silence.reason()) + " (mute " + silence.id() + ")";
    }

    private Optional<Reason> inhibited(Notification.Item item) {
        if (rules.isEmpty() || item.status() != NotificationEvent.Status.OPEN) {
            return Optional.empty();
        }
        long own = item.standing().map(Notification.Standing::alert).orElse(0L);
        return open.stream()
                .filter(a -> a.id() != own)
                .filter(a -> rules.stream()
                        .anyMatch(r -> r.inhibits(item.labels(), a.item().labels())))
                .findFirst()
                .map(a -> new Reason(
                        0,
                        "inhibited while alert " + a.id() + " is open: "
                                + Truncate.of(a.item().title(), 80)));
    }

    /** What of a group is told and what is not. */
    public Decision.Send split(Group group) {
        Map<String, Reason> reasons = new LinkedHashMap<>();
        group.members().forEach(m -> against(m.subject(), m.item()).ifPresent(r -> reasons.put(m.subject(), r)));
        var loud = group.members().stream()
                .filter(m -> !reasons.containsKey(m.subject()))
                .toList();
        boolean isSent = reasons.isEmpty() ? !loud.isEmpty() : loud.stream().anyMatch(Member::news);
        return new Decision.Send(
                group,
                isSent ? Optional.of(NotificationBuilder.of(group.labels(), loud)) : Optional.empty(),
                suppressed(group, reasons));
    }

    private static Optional<Suppressed> suppressed(Group group, Map<String, Reason> reasons) {
        var kept = group.members().stream()
                .filter(m -> reasons.containsKey(m.subject()))
                .toList();
        if (kept.stream().noneMatch(Member::news)) {
            return Optional.empty();
        }
        var first = reasons.values().iterator().next();
        var why = reasons.values().stream().map(Reason::why).distinct().limit(3).collect(Collectors.joining("; "));
        return Optional.of(
                new Suppressed(NotificationBuilder.of(group.labels(), kept), reasons.keySet(), first.mute(), why));
    }
}
