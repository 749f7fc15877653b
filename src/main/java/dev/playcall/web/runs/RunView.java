package dev.playcall.web.runs;

import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.web.pages.ActionForm;
import dev.playcall.web.pages.DeliveryRow;
import dev.playcall.web.pages.Differences.DiffRow;
import dev.playcall.web.pages.Fact;
import dev.playcall.web.pages.RunRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What the page of one run shows.
 *
 * @param repeats what retried it or ran it again, oldest first; also among the facts
 * @param hosts those that failed, and those that are not done, before the others; {@code finished} are those that are well
 * @param heard of how many of the hosts there is a result, as {@code 3 of 18 hosts}; empty while none is known
 * @param absentLog where its output is when there is none here; empty where that is unknown, or there is one gateway
 * @param eta how long it will take, from history; empty when unknown or over
 * @param notifications messages about it, and what came of each
 * @param mayRepeat whether this user may have one sent again
 * @param again hosts from which this user may choose those to retry; empty when there is nothing to choose
 * @param approval what is to be approved, empty when nothing is
 * @param firstFailure what the log says where it first failed, empty when it did not
 */
record RunView(
        RunRow row,
        List<Fact> facts,
        List<Fact> repeats,
        List<HostRow> hosts,
        List<HostRow> finished,
        int moreHosts,
        String counts,
        String heard,
        String eta,
        boolean isLive,
        boolean hasLog,
        String absentLog,
        List<ActionForm> actions,
        Tasks tasks,
        String firstFailure,
        Optional<ApprovalView> approval,
        List<DeliveryRow> notifications,
        boolean mayRepeat,
        List<String> again) {
    private static final String BAD = "bad";
    private static final int MOST_CAUSES = 3;
    private static final int MOST_NAMED = 3;
    private static final int LONGEST_CAUSE = 300;

    public RunView {
        facts = List.copyOf(facts);
        repeats = List.copyOf(repeats);
        hosts = List.copyOf(hosts);
        finished = List.copyOf(finished);
        actions = List.copyOf(actions);
        notifications = List.copyOf(notifications);
        again = List.copyOf(again);
    }

    /**
     * What it did.
     *
     * @param columns hosts of the matrix, those in trouble first; {@code moreColumns} are left out
     * @param diffed whether changes are told in full
     */
    public record Tasks(
            List<String> columns,
            int moreColumns,
            List<StepRow> steps,
            int moreSteps,
            List<DiffRow> diffs,
            boolean diffed) {
        public Tasks {
            columns = List.copyOf(columns);
            steps = List.copyOf(steps);
            diffs = List.copyOf(diffs);
        }
    }

    /** What stays in sight wherever one reads. */
    public List<ActionForm> sticky() {
        return actions.stream().filter(RunActions::isCancel).toList();
    }

    /** What is decided below the plan. */
    public List<ActionForm> decisions() {
        return actions.stream().filter(RunActions::isDecision).toList();
    }

    public List<ActionForm> others() {
        return actions.stream()
                .filter(a -> !RunActions.isCancel(a) && !RunActions.isDecision(a))
                .toList();
    }

    /** Why it failed, the first few causes with their hosts: {@code web-1 and web-2, Restart the service: unit not found}. */
    public List<String> causes() {
        var causes = new LinkedHashMap<String, List<String>>();
        hosts.stream()
                .filter(h -> h.tone().equals(BAD) && !h.message().isBlank())
                .forEach(h -> causes.computeIfAbsent(
                                (h.task().isBlank() ? "" : ", " + h.task()) + ": "
                                        + Truncate.of(Truncate.line(h.message()), LONGEST_CAUSE),
                                _ -> new ArrayList<>())
                        .add(h.host()));
        return causes.entrySet().stream()
                .limit(MOST_CAUSES)
                .map(c -> TextFormat.list(c.getValue(), MOST_NAMED) + c.getKey())
                .toList();
    }

    /** Which part of it is shown first. */
    public String first() {
        return !tasks.diffs().isEmpty() ? "tasks" : hasLog || isLive ? "log" : "details";
    }
}
