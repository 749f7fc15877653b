package dev.playcall.web.http;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request says its body is.
 *
 * @param name in lower case, empty when nothing is said
 * @param charset as it is said
 */
public record MediaType(String name, Optional<String> charset) {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^;\"]*)\"?", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_SHOWN = 40;

    /** The header as it came: a charset that Java does not know is no reason for Jetty's exception. */
    public static MediaType of(Context ctx) {
        var header = Optional.ofNullable(ctx.header("Content-Type")).orElse("");
        var charset = CHARSET.matcher(header);
        return new MediaType(
                header.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT),
                charset.find() ? Optional.of(charset.group(1).strip()) : Optional.empty());
    }

    public boolean is(String other) {
        return name.equals(other);
    }

    /** Everything is read as UTF-8, whatever it says: what is in another charset would be read wrongly. */
    public void refuseOtherCharsets() {
        var other = charset.filter(c -> !c.equalsIgnoreCase("utf-8") && !c.equalsIgnoreCase("utf8"));
        if (other.isPresent()) {
            var shown = other.get().substring(0, Math.min(other.get().length(), LONGEST_SHOWN));
            throw new ProblemException(415, "the body must be in UTF-8, not in \"" + shown + "\"", Optional.empty());
        }
    }
}
