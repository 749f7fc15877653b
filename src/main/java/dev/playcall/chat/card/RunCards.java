package dev.playcall.chat.card;

import dev.playcall.chat.card.RunCard.View;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.command.run.WaitReasons;
import dev.playcall.config.ReceiverConfig.Mention;
import dev.playcall.domain.Batch;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.PersonNames;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.domain.rollout.Deployment;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.QueueForecast;
import dev.playcall.journal.QueueForecast.Forecast;
import dev.playcall.journal.QueueForecast.Forecast.Estimate;
import dev.playcall.journal.Repeats;
import dev.playcall.journal.RunArtifacts;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.VersionStep;
import dev.playcall.journal.node.LostContact;
import dev.playcall.journal.node.Placement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together what is known of a run and makes its card. */
public final class RunCards {
    /** The headline, who asked, and how it stands. */
    private static final int BRIEF = 3;

    private final EventStore store;
    private final RunArtifacts artifacts;
    private final ChatStore people;
    private final PersonNames personNames;
    private final Clock clock;
    private final WaitReasons waitReasons;
    private final Function<Run, List<String>> approvers;

    /** Where it is not known who may approve. */
    public RunCards(RunJournal journal, ChatStore people, Clock clock, WaitReasons waitReasons) {
        this(journal, people, clock, waitReasons, _ -> List.of());
    }

    /** @param approvers who may approve a run: persons, groups and channels as the configuration has them */
    public RunCards(
            RunJournal journal,
            ChatStore people,
            Clock clock,
            WaitReasons waitReasons,
            Function<Run, List<String>> approvers) {
        this.approvers = approvers;
        this.waitReasons = waitReasons;
        this.store = journal.read();
        this.artifacts = journal.traces();
        this.people = people;
        this.personNames = new PersonNames(people::names);
        this.clock = clock;
    }

    /** Everything about a run as it stands; empty when there is no such run. */
    public Optional<Message> details(RunId id) {
        return store.find(id).map(this::details);
    }

    public Message details(Run run) {
        return card(run, View.DETAILS).message();
    }

    /** The card that a channel sees; where there are no threads it has the hosts as well. */
    public Message of(Run run, boolean threads) {
        return card(run, threads ? View.CHANNEL : View.TERMINAL).message();
    }

    /** The first line of its card, with the names of people. */
    public String headline(Run run) {
        return named(RunCard.headline(run));
    }

    /** How many have to agree to a run, until when, and how; empty when nobody has to. */
    public Optional<String> awaits(Run run) {
        return Optional.of(run)
                .filter(r -> r.state() == RunState.AWAITING_APPROVAL)
                .map(r -> new ApprovalBlocks(r, clock.instant(), this::name, approvers(r)).needs() + "; approve "
                        + r.id().value());
    }

    /** One line of what the run itself says, for a card that cannot be drawn. */
    public static Message plain(Run run) {
        return Message.line(RunCard.tone(run.state()), run.id() + " " + RunCard.what(run) + ": " + RunCard.word(run));
    }

    /**
     * {@code v1.1.0 → v1.0.0 (downgrade)}; empty when nothing else is live there.
     *
     * @param hosts empty for all
     */
    public Optional<String> versionStep(EnvironmentName environment, List<String> hosts, String version) {
        return VersionStep.of(store, environment, hosts, version)
                .map(s -> UntrustedText.line(String.join(", ", s.live()), 80) + " → "
                        + UntrustedText.line(s.wanted(), 40) + (s.isDowngrade() ? " (downgrade)" : ""));
    }

    private Optional<String> versionStep(Run run) {
        var request = run.request();
        return run.state().isFinal() || request.check()
                ? Optional.empty()
                : request.version().flatMap(v -> versionStep(request.environment(), request.hosts(), v));
    }

    /** The card of the batch that this run belongs to. */
    public Message batch(Run member) {
        return member.batch()
                .flatMap(p -> store.batches().find(p.batch()))
                .map(this::batch)
                .orElseGet(() -> of(member, true));
    }

    /** What a cancelled run takes along when its batch stops there; empty when it is nothing. */
    public String stopped(Run cancelled) {
        return cancelled
                .batch()
                .filter(p -> p.onFailure() == Batch.OnFailure.STOP)
                .map(p -> store.batches().runs(p.batch()).stream()
                        .filter(r -> r.batch()
                                .filter(other -> other.number() > p.number())
                                .isPresent())
                        .filter(r -> cancelled.state().isFinal()
                                ? r.reason().contains("stopped after " + cancelled.id() + " ")
                                : r.isWaiting())
                        .map(r -> r.request().environment().value())
                        .toList())
                .filter(rest -> !rest.isEmpty())
                .map(rest -> ", and with it the rest of its batch, which stops there: " + String.join(", ", rest))
                .orElse("");
    }

    private Optional<Deployment> retried(Batch batch) {
        return batch.retryOf().flatMap(store.deployments()::ofBatch);
    }

    public Message batch(Batch batch) {
        var runs = store.batches().runs(batch.id());
        var next = runs.stream().filter(r -> !r.state().isFinal()).findFirst();
        var asked = runs.stream()
                .filter(r -> r.state() == RunState.AWAITING_APPROVAL)
                .findFirst();
        var deployment = store.deployments().ofBatch(batch.id());
        if (deployment.isPresent()) {
            var agreeing = asked.map(r -> card(r, View.CHANNEL));
            return new DeploymentCard(
                            deployment.get(),
                            runs,
                            retried(batch),
                            store.deployments().rolledBack(deployment.get()),
                            this::bad,
                            agreeing,
                            clock.instant(),
                            this::name)
                    .message();
        }
        return new BatchCard(
                        batch,
                        runs,
                        this::bad,
                        next.map(r -> card(r, View.CHANNEL)),
                        asked.map(r -> card(r, View.CHANNEL)),
                        clock.instant(),
                        this::name)
                .message();
    }

    private List<String> bad(Run run) {
        return store.badHosts(run.id()).stream().map(HostResult::host).toList();
    }

    /** The first line of the card of a batch or of a deployment. */
    public String headline(Batch batch, List<Run> runs) {
        return store.deployments()
                .ofBatch(batch.id())
                .map(d -> DeploymentCard.headline(d, runs))
                .orElseGet(() -> BatchCard.headline(batch, runs));
    }

    /** What a channel is told when a run did not end well. */
    public Message alert(Run run) {
        return card(run, View.CHANNEL).alert();
    }

    /** Calls those who wanted to hear of it. */
    public Message call(Run run, List<Person> who) {
        var names = who.stream().map(this::name).collect(Collectors.joining(", "));
        return Message.of(
                new Block.Title(
                        RunCard.tone(run.state()), card(run, View.CHANNEL).namedHeadline()),
                new Block.Line("for " + names + ", who asked to be notified"),
                new Block.Mentions(who.stream()
                        .map(p -> new Mention(Mention.Kind.PERSON, p.id()))
                        .toList()));
    }

    /** The first lines of its card, without buttons. */
    public Message brief(Run run) {
        return new Message(card(run, View.CHANNEL).message().blocks().stream()
                .filter(b -> b instanceof Block.Title || b instanceof Block.Line)
                .limit(BRIEF)
                .toList());
    }

    /** Tells whoever asked for a run what came of its approval. */
    public Message decision(Run run) {
        var by = run.approvalState().given().stream().map(a -> name(a.by())).collect(Collectors.joining(" and "));
        var text = run.state() == RunState.REJECTED || run.state() == RunState.EXPIRED
                ? card(run, View.CHANNEL).namedHeadline()
                : run.id() + " " + RunCard.what(run) + " was approved by " + by;
        return Message.of(
                new Block.Title(RunCard.tone(run.state()), text),
                new Block.Line("for " + name(run.requestedBy()) + ", who requested it"),
                new Block.Mentions(List.of(
                        new Mention(Mention.Kind.PERSON, run.requestedBy().id()))));
    }

    /** Every host with its counts, for the thread. */
    public Message account(Run run) {
        return card(run, View.CHANNEL, hosts(run)).account();
    }

    /** What a thread is told of hosts that have just failed. */
    public List<Block> failures(List<HostResult> hosts) {
        return FailureGroups.of(hosts);
    }

    private List<String> approvers(Run run) {
        return run.state() == RunState.AWAITING_APPROVAL
                ? approvers.apply(run).stream().map(this::called).toList()
                : List.of();
    }

    /** While a run works, its card shows the hosts that failed and only counts the others. */
    private RunCard card(Run run, View view) {
        return card(run, view, run.state() == RunState.RUNNING ? store.badHosts(run.id()) : hosts(run));
    }

    private RunCard card(Run run, View view, List<HostResult> hosts) {
        var agreed = run.approvalState().given().stream().map(a -> a.by());
        var ended = Stream.concat(run.cancelledBy().stream(), Rejection.by(run).stream());
        var who = Stream.concat(
                Stream.concat(Stream.of(run.requestedBy(), run.provenance().human()), ended), agreed);
        var waiting = waiting(run);
        var pausedBy = run.paused().map(p -> p.by()).stream();
        var holder = waiting.flatMap(w -> w.position().holder()).map(Run::requestedBy).stream();
        var names =
                people.names(Stream.concat(Stream.concat(who, pausedBy), holder).collect(Collectors.toSet()));
        return new RunCard(
                run,
                hosts,
                new RunOutlook(waiting, expected(run), versionStep(run), lostContact(run), approvers(run)),
                clock.instant(),
                p -> names.getOrDefault(p, p.name()),
                view,
                view == View.DETAILS ? detailsOf(run) : RunDetails.UNKNOWN,
                Repeats.of(run, store));
    }

    private RunDetails detailsOf(Run run) {
        return new RunDetails(artifacts.ansibleSettings(run.id()), artifacts.slices(run.id()));
    }

    /** How a person is called. */
    public String name(Person person) {
        return UntrustedText.clean(personNames.of(person));
    }

    /** The same for what may be a person or may be something else. */
    public String called(String who) {
        return who.matches("[a-z]+:[^*\\s]+") ? name(new Person(who)) : UntrustedText.line(who, 60);
    }

    /** The hosts of a run; none while it waits. */
    public List<HostResult> hosts(Run run) {
        return run.state() == RunState.QUEUED ? List.of() : store.hosts(run.id());
    }

    private Optional<QueueWait> waiting(Run run) {
        if (run.state() != RunState.QUEUED) {
            return Optional.empty();
        }
        var queue = new QueueForecast(store, clock.instant());
        return queue.place(run)
                .flatMap(place -> place.position()
                        .map(position -> new QueueWait(
                                position,
                                store.batches()
                                        .waitsFor(run)
                                        .or(() -> waitReasons.waitsFor(run, queue.running()))
                                        .or(() -> Placement.now(store.nodes())
                                                .waitsFor(waitReasons.nodeSelector(run.request())))
                                        .map(this::named),
                                place.startsIn())));
    }

    private Optional<LostContact> lostContact(Run run) {
        return run.state() == RunState.RUNNING ? LostContact.now(store.nodes()).of(run) : Optional.empty();
    }

    private Optional<Estimate> expected(Run run) {
        return run.state().isFinal() ? Optional.empty() : new Forecast(store).of(run);
    }

    /** The same text with the names of those persons in it that are known. */
    public String named(String text) {
        return UntrustedText.clean(personNames.in(text));
    }

    /** What is locked and frozen, one line each. */
    public List<String> closed(Predicate<EnvironmentName> seen) {
        return waitReasons.closed(seen).stream().map(this::named).toList();
    }

    /** What people hold back, one line each. */
    public List<String> held(Predicate<EnvironmentName> seen) {
        return waitReasons.held(seen).stream().map(this::named).toList();
    }

    public WaitReasons outlook() {
        return waitReasons;
    }

    /** The operations table of an environment and other tables need the time as well. */
    public Clock clock() {
        return clock;
    }

    /** One line about a run, for lists. */
    public List<String> row(Run run) {
        var now = clock.instant();
        return List.of(
                RunCard.sign(run.state()) + " " + run.id(),
                RunCard.what(run) + given(run),
                lostContact(run).map(_ -> "no contact").orElseGet(() -> RunCard.word(run)),
                run.duration(now).map(TextFormat::duration).orElse("–"),
                TextFormat.ago(run.endedAt().or(run::startedAt).orElse(run.requestedAt()), now),
                name(run.requestedBy()));
    }

    /** The name that it was given, behind what it is; empty when it has none. */
    private static String given(Run run) {
        var name = run.request().name();
        return name.isEmpty() ? "" : " · " + UntrustedText.line(name, 40);
    }

    public static Block.Table runs(List<List<String>> rows) {
        return new Block.Table(List.of("Run", "Operation", "Status", "Duration", "Time", "Requested by"), rows);
    }
}
