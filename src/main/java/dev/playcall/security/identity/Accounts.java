package dev.playcall.security.identity;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The accounts of the page. */
public final class Accounts {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 200;

    private final AccountStore store;
    private final Passwords passwords;
    private final Clock clock;

    Accounts(AccountStore store, Passwords passwords, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** Whether there is any. */
    public boolean areUsed() {
        return store.isUsed();
    }

    public List<Account> list() {
        return store.list();
    }

    public AccountChange add(String name, boolean admin, String password) {
        return checked(name, password, () -> {
            boolean added = store.add(new Account(name, admin, clock.instant()), passwords.hash(password));
            return added
                    ? new AccountChange.Done()
                    : new AccountChange.Refused("name", "there is an account " + name + " already");
        });
    }

    /** Makes the first account of all, an admin. */
    public AccountChange addFirst(String name, String password) {
        return checked(
                name,
                password,
                () -> store.addFirst(new Account(name, true, clock.instant()), passwords.hash(password))
                        ? new AccountChange.Done()
                        : new AccountChange.Refused("", "an account was created meanwhile"));
    }

    /** Gives an account another password. Its sessions go on: whoever asks ends them. */
    public AccountChange changePassword(String name, String password) {
        return checked(
                name,
                password,
                () -> store.changePassword(name, passwords.hash(password))
                        ? new AccountChange.Done()
                        : new AccountChange.Refused("name", "there is no account " + name));
    }

    public AccountChange remove(String name) {
        if (store.remove(name)) {
            return new AccountChange.Done();
        }
        return new AccountChange.Refused(
                "name",
                store.find(name).isPresent()
                        ? name + " is the last admin; create another admin first"
                        : "there is no account " + name);
    }

    private interface Step {
        AccountChange take();
    }

    private static AccountChange checked(String name, String password, Step step) {
        if (!Account.isName(name)) {
            return new AccountChange.Refused(
                    "name",
                    "a name has up to 40 of a-z, 0-9, dot, dash and underscore, and starts with a letter or digit");
        }
        if (password.length() < SHORTEST || password.length() > LONGEST) {
            return new AccountChange.Refused(
                    "password", "a password has " + SHORTEST + " to " + LONGEST + " characters");
        }
        boolean easy = password.toLowerCase(java.util.Locale.ROOT).contains(name)
                || password.chars().distinct().count() < 5;
        return easy
                ? new AccountChange.Refused("password", "this password is easy to guess; use several words")
                : step.take();
    }

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
}
