package dev.playcall.security.identity;

import java.security.SecureRandom;
import java.time.Clock;

/** Everything that says who is who on the web side. */
public record Identity(Accounts accounts, Sessions sessions, Tokens tokens, FirstStart firstStart) {
    public static Identity of(
            AccountStore accountStore,
            TokenStore tokenStore,
            PasswordCost cost,
            Sessions.Limits limits,
            SecureRandom random,
            Clock clock) {
        var passwords = new Passwords(cost, random);
        var accounts = new Accounts(accountStore, passwords, clock);
        var sessions = new Sessions(accountStore, passwords, new LoginThrottle(clock), limits, random, clock);
        return new Identity(
                accounts,
                sessions,
                new Tokens(tokenStore, random, clock),
                new FirstStart(accounts, sessions, accountStore, random, clock));
    }

    /**
     * What a hash costs whoever guesses passwords, and us: Argon2id with one lane.
     *
     * @param memory in KiB, at least 8
     * @param passes over this memory, at least 1
     */
    public record PasswordCost(int memory, int passes) {
        /** What OWASP asks for: 19 MiB and two passes. */
        public static final PasswordCost RECOMMENDED = new PasswordCost(19_456, 2);
    }
}
