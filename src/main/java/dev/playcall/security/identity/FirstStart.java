package dev.playcall.security.identity;

import dev.playcall.security.identity.Accounts.AccountChange;
import dev.playcall.security.identity.Sessions.Login;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The one-time key with which whoever sees the console makes the first account, an admin. */
public final class FirstStart {
    private static final Duration LIFE = Duration.ofHours(24);

    private final Accounts accounts;
    private final Sessions sessions;
    private final AccountStore store;
    private final Credential key;
    private final Instant ends;
    private final Clock clock;

    FirstStart(Accounts accounts, Sessions sessions, AccountStore store, SecureRandom random, Clock clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.store = store;
        this.key = Credential.random("", random);
        this.clock = clock;
        this.ends = clock.instant().plus(LIFE);
    }

    /** Belongs on the console and nowhere else. */
    public Credential key() {
        return key;
    }

    /** Whether this key still opens. */
    public boolean isOpen(String text) {
        return key.is(text) && clock.instant().isBefore(ends) && !accounts.areUsed();
    }

    /** What came of the first account. */
    public sealed interface Made {
        /** Why there is no account, if there is none. */
        default Optional<String> refusal() {
            return this instanceof Refused(var _, var why) ? Optional.of(why) : Optional.empty();
        }

        record Admin(Login.In login) implements Made {}

        record Refused(String field, String why) implements Made {}
    }

    /** Makes the admin and logs in. */
    public Made make(String text, String name, String password, String address) {
        if (!isOpen(text)) {
            return new Made.Refused("key", "this link was used or has expired; the next start prints a new one");
        }
        return switch (accounts.addFirst(name, password)) {
            case AccountChange.Refused(var field, var why) -> new Made.Refused(field, why);
            case AccountChange.Done() ->
                new Made.Admin(sessions.open(store.find(name).orElseThrow(), address));
        };
    }
}
