package dev.playcall.security.identity;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is logged in. The store knows only hashes of what browsers keep. */
public final class Sessions {
    /** Between two notes that a session is in use. */
    private static final Duration NOTED = Duration.ofMinutes(1);

    private static final Duration LATER = Duration.ofSeconds(5);

    private final AccountStore store;
    private final Passwords passwords;
    private final LoginThrottle throttle;
    private final Limits limits;
    private final SecureRandom random;
    private final Clock clock;

    /**
     * How long a session lasts.
     *
     * @param idle without a request
     * @param longest in any case
     */
    public record Limits(Duration idle, Duration longest) {}

    Sessions(
            AccountStore store,
            Passwords passwords,
            LoginThrottle throttle,
            Limits limits,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.throttle = throttle;
        this.limits = limits;
        this.random = random;
        this.clock = clock;
    }

    /** Opens a session for the right name and password, always under a new secret. */
    public Login login(String name, String password, LoginSource source) {
        return switch (check(name, password, source)) {
            case Login.Known(var account) -> open(store.find(account.name()).orElseThrow(), source.address());
            case Login.Wrong wrong -> wrong;
            case Login.TooSoon soon -> soon;
        };
    }

    /** Whether this is the password of that account; counts like a login. */
    public Login.Answer check(String name, String password, LoginSource source) {
        var known = store.find(name);
        var browser = known.flatMap(k -> source.browser().flatMap(b -> KnownBrowser.of(k, b)));
        if (browser.isEmpty() && passwords.isBusy()) {
            return new Login.TooSoon(LATER);
        }
        var place = new LoginThrottle.Place(source.address(), browser);
        var pause = throttle.attempt(name, place);
        if (!pause.isZero()) {
            return new Login.TooSoon(pause);
        }
        if (known.isEmpty()) {
            passwords.matchesDummy(password);
            return new Login.Wrong();
        }
        if (!passwords.matches(password, known.get().password())) {
            return new Login.Wrong();
        }
        throttle.succeeded(name, place);
        return new Login.Known(known.get().account());
    }

    /** Opens a session for somebody who was recognised, by a password or in another way. */
    Login.In open(AccountStore.Kept kept, String address) {
        var account = kept.account();
        var now = clock.instant();
        store.closeOld(now, now.minus(limits.idle()));
        var session = new Session(account, now, now, now.plus(limits.longest()), address);
        var credential = Credential.random("", random);
        store.open(credential.hash(), session);
        return new Login.In(session, credential, KnownBrowser.issue(kept, random));
    }

    /** What a browser keeps to be known by at the next login, after its account got another password. */
    public Optional<Credential> browser(Account account) {
        return store.find(account.name()).map(k -> KnownBrowser.issue(k, random));
    }

    /** The session of this secret, unless it has ended. */
    public Optional<Session> find(Credential credential) {
        var now = clock.instant();
        var found = store.session(credential.hash())
                .filter(s -> s.expires().isAfter(now))
                .filter(s -> s.seen().plus(limits.idle()).isAfter(now));
        found.filter(s -> s.seen().plus(NOTED).isBefore(now)).ifPresent(_ -> store.seen(credential.hash(), now));
        return found;
    }

    public void close(Credential credential) {
        store.close(credential.hash());
    }

    /** Ends every other session of this account. */
    public int closeOthers(Account account, Credential credential) {
        return store.closeOthers(account.name(), credential.hash());
    }

    /** Ends every session of this account. */
    public int closeAll(String account) {
        return store.closeOthers(account, "");
    }

    /** Those of an account that have not ended, the newest first. */
    public List<Session> of(Account account) {
        var now = clock.instant();
        return store.sessions(account.name()).stream()
                .filter(s ->
                        s.expires().isAfter(now) && s.seen().plus(limits.idle()).isAfter(now))
                .toList();
    }

    /**
     * Where a name and a password come from.
     *
     * @param browser what the browser kept of an earlier login, whoever's that was
     */
    public record LoginSource(String address, Optional<Credential> browser) {}

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

    /**
     * One browser that is logged in.
     *
     * @param address where the login came from
     */
    public record Session(Account account, Instant opened, Instant seen, Instant expires, String address) {}
}
