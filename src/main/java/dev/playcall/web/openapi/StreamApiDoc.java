package dev.playcall.web.openapi;

import static dev.playcall.web.openapi.JsonSchema.field;
import static dev.playcall.web.openapi.JsonSchema.flag;
import static dev.playcall.web.openapi.JsonSchema.integer;
import static dev.playcall.web.openapi.JsonSchema.list;
import static dev.playcall.web.openapi.JsonSchema.object;
import static dev.playcall.web.openapi.JsonSchema.text;

/** What is said of logs and of what is followed live. */
public final class StreamApiDoc {
    public static final ApiOperation RUN_LOG = ApiOperation.of("A piece of the log")
            .query("offset", integer().least(0), "first byte")
            .query("limit", integer().least(1).most(1048576), "at most so many bytes")
            .query("tail", integer().least(0).most(10000), "the last lines instead")
            .answers(200, "At most 1 MiB")
            .as("text/plain", text())
            .sends("X-Offset", integer(), "where this piece begins")
            .sends("X-Next-Offset", integer(), "where the next one begins")
            .sends("X-Log-Complete", flag(), "whether nothing can follow");

    public static final ApiOperation RUN_EVENTS = ApiOperation.of(
                    "Everything that happened to the run, then live, until it ends")
            .says("Server-sent events. Each entry of the journal is an event named after what happened (requested,"
                    + " approved, rejected, outlined, voided, stopped, expired, prepared, started, adopted,"
                    + " cancel_requested, paused, resumed, finished) with its number as id; run holds the run as"
                    + " it is now, end is the last one.")
            .header("Last-Event-ID", integer(), "the id of the last event one has: what follows it is sent")
            .answers(200, "Events")
            .as("text/event-stream", text());

    public static final ApiOperation RUN_STREAM = ApiOperation.of(
                    "The run over a WebSocket: its log and its events from the start, then live")
            .says("Each message is a JSON object with a type: \"event\" (an entry of the journal), \"run\" (the run"
                    + " as it is now), \"log\" (text with offset and next_offset) and \"end\", after which it is"
                    + " closed with 1000. Asked for without an upgrade it answers 426.")
            .query("offset", integer().least(0), "first byte of the log")
            .answers(101, "Switching protocols");

    public static final ApiOperation RUN_CARD = ApiOperation.of("What a terminal shows of a run")
            .query("width", integer().least(20).most(400), "columns")
            .query("colour", flag(), "with ANSI colours")
            .answers(
                    200,
                    "Card",
                    object(
                            field(
                                    "messages",
                                    list(object(
                                            field(
                                                    "key",
                                                    text().says("stays the same while the text of the message"
                                                            + " changes")),
                                            field("text", text())))),
                            field("status", text()),
                            field("final", flag().says("nothing will be added or changed"))))
            .polled();

    public static final ApiOperation EVENTS = ApiOperation.of("An event named change whenever any run changed")
            .answers(200, "Events")
            .as("text/event-stream", text());

    public static final ApiOperation RUN_LOG_LINES = ApiOperation.of("Some lines of the log, complete ones only")
            .query("from", integer().least(0), "number of the first line; the last lines when it is left out or 0")
            .query("limit", integer().least(1).most(2000).otherwise(500), "at most so many lines")
            .answers(200, "The lines")
            .as("text/plain", text())
            .sends("X-First-Line", integer(), "")
            .sends("X-Lines", integer(), "")
            .sends("X-Total-Lines", integer(), "")
            .sends("X-Offset", integer(), "")
            .sends("X-Next-Offset", integer(), "");

    public static final ApiOperation RUN_LOG_SEARCH = ApiOperation.of(
                    "Lines of the log with a text in them, whatever its case")
            .needs("q", text().characters(1, 200), "the text")
            .query("from", integer().least(1).otherwise(1), "number of the first line to look at")
            .query("limit", integer().least(1).most(1000).otherwise(1000), "maximum number")
            .answers(
                    200,
                    "What was found",
                    object(
                            field("matches", list(object(field("line", integer()), field("text", text())))),
                            field("total_lines", integer()),
                            field("more", flag().says("whether there may be more after the last one"))));

    private StreamApiDoc() {}
}
