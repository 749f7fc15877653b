package dev.playcall.web;

import dev.playcall.command.Reply;
import dev.playcall.domain.RunState;

/** What the desk said, as a page tells it. */
record Replied(int status, String text) {

    static Replied of(Reply reply) {
        return switch (reply) {
            case Reply.Done(var message) -> new Replied(200, message);
            case Reply.Told told -> new Replied(200, told.message());
            case Reply.Scheduled(var _, var message) -> new Replied(201, message);
            case Reply.Accepted(var run) ->
                new Replied(
                        201,
                        "Asked for as " + run.id()
                                + (run.state() == RunState.AWAITING_APPROVAL ? ", it waits for approval." : "."));
            case Reply.Again(var run) -> new Replied(200, run.id() + " is that run; it was asked for already.");
            case Reply.Batched(var batch, var runs, var _) ->
                new Replied(201, "Asked for as batch " + batch.id() + " of " + runs.size() + " runs.");
            case Reply.Invalid invalid -> new Replied(422, invalid.line());
            case Reply.NotFound(var message) -> new Replied(404, message);
            case Reply.Denied denied -> new Replied(403, denied.line());
            case Reply.TooMany(var message, var _) -> new Replied(429, message);
            case Reply.Unavailable(var message) -> new Replied(503, message);
            case Reply.Taken(var message) -> new Replied(409, message);
            case Reply.TooLate(var _, var message) -> new Replied(409, message);
        };
    }

    boolean isGood() {
        return status < 400;
    }
}
