package dev.playcall.web.stream;

import dev.playcall.domain.Batch;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.EntityTag;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Params;
import dev.playcall.web.http.RouteGroup;
import dev.playcall.web.http.TextConsole;
import dev.playcall.web.security.RequestAuth;
import dev.playcall.web.security.WebContext;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;

/**
 * What a terminal shows of a run. Who has seen it and waits is answered when it has changed, so that a command that follows a
 * run ends with it and does not ask all the time.
 */
final class CardRoute implements RouteGroup {
    private static final int WIDTH = 100;
    private static final int LONGEST_WAIT = 60;
    /** Of a busy run, no more often than people can read. */
    private static final Duration BETWEEN_CARDS = Duration.ofMillis(500);
    /** A card may change without the run, as when its estimate passes. */
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** The run has ended and its messages are on their way. */
    private static final Duration LAST_WORDS = Duration.ofMillis(10);

    private final TextConsole console;
    private final RunJournal journal;
    private final RequestAuth requestAuth;
    private final RunSignals signals;

    CardRoute(TextConsole console, WebContext web, RunSignals signals) {
        this.console = console;
        this.journal = web.journal();
        this.requestAuth = web.requestAuth();
        this.signals = signals;
    }

    @Override
    public void register(RoutesConfig routes) {
        new Api(routes, requestAuth::admit).get("/api/v1/runs/{id}/card", this::card);
    }

    private void card(Context ctx) throws InterruptedException {
        var run = requestAuth.run(ctx);
        var wait = Duration.ofSeconds(Params.number(ctx, "wait", 0, 0, LONGEST_WAIT));
        var watching = wait.isPositive()
                ? signals.tryWatch(requestAuth.webCaller(ctx).person(), run.id())
                : Optional.<RunSignals.Watch>empty();
        // Where there are too many already, nobody waits here: they ask again.
        if (watching.isEmpty()) {
            send(ctx, run);
            return;
        }
        try (var watch = watching.get()) {
            sendNext(ctx, run, watch, wait);
        }
    }

    /** Sends a card that is not the one they have, or that one when nothing has changed for so long. */
    private void sendNext(Context ctx, Run run, RunSignals.Watch watch, Duration most) throws InterruptedException {
        long begun = System.nanoTime();
        send(ctx, run);
        while (watch.isOpen() && EntityTag.isSeen(ctx) && System.nanoTime() - begun < most.toNanos()) {
            awaitNews(run.id(), watch, begun);
            if (!requestAuth.isWelcome(requestAuth.webCaller(ctx))) {
                return;
            }
            send(ctx, run);
        }
    }

    /** Of a busy run, several at once are one; its end is not held back. */
    private void awaitNews(RunId id, RunSignals.Watch watch, long begun) throws InterruptedException {
        boolean news = watch.await(isOver(id) ? LAST_WORDS : LOOK);
        while (news && !isOver(id)) {
            var early = BETWEEN_CARDS.minusNanos(System.nanoTime() - begun);
            news = early.isPositive() && watch.await(early);
        }
    }

    private boolean isOver(RunId run) {
        return journal.read()
                .find(run)
                .map(this::state)
                .filter(s -> !s.isFinal())
                .isEmpty();
    }

    /** A batch is followed by its first run. */
    private RunState state(Run run) {
        return run.batch()
                .filter(Batch.Place::isFirst)
                .map(p -> Batch.state(journal.read().batches().runs(p.batch())))
                .orElse(run.state());
    }

    /** @param run as it was when it was asked for */
    private void send(Context ctx, Run run) {
        int width = (int) Params.number(ctx, "width", WIDTH, 20, 400);
        boolean colour = Params.text(ctx, "colour").filter("true"::equals).isPresent();
        // The state is read before the text, so that a card called final shows the end.
        var state = state(journal.read().find(run.id()).orElse(run));
        var shown = console.card(run.id(), width, colour);
        var node = JsonBodies.object().put("status", state.word());
        node.put("final", state.isFinal() && shown.filter(s -> !s.complete()).isEmpty());
        var parts = node.putArray("messages");
        shown.ifPresent(s ->
                s.parts().forEach(p -> parts.addObject().put("key", p.key()).put("text", p.text())));
        JsonBodies.send(ctx, node);
    }
}
