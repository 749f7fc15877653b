package dev.playcall.web.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fields of a form that a page sent. */
public final class Forms {
    private static final String WITH_FILES = "multipart/form-data";
    private static final Pattern TAKES_FILES = Pattern.compile("/inventory/[^/]+/import");
    private static final int LARGEST = 1 << 20;

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

    /** The text of a file that was chosen; empty where none was. */
    public static Optional<String> file(Context ctx, String name) {
        if (!isForm(ctx) || !MediaType.of(ctx).is(WITH_FILES)) {
            return Optional.empty();
        }
        var file = Optional.ofNullable(ctx.uploadedFile(name)).filter(f -> f.size() > 0);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (var in = file.get().content()) {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw ProblemException.badRequest(name, "the file must be text in UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isForm(Context ctx) {
        var type = MediaType.of(ctx);
        boolean hasFiles =
                type.is(WITH_FILES) && TAKES_FILES.matcher(ctx.path()).matches();
        if (!type.is("application/x-www-form-urlencoded") && !hasFiles) {
            return false;
        }
        type.refuseOtherCharsets();
        if (hasFiles) {
            refuseUnreadable(ctx);
        }
        return true;
    }

    /** Javalin throws what Jetty says of a form with files that is too large or broken, and does not declare it. */
    private static void refuseUnreadable(Context ctx) {
        if (ctx.contentLength() > LARGEST) {
            throw new ProblemException(413, "the form is larger than 1 MB, which is the limit here", Optional.empty());
        }
        try {
            ctx.formParamMap();
        } catch (Exception e) {
            throw new ProblemException(400, "the form cannot be read, or is larger than 1 MB", Optional.empty());
        }
    }
}
