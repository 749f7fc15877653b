package dev.playcall.domain.name;

import java.util.regex.Pattern;

/** What environments, playbooks and operations may be called, so that a name is never a path or an option. */
final class NameRules {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private NameRules() {}

    static boolean isValid(String text) {
        return NAME.matcher(text).matches();
    }

    static void require(String what, String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a name for " + what + " (letters, digits, . _ - ; at most 64)");
        }
    }
}
