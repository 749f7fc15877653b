package dev.playcall.web.runs;

import dev.playcall.domain.Timeline;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.web.pages.Differences;
import dev.playcall.web.pages.Differences.DiffRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a run did, as its page shows it: tasks in their order, and hosts beside them, those in trouble first. */
final class TimelineRows {
    private static final int COLUMNS = 24;
    private static final int STEPS = 300;
    private static final int HOSTS_NAMED = 6;

    private final Timeline timeline;
    private final List<Integer> columns;

    TimelineRows(Timeline timeline) {
        this.timeline = timeline;
        this.columns = IntStream.range(0, timeline.hosts().size())
                .boxed()
                .sorted((a, b) -> Boolean.compare(isBad(b), isBad(a)))
                .limit(COLUMNS)
                .toList();
    }

    private boolean isBad(int host) {
        return timeline.steps().stream().anyMatch(s -> isBad(letter(s, host)));
    }

    private static boolean isBad(char letter) {
        return letter == 'f' || letter == 'u';
    }

    private static char letter(Timeline.Step step, int host) {
        return host < step.results().length() ? step.results().charAt(host) : ' ';
    }

    List<String> columns() {
        return columns.stream().map(timeline.hosts()::get).toList();
    }

    int moreColumns() {
        return timeline.hosts().size() - columns.size();
    }

    /** The newest ones of very many. */
    List<StepRow> steps() {
        var all = timeline.steps();
        if (all.isEmpty()) {
            return List.of();
        }
        var begin = all.getFirst().began();
        var end = all.stream().map(Timeline.Step::last).max(Instant::compareTo).orElse(begin);
        long whole = Math.max(1, Duration.between(begin, end).toMillis());
        var rows = new ArrayList<StepRow>();
        var play = "";
        for (var step : all.subList(Math.max(0, all.size() - STEPS), all.size())) {
            rows.add(row(step, step.play().equals(play) ? "" : step.play(), begin, whole));
            play = step.play();
        }
        return rows;
    }

    RunView.Tasks view(boolean diffed) {
        return new RunView.Tasks(columns(), moreColumns(), steps(), moreSteps(), diffs(), diffed);
    }

    int moreSteps() {
        return Math.max(0, timeline.steps().size() - STEPS);
    }

    private StepRow row(Timeline.Step step, String play, Instant begin, long whole) {
        var took = Duration.between(step.began(), step.last());
        int from = (int) (Duration.between(begin, step.began()).toMillis() * 1000 / whole);
        return new StepRow(
                play,
                step.task(),
                tone(step),
                TextFormat.shortDuration(took),
                from,
                (int) Math.max(4, took.toMillis() * 1000 / whole),
                counts(step),
                columns.stream().map(h -> hostCell(step, h)).toList());
    }

    private static String tone(Timeline.Step step) {
        return step.count('f') + step.count('u') > 0
                ? "bad"
                : step.count('r') > 0 ? "busy" : step.count('c') > 0 ? "changed" : "good";
    }

    private static String counts(Timeline.Step step) {
        var text = new StringBuilder();
        RunRows.append(text, step.count('f'), "failed");
        RunRows.append(text, step.count('u'), "unreachable");
        RunRows.append(text, step.count('r'), "working");
        RunRows.append(text, step.count('i'), "ignored");
        RunRows.append(text, step.count('c'), "changed");
        RunRows.append(text, step.count('o'), "ok");
        RunRows.append(text, step.count('s'), "skipped");
        return text.toString();
    }

    private StepRow.HostCell hostCell(Timeline.Step step, int host) {
        var name = timeline.hosts().get(host);
        char letter = letter(step, host);
        return switch (letter) {
            case 'o' -> new StepRow.HostCell(name, "good", "✓", "ok", "");
            case 'c' -> new StepRow.HostCell(name, "changed", "✓", "changed", "");
            case 's' -> new StepRow.HostCell(name, "none", "–", "skipped", "");
            case 'i' -> new StepRow.HostCell(name, "wait", "!", "failed, ignored", "");
            case 'f' -> new StepRow.HostCell(name, "bad", "✗", "failed", fatal(name));
            case 'u' -> new StepRow.HostCell(name, "bad", "✗", "unreachable", fatal(name));
            case 'r' -> new StepRow.HostCell(name, "busy", "⧗", "running", "");
            default -> new StepRow.HostCell(name, "none", "", "", "");
        };
    }

    /** How Ansible begins the line; a delegated task has more before the bracket closes. */
    static String fatal(String host) {
        return "fatal: [" + host;
    }

    /** What the log says where the first failure is. */
    Optional<String> firstFailure() {
        return timeline.steps().stream()
                .flatMap(s -> IntStream.range(0, s.results().length())
                        .filter(h -> isBad(s.results().charAt(h)))
                        .mapToObj(timeline.hosts()::get))
                .findFirst()
                .map(TimelineRows::fatal);
    }

    /** Hosts on which a task changed the same are told together. */
    List<DiffRow> diffs() {
        Map<List<String>, List<String>> same = new LinkedHashMap<>();
        for (var diff : timeline.diffs()) {
            same.computeIfAbsent(List.of(diff.task(), diff.text()), _ -> new ArrayList<>())
                    .add(diff.host());
        }
        return same.entrySet().stream()
                .map(e -> new DiffRow(
                        e.getKey().getFirst(),
                        TextFormat.list(e.getValue(), HOSTS_NAMED),
                        Differences.lines(List.of(e.getKey().getLast().split("\n")))))
                .toList();
    }
}
