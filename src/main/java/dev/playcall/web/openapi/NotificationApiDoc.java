package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.map;
import static dev.playcall.web.openapi.JsonSchema.maybe;
import static dev.playcall.web.openapi.JsonSchema.named;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;
import static dev.playcall.web.openapi.JsonSchema.time;
import static dev.playcall.web.openapi.JsonSchema.words;

/** What is said of notifications, alerts and mutes. */
public final class NotificationApiDoc {
    public static final ApiOperation DELIVERIES = ApiOperation.of("Notification deliveries, newest first")
            .query("state", words("due", "sending", "done", "dead"), "")
            .query("receiver", text(), "")
            .query("run", JsonSchema.id(), "only deliveries about this run")
            .paged(200)
            .answers(
                    200,
                    "A page of deliveries",
                    object(
                            field("deliveries", list(named("Delivery"))),
                            field("next_cursor", integer().orNull()),
                            field("counts", map(integer())),
                            field("spared", map(time())),
                            field(
                                    "held",
                                    list(object(
                                                    field("receiver", text()),
                                                    field("route", text()),
                                                    field("messages", integer()),
                                                    field("why", words("quiet", "storm", "more", "interval")),
                                                    field("until", time())))
                                            .says("pending notifications, with the reason")),
                            field(
                                    "paced",
                                    list(text())
                                            .says("receivers that had as much as their rate allows, while something"
                                                    + " waits"))))
            .polled();

    public static final ApiOperation DELIVERY =
            ApiOperation.of("One delivery").answers(200, "The delivery with every attempt", named("Delivery"));

    public static final ApiOperation DELIVERY_REDELIVER = ApiOperation.of("Redeliver")
            .answers(200, "The delivery with every attempt", object(field("message", text())));

    public static final ApiOperation ALERTS = ApiOperation.of("Open alerts, newest first")
            .paged(200)
            .answers(
                    200,
                    "Open alerts",
                    object(
                            field("next_cursor", integer().orNull()),
                            field("total", integer().says("total number of open alerts")),
                            field(
                                    "alerts",
                                    list(object(
                                            field("id", integer()),
                                            field("severity", text()),
                                            field("title", text()),
                                            field("text", text()),
                                            field("since", time()),
                                            field("times", integer()),
                                            field("acknowledged_by", text().orNull()),
                                            field("labels", map(text())),
                                            field("notes", list(text())),
                                            field(
                                                    "offers",
                                                    list(object(field("id", integer()), field("label", text())))))))))
            .polled();

    public static final ApiOperation ALERT_ACK =
            ApiOperation.of("Acknowledge an alert").answers(200, "Done", object(field("message", text())));

    public static final ApiOperation ALERT_RESOLVE = ApiOperation.of(
                    "End an alert that its source does not end; it opens again when its source reports it again")
            .body(object(field("reason", text().says("why, up to 300 characters")))
                    .only())
            .answers(200, "Done", object(field("message", text())));

    public static final ApiOperation OFFER_ACT = ApiOperation.of("Run an action of an alert")
            .answers(201, "The started run", object(field("run", integer())))
            .limited();

    public static final ApiOperation MUTES = ApiOperation.of("Active mutes")
            .answers(
                    200,
                    "Active mutes",
                    object(field(
                            "mutes",
                            list(object(
                                    field("id", integer()),
                                    field("reason", text()),
                                    field("by", text()),
                                    field("at", time()),
                                    field("hidden", integer()),
                                    field("until", time().orNull()),
                                    field("matchers", list(text())))))))
            .polled();

    public static final ApiOperation ADD_MUTE = ApiOperation.of("Mute notifications for a time")
            .body(object(
                            maybe("what", text().says("an environment, an operation, or conditions as in routes")),
                            maybe("matchers", list(text())),
                            maybe("reason", text()),
                            maybe("for", text().says("30m, 2h, 1d; default 2h")))
                    .only())
            .answers(201, "Muted", object(field("message", text())));

    public static final ApiOperation DROP_MUTE =
            ApiOperation.of("End a mute").answers(200, "Done", object(field("message", text())));

    public static final ApiOperation RECEIVER_TEST = ApiOperation.of("Send a test message to a receiver or a route")
            .answers(200, "Done", object(field("message", text())));

    public static final ApiOperation DELIVERY_REDELIVER_DEAD =
            ApiOperation.of("Redeliver all dead deliveries").answers(200, "Done", object(field("message", text())));

    private NotificationApiDoc() {}
}
