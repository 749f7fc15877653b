package dev.playcall.security.identity;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.playcall.security.identity.Identity.PasswordCost;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;

/** Passwords as Argon2id. Each hash says what it cost, so one of another cost stays valid. */
final class Passwords {
    private static final int CONCURRENT_HASHES = 1;
    private static final int LENGTH = 32;
    private static final int SALT = 16;
    /** Each needs its memory, so whoever sends many logins at once must not get all of ours. */
    private static final int AT_ONCE = 2;

    private static final int WAITING = 40;

    private final PasswordCost cost;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final SecureRandom random;
    private final String dummy;

    Passwords(PasswordCost cost, SecureRandom random) {
        this.random = random;
        this.cost = cost;
        // The hash of a password that nobody has: looking for somebody who is not there takes as long as for others.
        this.dummy = "$argon2id$v=19$m=" + cost.memory() + ",t=" + cost.passes() + ",p=" + CONCURRENT_HASHES
                + "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    }

    String hash(String password) {
        var salt = new byte[SALT];
        random.nextBytes(salt);
        turns.acquireUninterruptibly();
        try {
            return Password.hash(password).addSalt(salt).with(function()).getResult();
        } finally {
            turns.release();
        }
    }

    /** The library keeps the memory that a hash fills (19 MiB) for good, so it is asked for only when somebody logs in. */
    private Argon2Function function() {
        return Argon2Function.getInstance(
                cost.memory(), cost.passes(), CONCURRENT_HASHES, LENGTH, Argon2.ID, Argon2Function.ARGON2_VERSION_13);
    }

    /** Whether so many wait for their turn that another one should come back later. */
    boolean isBusy() {
        return turns.getQueueLength() >= WAITING;
    }

    boolean matches(String password, String hash) {
        turns.acquireUninterruptibly();
        try {
            return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
        } finally {
            turns.release();
        }
    }

    /** Takes the time of a comparison. */
    void matchesDummy(String password) {
        if (matches(password, dummy)) {
            throw new IllegalStateException("a password of nobody was found");
        }
    }
}
