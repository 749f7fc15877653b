package dev.playcall.web.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** What stands for a text (ETag): who has it already is not sent it again, and who replaces it says which one they saw. */
public final class EntityTag {
    private static final int LONG_ENOUGH = 16;

    private EntityTag() {}

    /** Of the answer as it stands now, in quotes. */
    public static String of(Context ctx) {
        return '"' + digest(Optional.ofNullable(ctx.result()).orElse("")) + '"';
    }

    /** Whether the client has said that it has the answer as it stands now ({@code If-None-Match}). */
    public static boolean isSeen(Context ctx) {
        var seen = Optional.ofNullable(ctx.header("If-None-Match")).orElse("");
        return !seen.isEmpty()
                && Arrays.stream(seen.split(",", -1))
                        .map(t -> t.strip().replaceFirst("^W/", ""))
                        .anyMatch(of(ctx)::equals);
    }

    /**
     * What a writer saw of what they replace ({@code If-Match}), without quotes.
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

    private static String digest(String text) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LONG_ENOUGH * 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
