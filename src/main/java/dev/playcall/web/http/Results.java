package dev.playcall.web.http;

import dev.playcall.command.Reply;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;

/** What the command handler said, as a page tells it. */
public record Results(int status, String text) {

    public static Results of(Reply reply) {
        return switch (reply) {
            case Reply.Done(var message) -> new Results(200, message);
            case Reply.Detailed detailed -> new Results(200, detailed.message());
            case Reply.Scheduled(var _, var message) -> new Results(201, message);
            case Reply.Accepted(var run) -> new Results(201, queued(run));
            case Reply.Duplicate(var run) -> new Results(200, run.id() + " is this run; it was already requested.");
            case Reply.Batched(var batch, var runs, var _) ->
                new Results(201, "Queued as batch " + batch.id() + " of " + runs.size() + " runs.");
            case Reply.Invalid invalid -> new Results(422, invalid.line());
            case Reply.NotFound(var message) -> new Results(404, message);
            case Reply.Denied denied -> new Results(403, denied.line());
            case Reply.TooMany(var message, var _) -> new Results(429, message);
            case Reply.Unavailable(var message) -> new Results(503, message);
            case Reply.Conflict(var message) -> new Results(409, message);
            case Reply.TooLate(var _, var message) -> new Results(409, message);
        };
    }

    private static String queued(Run run) {
        return "Queued as " + run.id() + (run.state() == RunState.AWAITING_APPROVAL ? ", awaiting approval." : ".");
    }

    public boolean isGood() {
        return status < 400;
    }
}
