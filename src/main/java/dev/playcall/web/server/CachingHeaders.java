package dev.playcall.web.server;

import dev.playcall.command.Allowances;
import dev.playcall.web.http.Api;
import dev.playcall.web.http.EntityTag;
import dev.playcall.web.openapi.OpenApiDocument.ApiOperation;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.http.Context;
import java.util.Optional;

/** What an answer says besides its text: whether it changed since it was asked for, and how much more one may ask for. */
final class CachingHeaders {
    private Allowances allowances = _ -> Optional.empty();

    void count(Allowances counted) {
        allowances = counted;
    }

    /** Everything else of the answer is there. */
    void add(Context ctx) {
        Api.operation(ctx).filter(ApiOperation::limited).ifPresent(_ -> rates(ctx));
        Api.operation(ctx)
                .filter(ApiOperation::polled)
                .filter(_ -> ctx.statusCode() == 200)
                .ifPresent(_ -> tag(ctx));
    }

    private void rates(Context ctx) {
        SecurityFilter.callerOf(ctx)
                .flatMap(v -> allowances.left(v.person()))
                .ifPresent(left -> ctx.header("RateLimit-Limit", Integer.toString(left.most()))
                        .header("RateLimit-Remaining", Long.toString(left.left()))
                        .header(
                                "RateLimit-Reset",
                                Long.toString(left.more().plusMillis(999).toSeconds())));
    }

    /** The gateway makes the same answer again; what is spared is the line to whoever asks once a second. */
    private static void tag(Context ctx) {
        ctx.header("ETag", EntityTag.of(ctx)).header("Cache-Control", "private, no-cache");
        if (EntityTag.isSeen(ctx)) {
            ctx.status(304).result("");
        }
    }
}
