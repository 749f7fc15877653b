package dev.playcall.security.audit;

import dev.playcall.background.Faults;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditSignature.Head;
import dev.playcall.security.audit.AuditStore.Kept;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Who did what and what was refused to whom. Entries are only ever added; each holds the hash of the one before and a
 * seal, so that {@link #verify} finds whatever was changed, moved, added or taken away.
 */
public final class AuditLog {
    static final String ACCEPT = "audit.accept";

    private final AuditStore store;
    private final AuditSignature signature;
    private final UnaryOperator<String> redact;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();

    /** @param redact takes known secrets out of a text */
    public AuditLog(AuditStore store, AuditSignature signature, UnaryOperator<String> redact, Clock clock) {
        this.store = store;
        this.signature = signature;
        this.redact = redact;
        this.clock = clock;
    }

    /**
     * Records it; when this returns it is on disk.
     *
     * @throws AuditException when it could not be recorded, and then it must not be done
     */
    public AuditEntry record(AuditNote note) {
        return alone(() -> {
            var last = store.last();
            var problem = problem(last);
            if (problem.isPresent()) {
                throw new AuditException(
                        "the audit log was altered: " + problem.get() + " (run ./playcall audit verify)");
            }
            return append(note, last);
        });
    }

    /** Why nothing can be recorded, if so; looks at the end of the log only. */
    public Optional<String> problem() {
        try {
            return problem(store.last()).map(t -> t + " (run ./playcall audit verify)");
        } catch (IOException | RuntimeException e) {
            return Optional.of("cannot be used: " + Faults.cause(e));
        }
    }

    private AuditEntry append(AuditNote note, Optional<Kept> last) throws IOException {
        long sequence = last.map(Kept::sequence).orElse(0L) + 1;
        var entry = new AuditEntry(sequence, clock.instant(), clean(note));
        var hash = entry.hash(last.map(Kept::hash).orElse(AuditEntry.NONE));
        store.append(entry, hash, signature.sign(hash));
        signature.head(new Head(sequence, hash));
        return entry;
    }

    private AuditNote clean(AuditNote n) {
        var details = new TreeMap<String, String>();
        n.details().forEach((name, value) -> details.put(redact.apply(name), redact.apply(value)));
        return new AuditNote(
                n.person(),
                redact.apply(n.channel()),
                n.action(),
                redact.apply(n.subject()),
                n.verdict(),
                redact.apply(n.reason()),
                details);
    }

    /** Why nothing may be added: the new entry would hide what happened to the old ones. */
    private Optional<String> problem(Optional<Kept> last) throws IOException {
        var head = signature.head();
        if (head.isEmpty()) {
            return last.map(l -> "it has " + l.sequence() + " entries, but its head file is missing");
        }
        long at = head.get().sequence();
        if (last.filter(l -> l.sequence() >= at).isEmpty()) {
            return Optional.of("its last entry was " + at + " and is "
                    + last.map(Kept::sequence).orElse(0L));
        }
        // One entry may be newer than the head: the gateway ended between the two.
        var there = last.get().sequence() == at ? last : store.at(at);
        boolean known = there.filter(k -> k.hash().equals(head.get().hash())).isPresent();
        return known && signature.isSigned(last.get().hash(), last.get().signature())
                ? Optional.empty()
                : Optional.of("entry " + at + " differs from the recorded one");
    }

    /** Entries, newest first; one that cannot be read is left out here and found by {@link #verify}. */
    public List<AuditEntry> find(AuditQuery query) {
        return store.find(query).stream().flatMap(k -> k.entry().stream()).toList();
    }

    /** Entries in their order with hash and seal, for an export. */
    public List<Kept> after(long sequence, int max) {
        return store.after(sequence, max);
    }

    /** Looks at every entry. Nothing is added meanwhile. */
    public AuditReport verify() {
        return alone(() -> new AuditCheck(store, signature).report());
    }

    /**
     * Goes on behind what {@link #verify} found, for example after a backup was restored. What was found is recorded with
     * who accepted it and why, and is told by every later verification.
     *
     * @return what was accepted; empty when there was nothing to accept
     */
    public List<String> accept(Person person, String channel, String why) {
        return alone(() -> {
            var report = new AuditCheck(store, signature).report();
            if (!report.isSound()) {
                var note = AuditNote.done(person, channel, ACCEPT, "audit log")
                        .with(AuditCheck.DIGEST, report.digest())
                        .with("found", String.join("; ", report.findings()))
                        .with("why", why);
                append(note, store.last());
            }
            return report.findings();
        });
    }

    private <T> T alone(AuditSignature.Work<T> work) {
        turn.lock();
        try {
            return signature.alone(work);
        } catch (AuditException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new AuditException("the audit log cannot be written: " + Faults.cause(e), e);
        } finally {
            turn.unlock();
        }
    }

    /** Something could not be recorded; what was to be recorded must not be done. */
    public static final class AuditException extends RuntimeException {
        private static final long serialVersionUID = 1;

        AuditException(String message, Throwable cause) {
            super(message, cause);
        }

        AuditException(String message) {
            super(message);
        }
    }
}
