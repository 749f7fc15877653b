package dev.playcall.web.security;

import dev.playcall.domain.Run;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.security.access.VisibleEnvironments;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest run of each playbook, kept in memory because every page shows it. Check runs change nothing, so they do not count. */
final class LastRuns implements RunJournal.Follower {
    private static final int LOOK_BACK = 500;

    private final RunJournal journal;
    private final Map<PlaybookName, Map<EnvironmentName, Run>> newest = new ConcurrentHashMap<>();

    LastRuns(RunJournal journal) {
        this.journal = journal;
    }

    /** Follows from now on and reads what came before. */
    public void start() {
        journal.follow(this);
        journal.read().list(RunQuery.newest(LOOK_BACK)).runs().forEach(this::note);
    }

    @Override
    public void happened(JournalEntry entry) {
        note(entry.run());
    }

    private void note(Run run) {
        if (run.request().check()) {
            return;
        }
        run.request()
                .playbook()
                .ifPresent(p -> newest.computeIfAbsent(p, _ -> new ConcurrentHashMap<>())
                        .merge(run.request().environment(), run, (a, b) -> a.id().value() > b.id().value() ? a : b));
    }

    /** The newest that this person may see. */
    Optional<Run> of(PlaybookName playbook, VisibleEnvironments visible) {
        return newest.getOrDefault(playbook, Map.of()).entrySet().stream()
                .filter(e -> visible.sees(e.getKey()))
                .map(Map.Entry::getValue)
                .max(Comparator.comparingLong(r -> r.id().value()));
    }
}
