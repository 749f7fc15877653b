package dev.playcall.command.maintenance;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.BackgroundService;
import dev.playcall.catalog.Plans;
import dev.playcall.command.CommandHandler;
import dev.playcall.domain.name.Operation;
import dev.playcall.journal.RunJournal;
import dev.playcall.security.secret.SecretService;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is done about runs without anybody asking for it. */
public final class RunMaintenance {
    private RunMaintenance() {}

    /**
     * What is allowed of automatic retries.
     *
     * @param attempts how often in all, the first time included
     * @param backoff time before the second try, twice as long before each further one
     * @param unreachableOnly only where no host failed and some could not be reached
     */
    public record RetryPolicy(int attempts, Duration backoff, boolean unreachableOnly) {}

    /** Finds out what runs that wait for approval would do, and ends those that nobody approved in time. */
    public static BackgroundLoop approvalPreviews(RunJournal journal, Plans plans, Clock clock) {
        return new ApprovalPreviews(journal, plans, clock).loop();
    }

    /**
     * Tries again what failed, where the operation allows it.
     *
     * @param any whether there is a policy at all, so that nobody looks in vain
     */
    public static BackgroundLoop automaticRetries(
            RunJournal journal,
            CommandHandler commands,
            Supplier<Boolean> any,
            Function<Operation, Optional<RetryPolicy>> policies,
            Clock clock) {
        return new AutoRetry(journal, commands, any, policies, clock).loop();
    }

    /** Forgets a secret that was given for one run when that run is over. */
    public static BackgroundService oneTimeSecrets(RunJournal journal, SecretService secrets) {
        return new OneTimeSecretCleaner(journal, secrets);
    }
}
