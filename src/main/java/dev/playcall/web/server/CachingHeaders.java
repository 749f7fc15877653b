package dev.playcall.web.server;

import dev.playcall.command.Allowances;
import dev.playcall.web.http.Api;
import dev.playcall.web.openapi.OpenApiDocument.ApiOperation;
import dev.playcall.web.security.SecurityFilter;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** What an answer says besides its text: whether it changed since it was asked for, and how much more one may ask for. */
final class CachingHeaders {
    private static final int LONG_ENOUGH = 16;

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
        var text = Optional.ofNullable(ctx.result()).orElse("");
        var tag = '"' + digest(text) + '"';
        ctx.header("ETag", tag).header("Cache-Control", "private, no-cache");
        var seen = Optional.ofNullable(ctx.header("If-None-Match")).orElse("");
        if (java.util.Arrays.stream(seen.split(",", -1))
                .map(t -> t.strip().replaceFirst("^W/", ""))
                .anyMatch(tag::equals)) {
            ctx.status(304).result("");
        }
    }

    private static String digest(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LONG_ENOUGH * 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
