package dev.playcall.security.identity;

import dev.playcall.domain.name.Person;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Somebody who may log in to the page.
 *
 * @param admin may do everything, whatever the configuration says
 */
public record Account(String name, boolean admin, Instant created) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");
    /** How a request of nobody in particular is called while everything is open. */
    private static final String TAKEN = "local";

    public Account {
        if (!isName(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is not the name of an account");
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches() && !text.equals(TAKEN);
    }

    /** Who this is by the command handler. */
    public Person person() {
        return new Person("web:" + name);
    }
}
