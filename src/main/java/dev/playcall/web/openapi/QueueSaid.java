package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.Shape.field;
import static dev.playcall.web.openapi.Shape.list;
import static dev.playcall.web.openapi.Shape.maybe;
import static dev.playcall.web.openapi.Shape.named;
import static dev.playcall.web.openapi.Shape.object;
import static dev.playcall.web.openapi.Shape.text;
import static dev.playcall.web.openapi.Shape.time;

/** What is said of the queue. */
public final class QueueSaid {
    public static final Operation TIMES = Operation.of("What a line of cron means, and the next times it is due")
            .needs("cron", text(), "minute hour day month weekday, as in 30 2 * * mon-fri")
            .query("timezone", text(), "the one of the configuration when left out: Europe/Berlin")
            .query("environment", text(), "whose freezes are told")
            .answers(
                    200,
                    "The times",
                    object(
                            field("words", text()),
                            field("timezone", text()),
                            field(
                                    "next",
                                    list(object(
                                            field("time", time()),
                                            field("frozen", text().orNull().says("why nothing is started then")))))));

    public static final Operation QUEUE = Operation.of("What works and what waits")
            .answers(
                    200,
                    "Queue",
                    object(field("running", list(named("AwaitedRun"))), field("waiting", list(named("AwaitedRun")))))
            .polled();

    public static final Operation QUEUE_PAUSE = Operation.of(
                    "Let nothing of this begin: queue, an environment or a playbook")
            .maybeBody(object(maybe("what", text()), maybe("reason", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final Operation QUEUE_RESUME = Operation.of("Let it go on")
            .maybeBody(object(maybe("what", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final Operation QUEUE_DRAIN = Operation.of("Take no new runs")
            .maybeBody(object(maybe("reason", text())).only())
            .answers(200, "Done", object(field("message", text())));

    public static final Operation QUEUE_CANCEL = Operation.of("Cancel everything that waits and may be cancelled")
            .answers(200, "Done", object(field("message", text())));

    private QueueSaid() {}
}
