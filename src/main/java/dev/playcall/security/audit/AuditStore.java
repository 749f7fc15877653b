package dev.playcall.security.audit;

import java.util.List;
import java.util.Optional;

/** Where the audit log is kept. It can be added to and read, and nothing else. */
public interface AuditStore {

    /**
     * Adds entries behind the last, all of them or none.
     *
     * @return false when another gateway has added some since the last was read
     */
    boolean append(List<Signed> entries);

    Optional<Kept> last();

    Optional<Kept> at(long sequence);

    /** In their order, with those that cannot be read: for the verification. */
    List<Kept> after(long sequence, int max);

    /** What was asked for, newest first. */
    List<Kept> find(AuditQuery query);

    /** An entry with its hash and the signature of the hash, both in hexadecimal digits. */
    record Signed(AuditEntry entry, String hash, String signature) {}

    /**
     * A row as it stands.
     *
     * @param entry empty when it cannot be read, and {@code problem} says why
     */
    record Kept(long sequence, Optional<AuditEntry> entry, String hash, String signature, String problem) {}
}
