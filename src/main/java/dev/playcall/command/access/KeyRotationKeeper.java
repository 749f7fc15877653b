package dev.playcall.command.access;

import dev.playcall.background.BackgroundService;
import dev.playcall.domain.KeyRotation;
import dev.playcall.domain.Run;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretService;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the new key in place of the present one when the run has given it to every host, and forgets it when the run has
 * taken it away again. After anything else both are kept, as nobody knows which one a host lets in.
 */
final class KeyRotationKeeper implements BackgroundService {
    private static final int LOOKED_THROUGH = 100;

    private final RunJournal journal;
    private final SecretService secrets;
    private RunJournal.@Nullable Subscription subscription;

    KeyRotationKeeper(RunJournal journal, SecretService secrets) {
        this.journal = journal;
        this.secrets = secrets;
    }

    /** Also does what was left to do by a gateway that was killed. */
    @Override
    public void start() {
        subscription = journal.follow(RunJournal.Follower.ofOwn(this::happened));
        var newest = RunQuery.newest(LOOKED_THROUGH).operation(Optional.of(KeyRotation.OPERATION.value()));
        journal.read().list(newest).runs().reversed().forEach(this::settle);
    }

    private void happened(JournalEntry entry) {
        settle(entry.run());
    }

    private void settle(Run run) {
        var rotation = KeyRotation.of(run.request());
        if (rotation.isEmpty() || !run.state().isFinal()) {
            return;
        }
        var ref = SecretRef.parse(rotation.get().secret());
        ref.ifPresent(r -> settle(run, rotation.get(), r));
    }

    private void settle(Run run, KeyRotation rotation, SecretRef ref) {
        var next = new SecretRef(ref.environment(), rotation.newName());
        switch (run.state()) {
            case SUCCESS -> {
                if (secrets.replaceKey(ref, next, run.requestedBy())) {
                    rotation.leftovers().forEach(name -> secrets.remove(new SecretRef(ref.environment(), name)));
                }
            }
            case FAILED -> {
                if (isUndone(run)) {
                    secrets.remove(next);
                }
            }
            case REJECTED, EXPIRED -> secrets.remove(next);
            case CANCELLED -> {
                if (run.startedAt().isEmpty()) {
                    secrets.remove(next);
                }
            }
            case TIMED_OUT, INTERRUPTED, AWAITING_APPROVAL, QUEUED, RUNNING -> {}
        }
    }

    /** A run that failed before it reached a host has nothing to undo. */
    private boolean isUndone(Run run) {
        return journal.read().hosts(run.id()).stream()
                .noneMatch(h -> h.failedTask().filter(KeyRotation.UNDO::equals).isPresent());
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
