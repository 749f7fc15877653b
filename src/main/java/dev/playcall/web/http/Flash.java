package dev.playcall.web.http;

import dev.playcall.domain.Truncate;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What is said once on the next page, after a form was sent and the browser was led on. */
public final class Flash {
    private static final int LONGEST = 700;
    private static final String GOOD = "+";
    private static final String BAD = "-";

    private final Cookies cookies;

    public Flash(Cookies cookies) {
        this.cookies = cookies;
    }

    /** @param good whether what was requested happened */
    public record Note(boolean good, String text) {}

    public void set(Context ctx, boolean good, String text) {
        var shown = Truncate.of(text, LONGEST);
        var bytes = ((good ? GOOD : BAD) + shown).getBytes(StandardCharsets.UTF_8);
        cookies.message(ctx, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public void set(Context ctx, Results results) {
        set(ctx, results.isGood(), results.text());
    }

    /** It is not said a second time. */
    public Optional<Note> take(Context ctx) {
        return cookies.message(ctx).flatMap(kept -> {
            cookies.forgetFlash(ctx);
            return read(kept);
        });
    }

    private static Optional<Note> read(String kept) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(kept), StandardCharsets.UTF_8);
            return text.length() < 2
                    ? Optional.empty()
                    : Optional.of(new Note(text.startsWith(GOOD), text.substring(1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not from us
        }
    }
}
