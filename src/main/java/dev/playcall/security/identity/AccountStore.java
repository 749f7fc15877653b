package dev.playcall.security.identity;

import dev.playcall.security.identity.Sessions.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps accounts and the sessions of those who are logged in. */
public interface AccountStore {
    /** An account with its password as {@link Passwords} wrote it. */
    record Kept(Account account, String password) {}

    /** Whether there is any account. */
    boolean isUsed();

    /** Keeps the first account of all; false when there is one already. */
    boolean addFirst(Account account, String password);

    /** False when the name is taken. */
    boolean add(Account account, String password);

    Optional<Kept> find(String name);

    List<Account> list();

    boolean changePassword(String name, String password);

    /** Removes it and ends its sessions; false when it is not there, or is the last admin. */
    boolean remove(String name);

    void open(String credential, Session session);

    Optional<Session> session(String credential);

    void seen(String credential, Instant at);

    void close(String credential);

    /** Ends what else is open for this account, and returns how many there were. */
    int closeOthers(String account, String credential);

    List<Session> sessions(String account);

    /** Removes sessions that ended before, and those nobody used since. */
    void closeOld(Instant expired, Instant unused);
}
