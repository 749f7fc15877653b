package dev.playcall.security.audit;

import dev.playcall.background.Faults;
import dev.playcall.domain.name.Person;
import dev.playcall.security.audit.AuditSignature.Head;
import dev.playcall.security.audit.AuditStore.Kept;
import dev.playcall.security.audit.AuditStore.Signed;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what and what was refused to whom. Entries are only ever added; each holds the hash of the one before and a
 * seal, so that {@link #verify} finds whatever was changed, moved, added or taken away.
 */
public final class AuditLog {
    private static final Logger log = LoggerFactory.getLogger(AuditLog.class);

    static final String ACCEPT = "audit.accept";

    private final AuditStore store;
    private final AuditSignature signature;
    private final UnaryOperator<String> redact;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final ConcurrentLinkedQueue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isWriting = new AtomicBoolean();

    /** @param redact takes known secrets out of a text */
    public AuditLog(AuditStore store, AuditSignature signature, UnaryOperator<String> redact, Clock clock) {
        this.store = store;
        this.signature = signature;
        // PostgreSQL keeps no character 0, and what is kept has to be what was hashed.
        this.redact = text -> redact.apply(text).replace('\0', '\ufffd');
        this.clock = clock;
    }

    /**
     * Records it; when this returns it is on disk. What several threads record at the same time is written together,
     * because each write waits for the disk.
     *
     * @throws AuditException when it could not be recorded, and then it must not be done
     */
    public AuditEntry record(AuditNote note) {
        var waiting = new Waiting(clean(note), new CompletableFuture<>());
        queue.add(waiting);
        if (isWriting.compareAndSet(false, true)) {
            // On a thread of its own, so that nobody who is done goes on writing for the others.
            Thread.ofVirtual().name("audit").start(this::writeQueue);
        }
        try {
            return waiting.entry().join();
        } catch (CompletionException e) {
            throw new AuditException(
                    String.valueOf(Objects.requireNonNullElse(e.getCause(), e).getMessage()), e);
        }
    }

    private void writeQueue() {
        do {
            var together = new ArrayList<Waiting>();
            for (var next = queue.poll(); next != null; next = queue.poll()) {
                together.add(next);
            }
            write(together);
            isWriting.set(false);
        } while (!queue.isEmpty() && isWriting.compareAndSet(false, true));
    }

    private void write(List<Waiting> together) {
        try {
            var notes = together.stream().map(Waiting::note).toList();
            var entries = alone(() -> append(notes));
            for (int i = 0; i < entries.size(); i++) {
                together.get(i).entry().complete(entries.get(i));
            }
        } catch (AuditException | Error e) {
            together.forEach(w -> w.entry().completeExceptionally(e));
        }
    }

    private Optional<Kept> sound(Optional<Kept> last) throws IOException {
        var problem = problem(last);
        if (problem.isPresent()) {
            throw new AuditException("the audit log was altered: " + problem.get() + " (run ./playcall audit verify)");
        }
        return last;
    }

    /** Why nothing can be recorded, if so; looks at the end of the log only. */
    public Optional<String> problem() {
        try {
            return problem(store.last()).map(t -> t + " (run ./playcall audit verify)");
        } catch (IOException | RuntimeException e) {
            return Optional.of("cannot be used: " + Faults.cause(e));
        }
    }

    private List<AuditEntry> append(List<AuditNote> notes) throws IOException {
        var added = append(notes, sound(store.last()));
        while (added.isEmpty()) { // another gateway was faster
            added = append(notes, sound(store.last()));
        }
        return added;
    }

    /** Empty when what is given as the last entry is the last no longer. */
    private List<AuditEntry> append(List<AuditNote> notes, Optional<Kept> last) throws IOException {
        long sequence = last.map(Kept::sequence).orElse(0L);
        var hash = last.map(Kept::hash).orElse(AuditEntry.NONE);
        var added = new ArrayList<Signed>();
        for (var note : notes) {
            sequence++;
            var entry = new AuditEntry(sequence, clock.instant(), note);
            hash = entry.hash(hash);
            added.add(new Signed(entry, hash, signature.sign(hash)));
        }
        if (!store.append(added)) {
            return List.of();
        }
        head(new Head(sequence, hash));
        return added.stream().map(Signed::entry).toList();
    }

    /**
     * What was added is on record without it, and is not to be added once more: the next entry sets it, and until then the
     * log is as it is when the gateway ends between the two.
     */
    private void head(Head now) {
        try {
            signature.head(now);
        } catch (IOException e) {
            log.error(
                    "Entry {} of the audit log is recorded, but audit.head cannot be: {}",
                    now.sequence(),
                    Faults.reason(e));
        }
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
        if (at == 0) { // nothing had been added when this gateway joined
            boolean isOurs = last.isEmpty()
                    || signature.isSigned(last.get().hash(), last.get().signature());
            return isOurs ? Optional.empty() : Optional.of("its last entry is sealed with another key");
        }
        if (last.filter(l -> l.sequence() >= at).isEmpty()) {
            return Optional.of("its last entry was " + at + " and is "
                    + last.map(Kept::sequence).orElse(0L));
        }
        // Entries may be newer than the head: the gateway ended between the two.
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

    /**
     * Whether others with the same key write to this log; writes no head.
     *
     * @return what only who has the key can make; empty when the entries are sealed with another key
     */
    public Optional<String> proof() {
        return alone(() -> isJoinable(store.last()) ? Optional.of(signature.sign("gateway")) : Optional.empty());
    }

    /**
     * Begins to witness a log that others with the same key write as well: what it has by now counts as the end. Nothing is
     * changed where it is witnessed already.
     *
     * @throws AuditException when the entries are sealed with another key
     */
    public void join() {
        alone(() -> {
            var last = store.last();
            if (!isJoinable(last)) {
                throw new AuditException("the entries of the audit log are sealed with another key");
            }
            if (signature.head().isEmpty()) {
                signature.head(last.map(l -> new Head(l.sequence(), l.hash())).orElse(new Head(0, AuditEntry.NONE)));
            }
            return true;
        });
    }

    /** With a head, {@link #problem()} says what is wrong with the entries. */
    private boolean isJoinable(Optional<Kept> last) throws IOException {
        return signature.head().isPresent()
                || last.isEmpty()
                || signature.isSigned(last.get().hash(), last.get().signature());
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
                if (append(List.of(clean(note)), store.last()).isEmpty()) {
                    throw new AuditException("another gateway has added to the audit log; try again");
                }
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

    /** A note on its way to the disk, and the entry that it becomes. */
    private record Waiting(AuditNote note, CompletableFuture<AuditEntry> entry) {}

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
