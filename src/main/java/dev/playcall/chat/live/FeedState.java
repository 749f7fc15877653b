package dev.playcall.chat.live;

import dev.playcall.chat.ChatAdapter.Traits;
import dev.playcall.chat.message.ChatStore.MessageRef;
import dev.playcall.chat.message.ChatStore.RunSubscription;
import dev.playcall.chat.message.ChatStore.StartReminder;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
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
    /** Messages in the thread of one run while it works; what fails later is in the card and in the summary. */
    static final int MOST_NEWS = 10;
    /** Plays that are announced there, so that failures have room too. */
    static final int MOST_PLAYS = 5;

    final RunSubscription runSubscription;
    private final Map<String, MessageRef> slots = new LinkedHashMap<>();
    private final Set<String> postedFacts = new HashSet<>();
    /** All runs of the batch, where the feed is about one. */
    private final List<Run> members;

    private Run run;
    private Map<RunId, List<StartReminder>> callers = Map.of();
    private boolean dirty = true;
    private Instant nextEdit = Instant.MIN;
    private Instant nextNews = Instant.MIN;
    private Instant retryAt = Instant.MIN;
    private int failures;

    FeedState(
            RunSubscription runSubscription,
            Run run,
            List<Run> members,
            Iterable<MessageRef> slots,
            Set<String> postedFacts) {
        this.runSubscription = runSubscription;
        this.run = run;
        this.members = new ArrayList<>(members);
        slots.forEach(s -> this.slots.put(s.name(), s));
        this.postedFacts.addAll(postedFacts);
    }

    Run run() {
        return run;
    }

    Set<String> announced() {
        return postedFacts;
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
    Run about(FeedStep feedStep) {
        return feedStep instanceof FeedStep.Post(var part, var _)
                ? switch (part) {
                    case ALERT -> pending().orElse(run);
                    case TURN -> begun().orElse(run);
                    case OVER -> over().orElse(run);
                    case DECISION -> decided().orElse(run);
                    case CARD, CONTINUATION, NEWS, ACCOUNT, LOG -> run;
                }
                : run;
    }

    /** Who is to be called; only people of the platform that is told can be. */
    void called(Map<RunId, List<StartReminder>> all) {
        var prefix = runSubscription.channel().platform() + ":";
        callers = all.entrySet().stream()
                .filter(e -> shows(e.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> e.getValue().stream()
                                .filter(c -> c.person().value().startsWith(prefix))
                                .toList()));
    }

    List<StartReminder> callers(Run of) {
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

    /** A run of the channel it was asked for in, of which whoever asked has not been told what came of the approval. */
    private Optional<Run> decided() {
        var channel = runSubscription.channel();
        return seen().stream()
                .filter(r -> isDecided(r)
                        && r.origin().channel().equals(channel.toString())
                        && r.requestedBy().value().startsWith(channel.platform() + ":")
                        && slot("dec" + r.id().value()).isEmpty())
                .findFirst();
    }

    private static boolean isDecided(Run run) {
        boolean approved = run.approvalState().terms().approvals() > 0
                && run.approvalState().isReached();
        return approved || run.state() == RunState.REJECTED || run.state() == RunState.EXPIRED;
    }

    private Optional<FeedStep> call(Traits traits) {
        return decided()
                .filter(_ -> traits.threads())
                .<FeedStep>map(_ -> new FeedStep.Post(FeedStep.Part.DECISION, FeedStep.Urgency.THREAD))
                .or(() -> begun().map(_ -> new FeedStep.Post(FeedStep.Part.TURN, FeedStep.Urgency.THREAD)))
                .or(() -> over().map(_ -> new FeedStep.Post(FeedStep.Part.OVER, FeedStep.Urgency.THREAD)));
    }

    /** A run of the batch that ended badly and of which nobody was told. */
    private Optional<Run> pending() {
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

    Optional<MessageRef> slot(String name) {
        return Optional.ofNullable(slots.get(name));
    }

    /** The card that is edited: the newest one. */
    Optional<MessageRef> card() {
        return slots.values().stream().filter(s -> s.name().startsWith("card")).reduce((_, b) -> b);
    }

    long news() {
        return slots.keySet().stream().filter(n -> n.startsWith("say")).count();
    }

    long cards() {
        return slots.keySet().stream().filter(n -> n.startsWith("card")).count();
    }

    void has(MessageRef messageRef) {
        slots.put(messageRef.name(), messageRef);
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

    void announced(Instant now) {
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
    Optional<FeedStep> next(Traits traits, Instant now) {
        if (now.isBefore(retryAt)) {
            return Optional.empty();
        }
        var unsure = slots.values().stream().filter(s -> s.ref().isEmpty()).findFirst();
        if (unsure.isPresent()) {
            return Optional.of(new FeedStep.Verify(unsure.get(), urgency(FeedStep.Urgency.NEW)));
        }
        if (runSubscription.failuresOnly()) {
            return failureOnly();
        }
        return members.isEmpty() ? card(traits, now) : batch(traits, now);
    }

    /** The same as for a run, but that each run which fails is told of at once. */
    private Optional<FeedStep> batch(Traits traits, Instant now) {
        var card = card();
        if (card.isEmpty()) {
            return Optional.of(new FeedStep.Post(FeedStep.Part.CARD, urgency(FeedStep.Urgency.NEW)));
        }
        boolean shown = card.get().shown().startsWith(word() + ":");
        if (isStale(card.get(), traits, now) && !(shown && state().isFinal())) {
            return Optional.of(new FeedStep.Post(FeedStep.Part.CONTINUATION, urgency(FeedStep.Urgency.NEW)));
        }
        if (pending().isPresent()) {
            return Optional.of(new FeedStep.Post(FeedStep.Part.ALERT, FeedStep.Urgency.END));
        }
        if (state().isFinal() && !shown) {
            return Optional.of(new FeedStep.Edit(card.get(), FeedStep.Urgency.END));
        }
        var call = call(traits);
        if (call.isPresent() || state().isFinal()) {
            return call.or(() -> Optional.of(new FeedStep.Close()));
        }
        return dirty && !now.isBefore(nextEdit)
                ? Optional.of(new FeedStep.Edit(card.get(), FeedStep.Urgency.PROGRESS))
                : Optional.empty();
    }

    private static boolean isStale(MessageRef card, Traits traits, Instant now) {
        return traits.editableFor()
                .filter(most -> card.at().plus(most).isBefore(now))
                .isPresent();
    }

    private FeedStep.Urgency urgency(FeedStep.Urgency otherwise) {
        return state().isFinal() ? FeedStep.Urgency.END : otherwise;
    }

    private Optional<FeedStep> failureOnly() {
        if (!run.state().isFinal()) {
            return Optional.empty();
        }
        boolean tells = isBad() && slot("alert").isEmpty();
        return Optional.of(tells ? new FeedStep.Post(FeedStep.Part.ALERT, FeedStep.Urgency.END) : new FeedStep.Close());
    }

    private Optional<FeedStep> card(Traits traits, Instant now) {
        var card = card();
        if (card.isEmpty()) {
            return Optional.of(new FeedStep.Post(FeedStep.Part.CARD, urgency(FeedStep.Urgency.NEW)));
        }
        boolean stale = isStale(card.get(), traits, now);
        if (run.state().isFinal()) {
            return Optional.of(end(card.get(), stale, traits));
        }
        if (stale) {
            return Optional.of(new FeedStep.Post(FeedStep.Part.CONTINUATION, FeedStep.Urgency.NEW));
        }
        var call = call(traits);
        if (call.isPresent()) {
            return call;
        }
        if (traits.threads() && hasChanges() && !now.isBefore(nextNews)) {
            return Optional.of(new FeedStep.Post(FeedStep.Part.NEWS, FeedStep.Urgency.THREAD));
        }
        return dirty && !now.isBefore(nextEdit)
                ? Optional.of(new FeedStep.Edit(card.get(), FeedStep.Urgency.PROGRESS))
                : Optional.empty();
    }

    private FeedStep end(MessageRef card, boolean stale, Traits traits) {
        if (!card.shown().startsWith(run.state().word() + ":")) {
            return stale
                    ? new FeedStep.Post(FeedStep.Part.CONTINUATION, FeedStep.Urgency.END)
                    : new FeedStep.Edit(card, FeedStep.Urgency.END);
        }
        if (isBad() && slot("alert").isEmpty()) {
            return new FeedStep.Post(FeedStep.Part.ALERT, FeedStep.Urgency.END);
        }
        var call = call(traits);
        if (call.isPresent()) {
            return call.get();
        }
        boolean worked = run.startedAt().isPresent();
        if (traits.threads() && worked && slot("account").isEmpty()) {
            return new FeedStep.Post(FeedStep.Part.ACCOUNT, FeedStep.Urgency.THREAD);
        }
        if (traits.threads() && worked && slot("log").isEmpty()) {
            return new FeedStep.Post(FeedStep.Part.LOG, FeedStep.Urgency.THREAD);
        }
        return new FeedStep.Close();
    }

    /** Whether a play began or hosts failed that the thread has not heard of. */
    private boolean hasChanges() {
        if (run.state() != RunState.RUNNING || news() >= MOST_NEWS) {
            return false;
        }
        var p = run.progress();
        return isNewPlay(p.play(), postedFacts) || p.failed() + p.unreachable() > count("host:", postedFacts);
    }

    /** Whether the thread is told that this play began. */
    static boolean isNewPlay(String play, Set<String> postedFacts) {
        return !play.isEmpty() && !postedFacts.contains("play:" + play) && count("play:", postedFacts) < MOST_PLAYS;
    }

    private static long count(String prefix, Set<String> postedFacts) {
        return postedFacts.stream().filter(f -> f.startsWith(prefix)).count();
    }
}
