package dev.playcall.web.statistics;

import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunQuery;
import dev.playcall.journal.Stats;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs that ended in some days and are kept still, newest first.
 *
 * @param cut whether there are more than are looked at
 */
record EndedRuns(List<Run> runs, LocalDate from, LocalDate to, boolean cut) {
    private static final int PAGE = 500;
    private static final int MOST = 2000;

    EndedRuns {
        runs = List.copyOf(runs);
    }

    /** Those that were asked for in these days, too. */
    static EndedRuns of(EventStore store, Stats.Question question) {
        var start = question.from().atStartOfDay(ZoneOffset.UTC).toInstant();
        var next = Optional.of(RunQuery.newest(PAGE)
                .between(Optional.of(start), Optional.empty())
                .within(question.environments()));
        var found = new ArrayList<Run>();
        boolean cut = false;
        while (next.isPresent() && !cut) {
            var asked = next.get();
            var page = store.list(asked);
            page.runs().stream().filter(r -> r.endedAt().isPresent()).forEach(found::add);
            next = page.next().map(asked::before);
            cut = next.isPresent() && found.size() >= MOST;
        }
        return new EndedRuns(found, question.from(), question.to(), cut);
    }
}
