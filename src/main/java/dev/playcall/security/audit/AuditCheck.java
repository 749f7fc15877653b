package dev.playcall.security.audit;

import dev.playcall.security.audit.AuditSignature.Head;
import dev.playcall.security.audit.AuditStore.Kept;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** One verification of the whole log. */
final class AuditCheck {
    /** In an entry that accepts findings: which. */
    static final String DIGEST = "findings";

    private static final int PAGE = 500;
    private static final int MOST = 100;

    private final AuditStore store;
    private final AuditSignature signature;
    private final List<String> findings = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();
    private final MessageDigest digest = sha256();
    private long more;
    private long entries;
    private long last;
    private String hash = AuditEntry.NONE;
    private boolean linked = true;
    private Optional<Head> head = Optional.empty();
    private boolean headSeen;

    AuditCheck(AuditStore store, AuditSignature signature) {
        this.store = store;
        this.signature = signature;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java cannot compute SHA-256", e);
        }
    }

    AuditReport report() {
        var lost = readHead();
        var page = store.after(0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(this::look);
            page = store.after(last, PAGE);
        }
        lost.ifPresent(findings::add);
        if (lost.isEmpty()) {
            compareHead();
        }
        if (more > 0) {
            findings.add("and " + more + " more");
        }
        return new AuditReport(entries, last + ":" + hash, findings, accepted, now());
    }

    private Optional<String> readHead() {
        try {
            head = signature.head();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the head cannot be trusted: " + e.getMessage());
        }
    }

    private void look(Kept row) {
        entries++;
        if (row.sequence() != last + 1) {
            found(missing(last + 1, row.sequence() - 1));
            linked = false;
        }
        last = row.sequence();
        content(row);
        hash = row.hash();
        linked = true;
        headSeen |= head.filter(h -> h.sequence() == row.sequence() && h.hash().equals(row.hash()))
                .isPresent();
        row.entry().filter(this::accepts).ifPresent(this::settle);
    }

    private void content(Kept row) {
        if (row.entry().isEmpty()) {
            found("entry " + last + " cannot be read: " + row.problem());
        } else if (linked && !row.entry().get().hash(hash).equals(row.hash())) {
            found("entry " + last + " was changed or moved");
        }
        if (!isSigned(row)) {
            found("entry " + last + " is not signed by this Playcall");
        }
    }

    private static String missing(long from, long to) {
        return from == to ? "entry " + from + " is missing" : "entries " + from + " to " + to + " are missing";
    }

    private boolean isSigned(Kept row) {
        try {
            return signature.isSigned(row.hash(), row.signature());
        } catch (IOException e) {
            return false;
        }
    }

    private boolean accepts(AuditEntry entry) {
        return entry.note().action().equals(AuditLog.ACCEPT)
                && now().equals(entry.note().details().get(DIGEST));
    }

    /** Whoever can write such an entry holds the key, and what was found must not have grown since. */
    private void settle(AuditEntry entry) {
        var details = entry.note().details();
        accepted.add(entry.note().person() + " accepted at entry " + entry.sequence() + " because "
                + details.getOrDefault("why", "") + ": " + details.getOrDefault("found", ""));
        findings.clear();
        more = 0;
    }

    private void compareHead() {
        if (head.isEmpty() && entries > 0) {
            findings.add("the head file is missing: entries may be missing at the end");
            return;
        }
        // Nothing was recorded from here before; others may have begun the log.
        head.filter(h -> h.sequence() > 0 && !headSeen)
                .ifPresent(h -> findings.add(
                        h.sequence() > last
                                ? missing(last + 1, h.sequence()) + " at the end"
                                : "entry " + h.sequence() + " differs from the head file"));
    }

    private void found(String finding) {
        digest.update((finding + "\n").getBytes(StandardCharsets.UTF_8));
        if (findings.size() < MOST) {
            findings.add(finding);
        } else {
            more++;
        }
    }

    private String now() {
        try {
            var copy = (MessageDigest) digest.clone();
            return HexFormat.of().formatHex(copy.digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
