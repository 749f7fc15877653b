package dev.playcall.chat.card;

import dev.playcall.chat.message.Message.Block;
import dev.playcall.chat.message.UntrustedText;
import dev.playcall.domain.Pause;
import dev.playcall.domain.Run;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.QueueForecast.Forecast.Estimate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How far a running run is: its hosts, its task, and how long it will take. */
record ProgressBlocks(Run run, Optional<Estimate> expected, Instant now, Function<Person, String> names) {

    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        var p = run.progress();
        blocks.add(new Block.Bar(p.results(), p.expected()));
        if (p.hosts() > 0) {
            blocks.add(new Block.Line(RunCard.counts(p, List.of(), false)));
        }
        if (!p.task().isEmpty()) {
            blocks.add(new Block.Line("now: " + UntrustedText.line(p.task(), 120)));
        }
        if (run.paused().isPresent()) {
            blocks.add(new Block.Line(paused(run.paused().get())));
            return blocks;
        }
        var elapsed = run.activeTime(now);
        var left = expected.map(e -> left(e, elapsed)).orElse("time left unknown: no successful run of this kind yet");
        blocks.add(new Block.Line(TextFormat.duration(elapsed) + " elapsed" + pausedTime() + ", " + left));
        run.cancelledBy().ifPresent(by -> blocks.add(new Block.Line("cancelling, requested by " + names.apply(by))));
        return blocks;
    }

    private String pausedTime() {
        return run.pausedTotal().toSeconds() > 0 ? " and " + TextFormat.duration(run.pausedTotal()) + " paused" : "";
    }

    private String paused(Pause pause) {
        return "paused by " + names.apply(pause.by()) + " since " + TextFormat.duration(pause.at(now))
                + (pause.reason().isEmpty() ? "" : ": " + UntrustedText.line(pause.reason(), 300))
                + "; its timeout is stopped, and it keeps the lock "
                + run.request().lock() + ". " + RunCard.STAYS;
    }

    private static String left(Estimate usual, Duration elapsed) {
        var median = usual.median().minus(elapsed);
        var most = usual.p90().map(p -> p.minus(elapsed));
        if (!median.isNegative()) {
            return "about " + TextFormat.duration(median) + " left"
                    + most.map(m -> ", usually less than " + TextFormat.duration(m))
                            .orElse("");
        }
        return most.filter(m -> !m.isNegative()).isPresent()
                ? "longer than most runs, usually less than " + TextFormat.duration(most.get()) + " left"
                : "longer than usual";
    }
}
