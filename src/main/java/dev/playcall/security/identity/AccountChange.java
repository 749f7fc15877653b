package dev.playcall.security.identity;

import java.util.Optional;

/** What came of a request to change an account or a token. */
public sealed interface AccountChange {
    /** Why nothing was changed, if nothing was. */
    default Optional<String> refusal() {
        return this instanceof Refused(var _, var why) ? Optional.of(why) : Optional.empty();
    }

    record Done() implements AccountChange {}

    /** @param field what is wrong, in the words of the API; empty when it is nothing that was written */
    record Refused(String field, String why) implements AccountChange {}
}
