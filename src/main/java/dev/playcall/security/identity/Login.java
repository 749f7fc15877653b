package dev.playcall.security.identity;

import java.time.Duration;

/** What came of a name and a password. */
public sealed interface Login {
    /** @param credential what the browser has to keep */
    record In(Session session, Credential credential) implements Login {}

    record Wrong() implements Login, Answer {}

    /** Too many were wrong before; this one was not looked at. */
    record TooSoon(Duration pause) implements Login, Answer {}

    /** Whether a name and a password belong together, where nobody logs in. */
    sealed interface Answer permits Known, Wrong, TooSoon {}

    record Known(Account account) implements Answer {}
}
