package dev.playcall.web.runs;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.Comparison;
import dev.playcall.journal.Comparison.Pair;
import dev.playcall.journal.Comparison.Source;
import dev.playcall.journal.RunArtifacts;
import dev.playcall.web.runs.ComparisonView.Line;
import java.util.List;
import java.util.function.Function;

/** Puts two runs beside each other. */
record ComparePage(Comparison compared, RunRows rows) {

    public ComparisonView view() {
        return new ComparisonView(
                rows.row(compared.first()),
                rows.row(compared.second()),
                compared.request().stream()
                        .map(d -> new Line(d.what(), shown(d.first()), shown(d.second())))
                        .toList(),
                playbook(),
                compared.playbook() instanceof Source.Changed(var lines) ? String.join("\n", lines) : "",
                lines(compared.hosts(), ComparePage::host),
                lines(compared.tasks(), ComparePage::task),
                compared.tasksKnown());
    }

    private static String shown(String text) {
        return text.isBlank() ? "–" : text;
    }

    private String playbook() {
        return switch (compared.playbook()) {
            case Source.Same() -> "The playbook is the same.";
            case Source.Changed _ -> "The playbook was changed between the runs:";
            case Source.Unknown(var why) -> "Unknown whether the playbook changed: " + why;
        };
    }

    private static <T> List<Line> lines(List<Pair<T>> pairs, Function<T, String> shape) {
        return pairs.stream()
                .map(p -> new Line(
                        p.name(),
                        p.first().map(shape).orElse("–"),
                        p.second().map(shape).orElse("–")))
                .toList();
    }

    private static String host(HostResult host) {
        return host.outcome().word() + host.failedTask().map(t -> ": " + t).orElse("");
    }

    private static String task(RunArtifacts.Task task) {
        var text = new StringBuilder();
        RunRows.append(text, task.failed(), "failed");
        RunRows.append(text, task.changed(), "changed");
        RunRows.append(text, task.ok(), "ok");
        RunRows.append(text, task.skipped(), "skipped");
        return text.append(" in ").append(TextFormat.shortDuration(task.took())).toString();
    }
}
