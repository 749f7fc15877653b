package dev.playcall.chat;

import dev.playcall.chat.Card.View;
import dev.playcall.chat.Message.Block;
import dev.playcall.command.Outlook;
import dev.playcall.config.Receiver.Mention;
import dev.playcall.domain.Batch;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Person;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunState;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.Forecast;
import dev.playcall.journal.Forecast.Estimate;
import dev.playcall.journal.RunJournal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together what is known of a run and makes its card. */
public final class RunCards {
    private static final Pattern PERSON =
            Pattern.compile("\\b(?:slack|discord|web|console|token|schedule):[A-Za-z0-9._-]+");

    private final EventStore store;
    private final ChatStore people;
    private final Clock clock;
    private final Outlook outlook;

    /** Where nothing but its lock keeps a run from starting. */
    public RunCards(RunJournal journal, ChatStore people, Clock clock) {
        this(journal, people, clock, Outlook.CLEAR);
    }

    public RunCards(RunJournal journal, ChatStore people, Clock clock, Outlook outlook) {
        this.outlook = outlook;
        this.store = journal.read();
        this.people = people;
        this.clock = clock;
    }

    /** Everything about a run as it stands; empty when there is no such run. */
    public Optional<Message> details(RunId id) {
        return store.find(id).map(this::details);
    }

    Message details(Run run) {
        return card(run, View.DETAILS).message();
    }

    /** The card that a channel sees; where there are no threads it has the hosts as well. */
    public Message of(Run run, boolean threads) {
        return card(run, threads ? View.CHANNEL : View.TERMINAL).message();
    }

    /** The card of the batch that this run belongs to. */
    public Message batch(Run member) {
        return member.batch()
                .flatMap(p -> store.batches().find(p.batch()))
                .map(this::batch)
                .orElseGet(() -> of(member, true));
    }

    /** What a cancelled run takes along when its batch stops there; empty when it is nothing. */
    String stopped(Run cancelled) {
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

    Message batch(Batch batch) {
        var runs = store.batches().runs(batch.id());
        var next = runs.stream().filter(r -> !r.state().isFinal()).findFirst();
        var asked = runs.stream()
                .filter(r -> r.state() == RunState.AWAITING_APPROVAL)
                .findFirst();
        return new BatchCard(
                        batch,
                        runs,
                        run -> store.hosts(run.id()).stream()
                                .filter(h -> h.outcome().isBad())
                                .map(HostResult::host)
                                .toList(),
                        next.map(r -> card(r, View.CHANNEL)),
                        asked.map(r -> card(r, View.CHANNEL)),
                        clock.instant(),
                        this::name)
                .message();
    }

    /** What a channel is told when a run did not end well. */
    public Message alert(Run run) {
        return card(run, View.CHANNEL).alert();
    }

    /** Calls those who wanted to hear of it. */
    public Message call(Run run, List<Person> who) {
        var names = who.stream().map(this::name).collect(Collectors.joining(", "));
        var ids =
                who.stream().map(p -> new Mention(Mention.Kind.PERSON, p.id())).toList();
        return Message.of(
                new Block.Title(Card.tone(run.state()), Card.headline(run)),
                new Block.Line("for " + names + ", who asked to be told"),
                new Block.Mentions(ids));
    }

    /** Every host with its counts, for the thread. */
    public Message account(Run run) {
        return card(run, View.CHANNEL).account();
    }

    /** What a thread is told of hosts that have just failed. */
    public List<Block> failures(List<HostResult> hosts) {
        return FailureGroups.of(hosts);
    }

    private Card card(Run run, View view) {
        var agreed = run.agreement().given().stream().map(a -> a.by());
        var ended = Stream.concat(run.cancelledBy().stream(), Rejection.by(run).stream());
        var who = Stream.concat(
                Stream.concat(Stream.of(run.requestedBy(), run.provenance().human()), ended), agreed);
        var waiting = waiting(run);
        var still = run.paused().map(p -> p.by()).stream();
        var holder = waiting.flatMap(Card.Waiting::holder).map(Run::requestedBy).stream();
        var names =
                people.names(Stream.concat(Stream.concat(who, still), holder).collect(Collectors.toSet()));
        return new Card(
                run, hosts(run), waiting, expected(run), clock.instant(), p -> names.getOrDefault(p, p.name()), view);
    }

    /** How a person is called. */
    String name(Person person) {
        return ForeignText.line(people.names(Set.of(person)).getOrDefault(person, person.name()), 60);
    }

    /** The same for what may be a person or may be something else. */
    String called(String who) {
        return who.matches("[a-z]+:[^*\\s]+") ? name(new Person(who)) : ForeignText.line(who, 60);
    }

    /** The hosts of a run; none while it waits. */
    public List<HostResult> hosts(Run run) {
        return run.state() == RunState.QUEUED ? List.of() : store.hosts(run.id());
    }

    private Optional<Card.Waiting> waiting(Run run) {
        if (run.state() != RunState.QUEUED) {
            return Optional.empty();
        }
        var queue = store.queue().stream()
                .filter(r -> r.state() == RunState.QUEUED
                        && r.request().lock().equals(run.request().lock()))
                .toList();
        int before =
                (int) queue.stream().takeWhile(r -> !r.id().equals(run.id())).count();
        var running = store.running();
        var holder = running.stream()
                .filter(r -> r.request().lock().equals(run.request().lock()))
                .findFirst();
        return Optional.of(new Card.Waiting(
                before + 1,
                holder,
                store.batches()
                        .waitsFor(run)
                        .or(() -> outlook.waitsFor(run, running))
                        .map(this::named),
                new Forecast(store).startsIn(run, queue, running, clock.instant())));
    }

    private Optional<Estimate> expected(Run run) {
        return run.state().isFinal() ? Optional.empty() : new Forecast(store).of(run);
    }

    /** The same text with the names of those persons in it that are known. */
    String named(String text) {
        var found =
                PERSON.matcher(text).results().map(r -> new Person(r.group())).collect(Collectors.toSet());
        if (found.isEmpty()) {
            return text;
        }
        var names = people.names(found);
        return PERSON.matcher(text)
                .replaceAll(r -> Matcher.quoteReplacement(
                        ForeignText.line(names.getOrDefault(new Person(r.group()), r.group()), 60)));
    }

    /** What is locked and frozen, one line each. */
    List<String> closed(Predicate<EnvironmentName> seen) {
        return outlook.closed(seen).stream().map(this::named).toList();
    }

    /** What people hold back, one line each. */
    List<String> held(Predicate<EnvironmentName> seen) {
        return outlook.held(seen).stream().map(this::named).toList();
    }

    Outlook outlook() {
        return outlook;
    }

    /** The operations table of an environment and other tables need the time as well. */
    Clock clock() {
        return clock;
    }

    /** One line about a run, for lists. */
    List<String> row(Run run) {
        var now = clock.instant();
        return List.of(
                Card.sign(run.state()) + " " + run.id(),
                Card.what(run),
                run.paused().isPresent() ? "paused" : run.state().word(),
                run.duration(now).map(Ages::span).orElse("–"),
                Ages.ago(run.endedAt().or(run::startedAt).orElse(run.requestedAt()), now),
                name(run.requestedBy()));
    }

    static Block.Table runs(List<List<String>> rows) {
        return new Block.Table(List.of("Run", "What", "State", "Took", "When", "Who"), rows);
    }
}
