package dev.playcall.web.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Fields of a form that a page sent. */
public final class Forms {
    private Forms() {}

    public static Optional<String> text(Context ctx, String name) {
        return isForm(ctx) ? Optional.ofNullable(ctx.formParam(name)) : Optional.empty();
    }

    public static List<String> texts(Context ctx, String name) {
        return isForm(ctx) ? ctx.formParams(name) : List.of();
    }

    public static Map<String, List<String>> all(Context ctx) {
        return isForm(ctx) ? ctx.formParamMap() : Map.of();
    }

    private static boolean isForm(Context ctx) {
        var type = MediaType.of(ctx);
        if (!type.is("application/x-www-form-urlencoded")) {
            return false;
        }
        type.refuseOtherCharsets();
        return true;
    }
}
