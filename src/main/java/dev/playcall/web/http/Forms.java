package dev.playcall.web.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** Fields of a form that a page sent. */
public final class Forms {
    private static final String KIND = "application/x-www-form-urlencoded";

    private Forms() {}

    public static Optional<String> text(Context ctx, String name) {
        var kind = ctx.contentType();
        return kind != null && kind.startsWith(KIND) ? Optional.ofNullable(ctx.formParam(name)) : Optional.empty();
    }

    public static List<String> texts(Context ctx, String name) {
        return ctx.formParams(name);
    }
}
