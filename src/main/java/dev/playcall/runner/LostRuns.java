package dev.playcall.runner;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.node.LostContact;
import dev.playcall.journal.node.Node;
import dev.playcall.journal.node.NodeHeartbeat;
import dev.playcall.runner.directory.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that began on another machine. Nobody here can watch them, and they are not started again: what they have done is not
 * known. After a time without a word of that machine they are interrupted.
 */
public final class LostRuns implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LostRuns.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final RunJournal journal;
    private final NodeHeartbeat self;
    private final Path runs;
    private final Supplier<Duration> lostAfter;
    private final LongSupplier nanos;
    private final long begun;
    private final Set<RunId> sameName = ConcurrentHashMap.newKeySet();
    private final Set<RunId> silent = new HashSet<>();
    private final BackgroundLoop loop;

    /**
     * @param runs folder of the run directories
     * @param lostAfter without a word of a node, its runs are interrupted
     * @param nanos time that goes on, whatever is done to the clock
     */
    public LostRuns(
            RunJournal journal,
            NodeHeartbeat self,
            Path runs,
            Supplier<Duration> lostAfter,
            InstantSource clock,
            LongSupplier nanos) {
        this.journal = journal;
        this.self = self;
        this.runs = runs;
        this.lostAfter = lostAfter;
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
        this.loop = new BackgroundLoop("lost-runs", EVERY, EVERY, clock, this::step);
    }

    /** Before the runner adopts what is not here to be found. */
    public void start() {
        if (journal.read().nodes().isAlone()) {
            return;
        }
        if (self.isNameTaken()) {
            journal.read().running().stream()
                    .filter(run -> run.node().equals(self.name()) && !isInFolder(run))
                    .map(Run::id)
                    .forEach(sameName::add);
        }
        loop.start();
    }

    /** Whether this gateway can watch it, from the start on. */
    public boolean isOurs(Run run) {
        return journal.read().nodes().isAlone()
                || isInFolder(run)
                || (isOurName(run.node()) && !sameName.contains(run.id()));
    }

    private boolean isOurName(String node) {
        return node.equals(self.name()) || self.wasCalled(node);
    }

    private boolean isInFolder(Run run) {
        return new RunDirectory(runs, run.id()).hasSpec(); // of a run of another gateway, only results are here
    }

    private void step() {
        var running = journal.read().running();
        tell(running);
        for (var run : running) {
            if (!isOurs(run)) {
                var node = node(run);
                var limit = limit(node);
                if (silence(node).compareTo(limit) >= 0) {
                    interrupt(run, limit);
                }
            }
        }
    }

    /** Who shows a run shows also that there is no contact, or again. */
    private void tell(List<Run> running) {
        var now = LostContact.now(journal.read().nodes());
        for (var run : running) {
            if (now.of(run).isPresent() ? silent.add(run.id()) : silent.remove(run.id())) {
                journal.progressedElsewhere(run);
            }
        }
        silent.retainAll(running.stream().map(Run::id).collect(Collectors.toSet()));
    }

    /** A node that counts on more time is given it: until then, its runs may go on. */
    private Duration limit(Optional<Node> node) {
        var ours = lostAfter.get();
        return node.map(Node::lostAfter)
                .filter(theirs -> theirs.compareTo(ours) > 0)
                .orElse(ours);
    }

    private Duration silence(Optional<Node> node) {
        return node.map(Node::silence).orElseGet(() -> Duration.ofNanos(nanos.getAsLong() - begun));
    }

    private Optional<Node> node(Run run) {
        return journal.read().nodes().all().stream()
                .filter(n -> n.name().equals(run.node()) && !n.name().equals(self.name()))
                .findFirst();
    }

    private void interrupt(Run run, Duration limit) {
        var reason =
                "node " + run.node() + ", which worked on it, has not been heard of for " + TextFormat.duration(limit);
        log.warn("Interrupted run {}: {}", run.id(), reason);
        var hosts = journal.read().hosts(run.id()).stream()
                .filter(h -> !h.outcome().isBad() && h.outcome() != HostOutcome.PENDING)
                .map(HostResult::incomplete)
                .toList();
        // How far its files were read stays: its own node goes on from there when it is back.
        var intake = journal.read().intake(run.id());
        journal.progress(run, run.progress().withoutDone(), hosts, intake);
        journal.append(run.id(), new RunEvent.Finished(new Outcome.Interrupted(reason)));
    }

    public BackgroundLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.close();
    }
}
