package dev.playcall.web.hosts;

import dev.playcall.command.Reply;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.ProblemException;
import io.javalin.http.Context;
import java.util.Optional;

/** What came of a change to an inventory, as JSON or as a problem. */
final class Answers {
    private Answers() {}

    /**
     * @param good the status of a change that was made
     * @param taken the status when somebody else was first
     */
    static void send(Context ctx, Reply reply, int good, int taken) {
        switch (reply) {
            case Reply.Done(var message) -> {
                ctx.status(good);
                JsonBodies.send(ctx, JsonBodies.object().put("message", message));
            }
            case Reply.Invalid invalid -> throw ProblemException.badRequest(invalid.field(), invalid.line());
            case Reply.NotFound(var message) -> throw ProblemException.notFound(message);
            case Reply.Denied denied -> throw new ProblemException(403, denied.line(), Optional.empty());
            case Reply.Unavailable(var message) -> throw new ProblemException(503, message, Optional.empty());
            case Reply.TooMany(var message, var _) -> throw new ProblemException(429, message, Optional.empty());
            case Reply.Conflict(var message) ->
                throw new ProblemException(
                        taken, message, taken == 412 ? Optional.of("If-Match") : Optional.<String>empty());
            case Reply other -> throw new IllegalStateException("a change to an inventory is not a run: " + other);
        }
    }
}
