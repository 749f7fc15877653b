package dev.playcall.command.maintenance;

import dev.playcall.background.BackgroundService;
import dev.playcall.domain.Run;
import dev.playcall.domain.Value;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.secret.SecretService;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sees to it that a secret which was given for one run is forgotten when that run is over. */
final class OneTimeSecretCleaner implements BackgroundService {
    private final RunJournal journal;
    private final SecretService secrets;
    private RunJournal.@Nullable Subscription subscription;

    OneTimeSecretCleaner(RunJournal journal, SecretService secrets) {
        this.journal = journal;
        this.secrets = secrets;
    }

    /** Also forgets what runs left behind that ended while nobody looked. */
    @Override
    public void start() {
        subscription = journal.follow(RunJournal.Follower.ofOwn(this::happened));
        sweep();
    }

    private void sweep() {
        secrets.sweep(inUse());
    }

    private Set<Value.Secret> inUse() {
        var read = journal.read();
        return Stream.of(read.running(), read.queue())
                .flatMap(List::stream)
                .flatMap(run -> secrets(run).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void happened(JournalEntry entry) {
        var held = entry.run().state().isFinal() ? secrets(entry.run()) : Set.<Value.Secret>of();
        // Most runs have none; to read the queue for each of them would make the end of a long queue its square.
        if (!held.isEmpty()) {
            // A look ahead has the secrets of the run that waits for approval behind it.
            var needed = inUse();
            secrets.forgetOneTime(
                    held.stream().filter(s -> !needed.contains(s)).collect(Collectors.toUnmodifiableSet()));
            sweep();
        }
    }

    private static Set<Value.Secret> secrets(Run run) {
        return run.request().variables().values().stream()
                .flatMap(v -> v instanceof Value.Secret secret ? Stream.of(secret) : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }
}
