package dev.playcall.security.identity;

import java.time.Duration;

/** What came of a name and a password. */
public sealed interface Login {
    /**
     * @param credential what the browser has to keep
     * @param browser what it should keep for the next login, see {@link KnownBrowser}
     */
    record In(Session session, Credential credential, Credential browser) implements Login {}

    record Wrong() implements Login, Answer {}

    /** Too many were wrong before; this one was not looked at. */
    record TooSoon(Duration pause) implements Login, Answer {}

    /** Whether a name and a password belong together, where nobody logs in. */
    sealed interface Answer permits Known, Wrong, TooSoon {}

    record Known(Account account) implements Answer {}
}
