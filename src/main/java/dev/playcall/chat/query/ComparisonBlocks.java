package dev.playcall.chat.query;

import dev.playcall.chat.card.RunCard;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.journal.Comparison;
import dev.playcall.journal.Comparison.Pair;
import dev.playcall.journal.Comparison.Source;
import dev.playcall.journal.History.RunCost;
import dev.playcall.journal.RunArtifacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Shows what is different between two runs: what was asked first, then the playbook, hosts and tasks. */
record ComparisonBlocks(Comparison compared, Instant now) {
    private static final int ROWS = 15;
    private static final int LINES = 40;

    Message message() {
        var blocks = new ArrayList<Block>();
        var a = compared.first();
        var b = compared.second();
        blocks.add(new Block.Title(RunCard.tone(b.state()), "From " + a.id() + " to " + b.id()));
        blocks.add(new Block.Line(a.id() + " " + ended(a, compared.firstCost())));
        blocks.add(new Block.Line(b.id() + " " + ended(b, compared.secondCost())));
        request(blocks);
        playbook(blocks);
        table(blocks, "Host", compared.hosts(), ComparisonBlocks::host, "No host has a different result.");
        if (compared.tasksKnown()) {
            table(blocks, "Task", compared.tasks(), ComparisonBlocks::task, "No task has a different result.");
        } else {
            blocks.add(new Block.Line("There are no task results of both runs to compare."));
        }
        return new Message(blocks);
    }

    private String ended(Run run, RunCost runCost) {
        return RunCard.what(run) + ", " + run.state().label()
                + run.duration(now).map(d -> ", took " + TextFormat.duration(d)).orElse("")
                + runCost.cpu()
                        .map(c -> ", " + TextFormat.duration(c) + " of CPU")
                        .orElse("");
    }

    private void request(List<Block> blocks) {
        if (compared.request().isEmpty()) {
            blocks.add(new Block.Line("Both runs have the same parameters."));
            return;
        }
        blocks.add(new Block.Table(
                List.of(
                        "Asked",
                        compared.first().id().toString(),
                        compared.second().id().toString()),
                compared.request().stream()
                        .map(d -> List.of(d.what(), shown(d.first()), shown(d.second())))
                        .toList()));
    }

    private static String shown(String value) {
        return value.isEmpty() ? "–" : value;
    }

    private void playbook(List<Block> blocks) {
        switch (compared.playbook()) {
            case Source.Same() -> blocks.add(new Block.Line("The playbook is the same (roles are not compared)."));
            case Source.Unknown(var why) -> blocks.add(new Block.Line("The playbook: unknown, " + why + "."));
            case Source.Changed(var lines) -> {
                blocks.add(new Block.Code(String.join("\n", lines.subList(0, Math.min(LINES, lines.size())))));
                if (lines.size() > LINES) {
                    blocks.add(new Block.Line((lines.size() - LINES) + " more lines differ."));
                }
            }
        }
    }

    private <T> void table(
            List<Block> blocks, String what, List<Pair<T>> pairs, Function<T, String> text, String none) {
        if (pairs.isEmpty()) {
            blocks.add(new Block.Line(none));
            return;
        }
        blocks.add(new Block.Table(
                List.of(
                        what,
                        compared.first().id().toString(),
                        compared.second().id().toString()),
                pairs.stream()
                        .limit(ROWS)
                        .map(p -> List.of(p.name(), cell(p.first(), text), cell(p.second(), text)))
                        .toList()));
        if (pairs.size() > ROWS) {
            blocks.add(new Block.Line("and " + (pairs.size() - ROWS) + " more"));
        }
    }

    private static <T> String cell(Optional<T> value, Function<T, String> text) {
        return value.map(text).orElse("–");
    }

    private static String host(HostResult host) {
        return host.outcome().word() + host.failedTask().map(t -> ": " + t).orElse("");
    }

    private static String task(RunArtifacts.Task task) {
        var text = new StringBuilder(task.ok() + " ok");
        append(text, task.changed(), "changed");
        append(text, task.failed(), "failed");
        append(text, task.skipped(), "skipped");
        return text.append(" in ").append(TextFormat.shortDuration(task.took())).toString();
    }

    private static void append(StringBuilder text, int n, String what) {
        if (n > 0) {
            text.append(", ").append(n).append(' ').append(what);
        }
    }
}
