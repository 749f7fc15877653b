package dev.playcall.chat.query;

import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.History.ReportDigest;
import dev.playcall.journal.Stats;
import dev.playcall.schedule.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How it went, in lines that a phone shows whole: the first says what matters most.
 *
 * @param of what it is about and since when
 * @param several whether more than one environment may be in it
 * @param coming what runs by itself next
 * @param zone of the times in it
 */
record DigestLines(ReportDigest digest, String of, boolean several, Instant now, List<Coming> coming, ZoneId zone) {
    /** What is run by itself at some time. */
    record Coming(Instant at, Schedule schedule) {}

    private static final int ROWS = 3;
    /** What still fails is shown, and offered to be retried, up to so many times. */
    static final int FAILING = 2 * ROWS;

    private static final int LONGEST = 220;

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(of + ": " + headline());
        digest.failures().stream().limit(ROWS).map(DigestLines::failure).forEach(lines::add);
        more(lines, digest.failures().size(), "kinds of failure", "stats");
        digest.flaky().stream().limit(ROWS).map(this::flaky).forEach(lines::add);
        digest.failing().stream().limit(FAILING).map(this::failing).forEach(lines::add);
        int unsaid = digest.failing().size() - FAILING;
        if (unsaid > 0) {
            lines.add("Still failing: " + unsaid + " more");
        }
        if (!coming.isEmpty()) {
            lines.add("Next (" + TextFormat.zone(zone) + "): "
                    + coming.stream().map(this::next).collect(Collectors.joining(" · ")));
        }
        return lines;
    }

    private String headline() {
        int runs = digest.runs();
        if (runs == 0) {
            return "no runs finished";
        }
        var rate = digest.successRate()
                .map(r -> ", " + TextFormat.percent(r) + " succeeded")
                .orElse("");
        var rest = digest.states().entrySet().stream()
                .filter(e -> e.getKey() != RunState.SUCCESS)
                .sorted(Comparator.comparing(java.util.Map.Entry::getKey))
                .map(e -> e.getValue() + " " + e.getKey().label())
                .collect(Collectors.joining(", "));
        return runs + (runs == 1 ? " run" : " runs") + rate + (rest.isEmpty() ? "" : ", " + rest);
    }

    private static String failure(Stats.Failure f) {
        var why = f.task().isBlank() ? f.message() : f.task() + ": " + f.message();
        return UntrustedText.line("Failed: " + f.playbook() + ": " + why, LONGEST) + " – " + counted(f.runs(), "run")
                + (f.hosts() == 0 ? "" : ", " + counted(f.hosts(), "host")) + ", last " + f.last();
    }

    private static String counted(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private static void more(List<String> lines, int all, String what, String where) {
        if (all > ROWS) {
            lines.add((all - ROWS) + " more " + what + ": " + where);
        }
    }

    private String flaky(Stats.FlakyHost f) {
        return "Flaky: " + f.host() + (several ? " (" + f.environment() + ")" : "") + " – failed in " + f.bad() + " of "
                + counted(f.runs(), "run");
    }

    private String failing(ReportDigest.Failing f) {
        return "Still failing: " + f.what() + " " + f.environment() + " – "
                + (f.runs() == 1 ? f.first().toString() : f.runs() + " in a row since " + f.first()) + ", "
                + TextFormat.ago(f.since(), now);
    }

    private String next(Coming c) {
        return TextFormat.weekdayOnly(c.at(), zone) + " "
                + UntrustedText.line(c.schedule().plan().words(), 60);
    }
}
