package dev.playcall.chat.live;

import dev.playcall.chat.ChatAdapter.Traits;
import dev.playcall.chat.Feed;
import dev.playcall.chat.Slot;
import dev.playcall.chat.TurnCaller;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where one feed stands. Belongs to the thread that ticks. */
final class FeedState {
    private static final Duration BETWEEN_NEWS = Duration.ofSeconds(5);
    private static final int MOST_NEWS = 30;

    final Feed feed;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();
    /** All runs of the batch, where the feed is about one. */
    private final List<Run> members;

    private Run run;
    private Map<RunId, List<TurnCaller>> callers = Map.of();
    private boolean dirty = true;
    private Instant nextEdit = Instant.MIN;
    private Instant nextNews = Instant.MIN;
    private Instant retryAt = Instant.MIN;
    private int failures;

    FeedState(Feed feed, Run run, List<Run> members, Iterable<Slot> slots, Set<String> told) {
        this.feed = feed;
        this.run = run;
        this.members = new ArrayList<>(members);
        slots.forEach(s -> this.slots.put(s.name(), s));
        this.told.addAll(told);
    }

    Run run() {
        return run;
    }

    Set<String> told() {
        return told;
    }

    int failures() {
        return failures;
    }

    boolean shows(RunId id) {
        return run.id().equals(id) || members.stream().anyMatch(m -> m.id().equals(id));
    }

    /** What is known of all it shows. */
    List<Run> seen() {
        return members.isEmpty() ? List.of(run) : List.copyOf(members);
    }

    private RunState state() {
        return members.isEmpty() ? run.state() : Batch.state(members);
    }

    /** What stands before the digest of what is shown. */
    String word() {
        return state().word();
    }

    /** The run that a step speaks of. */
    Run about(Step step) {
        return step instanceof Step.Say(var part, var _)
                ? switch (part) {
                    case ALERT -> untold().orElse(run);
                    case TURN -> begun().orElse(run);
                    case OVER -> over().orElse(run);
                    default -> run;
                }
                : run;
    }

    /** Who is to be called; only people of the platform that is told can be. */
    void called(Map<RunId, List<TurnCaller>> all) {
        var prefix = feed.channel().platform() + ":";
        callers = all.entrySet().stream()
                .filter(e -> shows(e.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream()
                                .filter(c -> c.person().value().startsWith(prefix))
                                .toList()));
    }

    List<TurnCaller> callers(Run of) {
        return callers.getOrDefault(of.id(), List.of());
    }

    /** A run that works now and of which somebody wanted to hear before that. */
    private Optional<Run> begun() {
        return seen().stream()
                .filter(r -> r.state() == RunState.RUNNING
                        && slot("turn" + r.id().value()).isEmpty())
                .filter(r -> callers(r).stream()
                        .anyMatch(c -> r.startedAt().filter(c.at()::isBefore).isPresent()))
                .findFirst();
    }

    private Optional<Run> over() {
        return seen().stream()
                .filter(r ->
                        r.state().isFinal() && slot("over" + r.id().value()).isEmpty())
                .filter(r -> !callers(r).isEmpty())
                .findFirst();
    }

    private Optional<Step> call() {
        return begun().<Step>map(_ -> new Step.Say(Step.Part.TURN, Step.Urgency.THREAD))
                .or(() -> over().map(_ -> new Step.Say(Step.Part.OVER, Step.Urgency.THREAD)));
    }

    /** A run of the batch that ended badly and of which nobody was told. */
    private Optional<Run> untold() {
        return members.stream()
                .filter(m -> m.state().isBad() && slot("alert" + m.id().value()).isEmpty())
                .findFirst();
    }

    /** A run never goes back, so an older picture of it is left aside. */
    void see(Run newer) {
        members.replaceAll(m -> m.id().equals(newer.id()) ? newest(m, newer) : m);
        if (run.id().equals(newer.id())) {
            run = newest(run, newer);
        }
        dirty = true;
    }

    private static Run newest(Run known, Run newer) {
        return known.state().isFinal() && !newer.state().isFinal() ? known : newer;
    }

    void touch() {
        dirty = true;
    }

    Optional<Slot> slot(String name) {
        return Optional.ofNullable(slots.get(name));
    }

    /** The card that is edited: the newest one. */
    Optional<Slot> card() {
        return slots.values().stream().filter(s -> s.name().startsWith("card")).reduce((_, b) -> b);
    }

    long news() {
        return slots.keySet().stream().filter(n -> n.startsWith("say")).count();
    }

    long cards() {
        return slots.keySet().stream().filter(n -> n.startsWith("card")).count();
    }

    void has(Slot slot) {
        slots.put(slot.name(), slot);
    }

    void lost(String slot) {
        slots.remove(slot);
    }

    /** Something went well. */
    void done() {
        failures = 0;
        retryAt = Instant.MIN;
    }

    void edited(Instant next) {
        nextEdit = next;
        dirty = false;
    }

    void said(Instant now) {
        nextNews = now.plus(BETWEEN_NEWS);
    }

    void again(Instant at) {
        failures++;
        retryAt = at;
    }

    boolean isBad() {
        return run.state().isBad();
    }

    /** What to do next, if anything. */
    Optional<Step> next(Traits traits, Instant now) {
        if (now.isBefore(retryAt)) {
            return Optional.empty();
        }
        var unsure = slots.values().stream().filter(s -> s.ref().isEmpty()).findFirst();
        if (unsure.isPresent()) {
            return Optional.of(new Step.Look(unsure.get(), urgency(Step.Urgency.NEW)));
        }
        if (feed.failuresOnly()) {
            return failureOnly();
        }
        return members.isEmpty() ? card(traits, now) : batch(traits, now);
    }

    /** The same as for a run, but that each run which fails is told of at once. */
    private Optional<Step> batch(Traits traits, Instant now) {
        var card = card();
        if (card.isEmpty()) {
            return Optional.of(new Step.Say(Step.Part.CARD, urgency(Step.Urgency.NEW)));
        }
        boolean shown = card.get().shown().startsWith(word() + ":");
        if (isStale(card.get(), traits, now) && !(shown && state().isFinal())) {
            return Optional.of(new Step.Say(Step.Part.CONTINUATION, urgency(Step.Urgency.NEW)));
        }
        if (untold().isPresent()) {
            return Optional.of(new Step.Say(Step.Part.ALERT, Step.Urgency.END));
        }
        if (state().isFinal() && !shown) {
            return Optional.of(new Step.Edit(card.get(), Step.Urgency.END));
        }
        var call = call();
        if (call.isPresent() || state().isFinal()) {
            return call.or(() -> Optional.of(new Step.Close()));
        }
        return dirty && !now.isBefore(nextEdit)
                ? Optional.of(new Step.Edit(card.get(), Step.Urgency.PROGRESS))
                : Optional.empty();
    }

    private static boolean isStale(Slot card, Traits traits, Instant now) {
        return traits.editableFor()
                .filter(most -> card.at().plus(most).isBefore(now))
                .isPresent();
    }

    private Step.Urgency urgency(Step.Urgency otherwise) {
        return state().isFinal() ? Step.Urgency.END : otherwise;
    }

    private Optional<Step> failureOnly() {
        if (!run.state().isFinal()) {
            return Optional.empty();
        }
        boolean tells = isBad() && slot("alert").isEmpty();
        return Optional.of(tells ? new Step.Say(Step.Part.ALERT, Step.Urgency.END) : new Step.Close());
    }

    private Optional<Step> card(Traits traits, Instant now) {
        var card = card();
        if (card.isEmpty()) {
            return Optional.of(new Step.Say(Step.Part.CARD, urgency(Step.Urgency.NEW)));
        }
        boolean stale = isStale(card.get(), traits, now);
        if (run.state().isFinal()) {
            return Optional.of(end(card.get(), stale, traits));
        }
        if (stale) {
            return Optional.of(new Step.Say(Step.Part.CONTINUATION, Step.Urgency.NEW));
        }
        var call = call();
        if (call.isPresent()) {
            return call;
        }
        if (traits.threads() && hasNews() && !now.isBefore(nextNews)) {
            return Optional.of(new Step.Say(Step.Part.NEWS, Step.Urgency.THREAD));
        }
        return dirty && !now.isBefore(nextEdit)
                ? Optional.of(new Step.Edit(card.get(), Step.Urgency.PROGRESS))
                : Optional.empty();
    }

    private Step end(Slot card, boolean stale, Traits traits) {
        if (!card.shown().startsWith(run.state().word() + ":")) {
            return stale
                    ? new Step.Say(Step.Part.CONTINUATION, Step.Urgency.END)
                    : new Step.Edit(card, Step.Urgency.END);
        }
        if (isBad() && slot("alert").isEmpty()) {
            return new Step.Say(Step.Part.ALERT, Step.Urgency.END);
        }
        var call = call();
        if (call.isPresent()) {
            return call.get();
        }
        boolean worked = run.startedAt().isPresent();
        if (traits.threads() && worked && slot("account").isEmpty()) {
            return new Step.Say(Step.Part.ACCOUNT, Step.Urgency.THREAD);
        }
        if (traits.threads() && worked && slot("log").isEmpty()) {
            return new Step.Say(Step.Part.LOG, Step.Urgency.THREAD);
        }
        return new Step.Close();
    }

    /** Whether a play began or hosts failed that the thread has not heard of. */
    private boolean hasNews() {
        if (run.state() != RunState.RUNNING || news() >= MOST_NEWS) {
            return false;
        }
        var p = run.progress();
        long hosts = told.stream().filter(f -> f.startsWith("host:")).count();
        return (!p.play().isEmpty() && !told.contains("play:" + p.play())) || p.failed() + p.unreachable() > hosts;
    }
}
