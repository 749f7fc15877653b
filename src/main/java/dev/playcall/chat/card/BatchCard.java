package dev.playcall.chat.card;

import dev.playcall.chat.message.Action;
import dev.playcall.chat.message.Message;
import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.Message.Button;
import dev.playcall.chat.message.Message.Weight;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The card of a batch: a line for each environment.
 *
 * @param bad hosts of a run that did not end well
 * @param next the card of the run that works or is the next one
 * @param asked the card of the first run to which people have to agree
 */
record BatchCard(
        Batch batch,
        List<Run> runs,
        Function<Run, List<String>> bad,
        Optional<RunCard> next,
        Optional<RunCard> asked,
        Instant now,
        Function<Person, String> names) {
    private static final int NAMED = 4;

    Message message() {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Title(RunCard.tone(Batch.state(runs)), headline(batch, runs)));
        blocks.add(new Block.Line(about()));
        if (!Batch.state(runs).isFinal()) {
            blocks.add(new Block.Bar(ended(), runs.size()));
        }
        blocks.add(new Block.Table(
                List.of("Run", "Environment", "Status", "Duration", "Failed hosts"),
                runs.stream().map(this::row).toList()));
        why().ifPresent(text -> blocks.add(new Block.Line(text)));
        asked.ifPresent(runCard -> {
            blocks.add(new Block.Line(where(runCard.run()) + " is awaiting approval"));
            blocks.addAll(runCard.approval());
        });
        blocks.add(new Block.Buttons(buttons()));
        return new Message(blocks);
    }

    /** {@code Batch 3 deploy v1.2.3 → 6 environments running, 2 of 6 done}. */
    static String headline(Batch batch, List<Run> runs) {
        var text = new StringBuilder("Batch " + batch.id());
        runs.stream().findFirst().ifPresent(r -> text.append(' ').append(what(r)));
        text.append(" → ").append(places(runs)).append(' ').append(word(Batch.state(runs)));
        long ended = runs.stream().filter(r -> r.state().isFinal()).count();
        if (!Batch.state(runs).isFinal()) {
            return ended == 0 ? text.toString() : text + ", " + ended + " of " + runs.size() + " ended";
        }
        return Batch.state(runs) == RunState.SUCCESS ? text.toString() : text + ": " + counts(runs);
    }

    private static String what(Run run) {
        var r = run.request();
        var playbook = r.what().map(w -> " " + UntrustedText.line(w, 80)).orElse("");
        var version = r.version().map(v -> " " + UntrustedText.line(v, 40)).orElse("");
        return r.operation() + playbook + version + (r.check() ? " check" : "");
    }

    private static String places(List<Run> runs) {
        return runs.size() <= 3
                ? runs.stream().map(r -> r.request().environment().value()).collect(Collectors.joining(", "))
                : runs.size() + " environments";
    }

    private static String counts(List<Run> runs) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        runs.forEach(r -> counts.merge(standing(r), 1, Integer::sum));
        return counts.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String standing(Run run) {
        boolean notBegun = run.state() == RunState.CANCELLED && run.startedAt().isEmpty();
        return notBegun ? "not started" : RunCard.word(run);
    }

    private static String word(RunState state) {
        return state.label();
    }

    private int ended() {
        return (int) runs.stream().filter(r -> r.state().isFinal()).count();
    }

    private String about() {
        return "by " + names.apply(batch.by())
                + (batch.onFailure() == Batch.OnFailure.STOP ? ", stops on failure" : ", continues on failure")
                + batch.retryOf().map(b -> ", retry of batch " + b).orElse("");
    }

    private static String where(Run run) {
        return run.id() + " " + run.request().environment();
    }

    private List<String> row(Run run) {
        var hosts = run.progress().failed() + run.progress().unreachable() > 0 ? bad.apply(run) : List.<String>of();
        var limit = run.request().limit();
        return List.of(
                RunCard.sign(run.state()) + " " + run.id(),
                run.request().environment() + (limit.isEmpty() ? "" : " (" + UntrustedText.line(limit, 30) + ")"),
                standing(run),
                run.duration(now).map(TextFormat::duration).orElse("–"),
                hosts.isEmpty() ? "–" : TextFormat.list(hosts, NAMED));
    }

    /** What goes on now or what it waits for; at the end why it went no further. */
    private Optional<String> why() {
        if (next.isEmpty()) {
            return runs.stream()
                    .filter(r -> r.startedAt().isEmpty() && !r.reason().isEmpty())
                    .findFirst()
                    .map(r -> UntrustedText.line(r.reason(), 300));
        }
        var runCard = next.get();
        var run = runCard.run();
        return switch (run.state()) {
            case QUEUED -> Optional.of(where(run) + ": " + runCard.queue());
            case RUNNING -> Optional.of(working(run));
            case AWAITING_APPROVAL, SUCCESS, FAILED, CANCELLED, TIMED_OUT, INTERRUPTED, REJECTED, EXPIRED ->
                Optional.empty();
        };
    }

    private String working(Run run) {
        var p = run.progress();
        var task = p.task().isEmpty() ? "" : ", now: " + UntrustedText.line(p.task(), 120);
        if (run.paused().isPresent()) {
            return where(run) + ": paused by " + names.apply(run.paused().get().by()) + " since "
                    + TextFormat.duration(run.paused().get().at(now));
        }
        return where(run) + ": " + TextFormat.duration(run.duration(now).orElse(Duration.ZERO)) + " elapsed" + task;
    }

    private List<Button> buttons() {
        var buttons = new ArrayList<Button>();
        asked.map(RunCard::run).ifPresent(r -> {
            long n = r.id().value();
            buttons.add(new Button(
                    "Approve " + r.id(), new Action(Action.Kind.APPROVE, n), "approve " + n, Weight.FIRST, ""));
            buttons.add(new Button(
                    "Reject " + r.id(), new Action(Action.Kind.REJECT, n), "reject " + n, Weight.DANGER, ""));
        });
        long b = batch.id();
        if (Batch.state(runs).isFinal()) {
            if (Batch.state(runs) != RunState.SUCCESS) {
                buttons.add(new Button(
                        "Retry failed", new Action(Action.Kind.BATCH_RETRY, b), "retry batch " + b, Weight.FIRST, ""));
            }
            return buttons;
        }
        boolean runners = runs.stream().anyMatch(r -> r.state() == RunState.RUNNING);
        if (runners && runs.stream().anyMatch(Run::isWaiting)) {
            buttons.add(Button.plain(
                    "Cancel the rest", new Action(Action.Kind.BATCH_REST, b), "cancel batch " + b + " rest"));
        }
        buttons.add(new Button(
                "Cancel all",
                new Action(Action.Kind.BATCH_CANCEL, b),
                "cancel batch " + b,
                Weight.DANGER,
                runners ? "Stop batch " + b + "? Running runs are stopped immediately." : ""));
        return buttons;
    }
}
