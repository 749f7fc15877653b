package dev.playcall.domain.name;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who asked, as {@code platform:id}: {@code slack:U0123}, {@code console:root}, {@code token:ci}. */
public record Person(String value) {
    public Person {
        if (value.indexOf(':') < 1 || value.length() > 200) {
            throw new IllegalArgumentException("\"" + value + "\" is not a person (platform:id)");
        }
    }

    /** The id without its platform. */
    public String id() {
        return value.substring(value.indexOf(':') + 1);
    }

    /** What people read where nobody has given another name: {@code anna}, {@code schedule 2}. */
    public String name() {
        return value.startsWith("schedule:") ? "schedule " + id() : id();
    }

    /**
     * How a text names this person: the id alone where it is a name, otherwise {@code platform:id}, which
     * {@link dev.playcall.domain.PersonNames} replaces where the text is shown.
     */
    public String inText() {
        return value.startsWith("web:") || value.startsWith("console:") || value.startsWith("token:") ? id() : value;
    }

    /** A text in which this person stands by this name: {@code cancelled by bob} for {@code cancelled by console:bob}. */
    public String namedIn(String text, String name) {
        return text.contains(value)
                ? text.replaceAll("(?<![\\w:])" + Pattern.quote(value) + "(?![\\w@])", Matcher.quoteReplacement(name))
                : text;
    }

    @Override
    public String toString() {
        return value;
    }
}
