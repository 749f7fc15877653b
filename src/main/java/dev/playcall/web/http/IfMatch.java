package dev.playcall.web.http;

import io.javalin.http.Context;
import java.util.Optional;

/** What a writer saw of what they replace. */
public final class IfMatch {
    private IfMatch() {}

    /**
     * The tag without quotes.
     *
     * @throws ProblemException with 428 when there is none: the work of somebody else could be written over unseen
     */
    public static String required(Context ctx) {
        var match = Optional.ofNullable(ctx.header("If-Match")).map(String::strip);
        if (match.isEmpty()) {
            throw new ProblemException(
                    428, "If-Match is required: send the ETag of the GET response", Optional.of("If-Match"));
        }
        return match.get().replaceFirst("^W/", "").replace("\"", "");
    }
}
