package dev.playcall.chat;

import dev.playcall.chat.Message.Block;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunState;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.EventStore.Past;
import dev.playcall.journal.RunJournal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts together what is known of a run and makes its card. */
public final class RunCards {
    private final EventStore store;
    private final Clock clock;

    public RunCards(RunJournal journal, Clock clock) {
        this.store = journal.read();
        this.clock = clock;
    }

    /** The card of a run as it stands; empty when there is no such run. */
    public Optional<Message> of(RunId id) {
        return store.find(id).map(this::of);
    }

    public Message of(Run run) {
        return new Card(run, hosts(run), waiting(run), expected(run), clock.instant()).message();
    }

    private List<HostResult> hosts(Run run) {
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
        var holder = store.running().stream()
                .filter(r -> r.request().lock().equals(run.request().lock()))
                .findFirst();
        return Optional.of(new Card.Waiting(before + 1, holder));
    }

    /** The median of the last like runs; nothing is guessed from none. */
    private Optional<Duration> expected(Run run) {
        if (run.state().isFinal()) {
            return Optional.empty();
        }
        var past = store.like(run, 9).stream().map(Past::duration).sorted().toList();
        return past.isEmpty() ? Optional.empty() : Optional.of(past.get(past.size() / 2));
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
                run.state().word(),
                run.duration(now).map(Ages::span).orElse("–"),
                Ages.ago(run.endedAt().or(run::startedAt).orElse(run.requestedAt()), now),
                run.requestedBy().value());
    }

    static Block.Table runs(List<List<String>> rows) {
        return new Block.Table(List.of("Run", "What", "State", "Took", "When", "Who"), rows);
    }
}
