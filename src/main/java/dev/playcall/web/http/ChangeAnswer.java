package dev.playcall.web.http;

import dev.playcall.command.Reply;
import io.javalin.http.Context;
import java.util.Optional;

/** What came of a change that is no run, as JSON or as a problem. */
public final class ChangeAnswer {
    private ChangeAnswer() {}

    /**
     * @param good the status of a change that was made
     * @param taken the status when somebody else was first
     */
    public static void send(Context ctx, Reply reply, int good, int taken) {
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
            case Reply.TooLate(var _, var message) -> throw new ProblemException(409, message, Optional.empty());
            case Reply.Accepted _, Reply.Duplicate _, Reply.Scheduled _, Reply.Batched _, Reply.Detailed _ ->
                throw new IllegalStateException("a change is not a run: " + reply);
        }
    }
}
