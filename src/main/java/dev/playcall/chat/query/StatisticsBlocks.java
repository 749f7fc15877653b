package dev.playcall.chat.query;

import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Tone;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.Stats;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Shows what the runs of some days add up to, in the order in which one would ask. */
record StatisticsBlocks(Stats stats, String of, Function<Person, String> names) {
    private static final int ROWS = 5;
    private static final int DAYS = 14;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE MM-dd", Locale.ROOT);

    /** The whole of it. */
    public Message message() {
        var blocks = new ArrayList<Block>();
        if (stats.runs() == 0) {
            return Message.line(Tone.PLAIN, "No runs finished " + of);
        }
        blocks.add(new Block.Title(tone(), headline()));
        blocks.add(new Block.Line(states()));
        stats.took()
                .ifPresent(t -> blocks.add(new Block.Line(
                        "Median " + TextFormat.duration(t.median()) + ", p95 " + TextFormat.duration(t.p95()))));
        table(blocks, List.of("Day", "Runs", "Failed"), trend());
        table(blocks, List.of("Top failures", "Runs", "Host failures", "Last run"), failures());
        table(blocks, List.of("Failing tasks", "Runs", "Host failures"), tasks());
        table(blocks, List.of("Flaky hosts", "Failed", "Changed"), flaky());
        table(blocks, List.of("Top requesters", "Runs", "Failed"), people());
        cost(blocks);
        return new Message(blocks);
    }

    private Tone tone() {
        return stats.bad() == 0 ? Tone.GOOD : Tone.PLAIN;
    }

    private String headline() {
        return stats.runs() + (stats.runs() == 1 ? " run" : " runs") + " " + of
                + stats.successRate()
                        .map(r -> ", " + TextFormat.percent(r) + " succeeded")
                        .orElse("");
    }

    private String states() {
        return stats.states().entrySet().stream()
                .sorted(Comparator.comparingInt(e -> -e.getValue()))
                .map(e -> e.getValue() + " " + e.getKey().label())
                .collect(Collectors.joining(", "));
    }

    private static void table(List<Block> blocks, List<String> header, List<List<String>> rows) {
        if (!rows.isEmpty()) {
            blocks.add(new Block.Table(header, rows));
        }
    }

    private List<List<String>> trend() {
        var days = stats.trend();
        return days.subList(Math.max(0, days.size() - DAYS), days.size()).stream()
                .map(d -> List.of(DAY.format(d.day()), Integer.toString(d.runs()), Integer.toString(d.bad())))
                .toList();
    }

    private List<List<String>> failures() {
        return stats.failures().stream()
                .limit(ROWS)
                .map(f -> List.of(
                        UntrustedText.line(f.playbook() + ": " + (f.message().isBlank() ? f.task() : f.message()), 60),
                        Integer.toString(f.runs()),
                        Integer.toString(f.hosts()),
                        f.last().toString()))
                .toList();
    }

    private List<List<String>> tasks() {
        return stats.tasks().stream()
                .limit(ROWS)
                .map(t -> List.of(
                        UntrustedText.line(t.playbook() + ": " + t.task(), 60),
                        runs(t.runs()),
                        Integer.toString(t.hosts())))
                .toList();
    }

    private static String runs(int n) {
        return n + (n == 1 ? " run" : " runs");
    }

    private List<List<String>> flaky() {
        return stats.flaky().stream()
                .limit(ROWS)
                .map(h -> List.of(
                        h.host() + " (" + h.environment() + ")",
                        h.bad() + " of " + h.runs(),
                        h.flips() + (h.flips() == 1 ? " time" : " times")))
                .toList();
    }

    private List<List<String>> people() {
        return stats.people().stream()
                .limit(ROWS)
                .map(p -> List.of(names.apply(p.person()), Integer.toString(p.runs()), Integer.toString(p.bad())))
                .toList();
    }

    private void cost(List<Block> blocks) {
        var spent = stats.spent();
        if (spent.measured() == 0) {
            return;
        }
        blocks.add(new Block.Line(
                "Cost of " + TextFormat.count(spent.measured(), "run") + ": " + TextFormat.duration(spent.cpu())
                        + " CPU time on this machine ("
                        + TextFormat.shortDuration(spent.cpu().dividedBy(spent.measured())) + " per run), "
                        + TextFormat.duration(spent.hostTime()) + " host-time, largest process "
                        + TextFormat.size(spent.peakBytes())));
    }

    /** {@code in the last 7 days}. */
    static String days(Duration period) {
        long days = Math.max(1, (period.toHours() + 23) / 24);
        return days == 1 ? "today (UTC)" : "in the last " + days + " days";
    }
}
