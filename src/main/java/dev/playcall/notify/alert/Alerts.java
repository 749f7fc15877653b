package dev.playcall.notify.alert;

import dev.playcall.domain.format.TextFormat;
import dev.playcall.notify.event.Delivery;
import dev.playcall.notify.event.NotificationBuilder;
import dev.playcall.notify.event.NotifyStore;
import dev.playcall.notify.routing.NotificationRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Acknowledges, resolves and mutes alerts and sends deliveries again. Permissions are checked by the caller. */
public final class Alerts {
    private static final int PAGE = 200;
    private static final int MOST_WAITS = 5;

    private final AlertStore alerts;
    private final NotifyStore store;
    private final Supplier<Set<String>> receivers;
    private final Supplier<NotificationRules> rules;
    private final UnaryOperator<String> names;
    private final Supplier<List<String>> waits;
    private final Clock clock;

    /**
     * @param rules as they are configured now
     * @param receivers the names of all of them, as they are configured now
     * @param names of people, for those who read it
     * @param waits what is not sent yet and why, a line each
     */
    public Alerts(
            AlertStore alerts,
            NotifyStore store,
            Supplier<NotificationRules> rules,
            Supplier<Set<String>> receivers,
            UnaryOperator<String> names,
            Supplier<List<String>> waits,
            Clock clock) {
        this.alerts = alerts;
        this.store = store;
        this.receivers = receivers;
        this.rules = rules;
        this.names = names;
        this.waits = waits;
        this.clock = clock;
    }

    public Instant now() {
        return clock.instant();
    }

    /**
     * What is open, the newest first; a page of it.
     *
     * @param seen whether somebody may see what is about this environment, an empty text for none
     * @param before the last alert of the page before
     */
    public List<Alert> open(Predicate<String> seen, Optional<Long> before, int most) {
        return page(last -> alerts.open(last, PAGE), a -> seen.test(a.environment()), before, most);
    }

    /** A page of the open or the resolved ones that are wanted; the same as {@link #open} otherwise. */
    public List<Alert> find(boolean open, Predicate<Alert> wanted, Optional<Long> before, int most) {
        return page(last -> open ? alerts.open(last, PAGE) : alerts.resolved(last, PAGE), wanted, before, most);
    }

    private static List<Alert> page(
            Function<Optional<Long>, List<Alert>> reader, Predicate<Alert> wanted, Optional<Long> before, int most) {
        var found = new ArrayList<Alert>();
        var last = before;
        while (true) {
            var page = reader.apply(last);
            page.stream().filter(wanted).limit(most - found.size()).forEach(found::add);
            if (page.size() < PAGE || found.size() >= most) {
                return found;
            }
            last = Optional.of(page.getLast().id());
        }
    }

    /** Earlier times at which the same was open, the newest first. */
    public List<Alert> earlier(Alert alert, int most) {
        return alerts.earlier(alert, most);
    }

    /** What can be done about an alert, and what was done. */
    public List<AlertAction> actions(long alert) {
        return alerts.actions(alert);
    }

    /** How many are open of those that somebody may see. */
    public long count(Predicate<String> seen) {
        return alerts.countOpen().entrySet().stream()
                .filter(e -> seen.test(e.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    public Optional<Alert> alert(long id) {
        return alerts.alert(id);
    }

    /** The open alerts that a group of messages is about. */
    public List<Long> ofGroup(long group) {
        return alerts.alertsOfGroup(group);
    }

    /** What is muted now. */
    public List<Silence> mutes() {
        var now = clock.instant();
        return alerts.mutes().stream()
                .filter(m -> m.until().filter(u -> !u.isAfter(now)).isEmpty())
                .toList();
    }

    /** What mutes this alert now. */
    public List<Silence> mutes(Alert alert) {
        return mutes().stream().filter(m -> m.covers(alert)).toList();
    }

    /** What is muted, in words: an alert that is open by its number and title. */
    public String what(Silence silence) {
        boolean isOne =
                silence.matchers().size() == 1 && silence.matchers().getFirst().startsWith(Silence.SUBJECT + "=");
        return (isOne ? alerts.open(PAGE) : List.<Alert>of())
                .stream()
                        .filter(silence::covers)
                        .map(a -> "alert " + a.id() + ": " + a.item().title())
                        .findFirst()
                        .orElseGet(silence::what);
    }

    public Silence mute(List<String> matchers, String reason, String by, String channel, Optional<Duration> time) {
        var now = clock.instant();
        return alerts.mute(matchers, reason, names.apply(by), channel, now, time.map(now::plus));
    }

    /** Has it end at that time; false when there is none, or none any more. */
    public boolean extend(long id, Instant until) {
        return alerts.extend(id, until);
    }

    /** False when there is none, or none any more. */
    public boolean unmute(long id, String by) {
        return alerts.unmute(id, Optional.of(names.apply(by)), List.of(), Optional.empty(), clock.instant());
    }

    /** False when it is over, or somebody else has it. */
    public boolean acknowledge(long alert, String by) {
        var now = clock.instant();
        var name = names.apply(by);
        return alerts.acknowledge(alert, name, name + " acknowledged it at " + TextFormat.minute(now), now);
    }

    /** Ends it by hand, as when what would end it is gone. False when it is over. */
    public boolean resolve(long alert, String by, String reason) {
        return alerts.resolve(alert, "resolved by hand by " + names.apply(by) + ": " + reason, clock.instant());
    }

    /** Receivers and routes that can be tested. */
    public SortedSet<String> targets() {
        var all = new TreeSet<>(receivers.get());
        all.addAll(rules.get().byName().keySet());
        return all;
    }

    /** Sends a marked message to a receiver, or to those of a route; the numbers of the deliveries. */
    public List<Long> sendTest(String target, String by) {
        var notified = new LinkedHashSet<String>();
        if (receivers.get().contains(target)) {
            notified.add(target);
        } else {
            Optional.ofNullable(rules.get().byName().get(target)).ifPresent(r -> notified.addAll(r.receivers()));
        }
        var now = clock.instant();
        return notified.stream()
                .map(r -> store.enqueue(
                        r, "drill/" + now.toEpochMilli(), NotificationBuilder.sendTest(r, names.apply(by), now), now))
                .toList();
    }

    /** False when there is no such delivery, or it has not ended. */
    public boolean redeliver(long id) {
        return store.redeliver(id, clock.instant());
    }

    /** Every dead one; how many. */
    public int redeliverDead() {
        return store.redeliverDead(clock.instant());
    }

    /** The ledger, newest first. */
    public List<Delivery> deliveries(Optional<Delivery.State> state, int most) {
        return store.deliveries(state, Optional.empty(), Optional.empty(), most);
    }

    /** What is not sent yet and why, a line each. */
    public List<String> waits() {
        return waits.get().stream().limit(MOST_WAITS).toList();
    }

    public Optional<Delivery> delivery(long id) {
        return store.delivery(id);
    }

    public Map<Delivery.State, Long> counts() {
        return store.counts();
    }

    /** Reaches for what can be done about an alert. */
    public AlertAction.Claim claim(long offer, String by) {
        return alerts.claim(offer, names.apply(by), clock.instant());
    }

    /** It became this run. */
    public void started(AlertAction alertAction, long run, String by) {
        var note = names.apply(by) + " started #" + run + " ("
                + alertAction.parameters().label() + ")";
        alerts.claimed(alertAction.id(), Optional.of(run), note, clock.instant());
    }

    /** It came to nothing. */
    public void leave(AlertAction alertAction) {
        alerts.claimed(alertAction.id(), Optional.empty(), "", clock.instant());
    }
}
