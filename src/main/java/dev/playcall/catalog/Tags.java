package dev.playcall.catalog;

import dev.playcall.catalog.variable.Sanitized;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which tags may be asked for: names, and nothing that could be read as an option. */
public final class Tags {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}");
    private static final int MOST = 50;

    private Tags() {}

    /** What is wrong with these tags, if anything. */
    public static Optional<String> check(List<String> tags) {
        if (tags.size() > MOST) {
            return Optional.of(tags.size() + " tags are more than the " + MOST + " that are taken");
        }
        return tags.stream()
                .filter(t -> !TAG.matcher(t).matches())
                .findFirst()
                .map(t -> "\"" + Sanitized.of(t, 60) + "\" is not a tag (letters, digits and . _ : - only)");
    }
}
