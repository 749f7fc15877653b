package dev.playcall.journal;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.Steps;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells the followers of a journal what other gateways have written to it, within a third of a second: so a cancel that was asked
 * for there reaches the run here, and who watches here sees runs from there.
 */
public final class JournalRelay implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(300);
    private static final int PAGE = 500;
    /** Steps from one look at the progress of others to the next one. */
    private static final int SELDOM = 3;

    private final RunJournal journal;
    private final String self;
    private final Runnable before;
    private final BackgroundLoop loop;
    private final Map<RunId, Progress> progress = new HashMap<>();
    private long last;
    private int steps;

    /**
     * @param self the name of this gateway, which its runs have
     * @param before done before followers are told: what they then look for beside the journal
     */
    public JournalRelay(RunJournal journal, String self, Runnable before, InstantSource clock) {
        this.journal = journal;
        this.self = self;
        this.before = before;
        this.loop = new BackgroundLoop("journal", EVERY, EVERY, clock, this::step);
    }

    /** What was written before is no news. */
    public void start() {
        journal.own().count();
        last = journal.read().nodes().lastEntry();
        loop.start();
    }

    private void step() {
        var done = new Steps().then(before).then(this::entries);
        if (steps++ % SELDOM == 0) {
            done.then(this::progress);
        }
        done.end();
    }

    private void entries() {
        boolean more = true;
        while (more) {
            var entries = journal.own().alone(() -> journal.read().entriesAfter(last, PAGE));
            for (var entry : entries) {
                last = entry.sequence();
                if (!journal.own().take(entry.sequence())) {
                    journal.elsewhere(entry);
                }
            }
            more = entries.size() == PAGE;
        }
    }

    private void progress() {
        var theirs = journal.read().running().stream()
                .filter(run -> !run.node().equals(self))
                .collect(Collectors.toMap(Run::id, run -> run));
        progress.keySet().retainAll(theirs.keySet());
        theirs.forEach((id, run) -> {
            if (!run.progress().equals(progress.put(id, run.progress()))) {
                journal.progressedElsewhere(run);
            }
        });
    }

    public BackgroundLoop loop() {
        return loop;
    }

    @Override
    public void close() {
        loop.close();
    }
}
