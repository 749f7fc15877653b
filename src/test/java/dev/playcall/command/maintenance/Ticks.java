package dev.playcall.command.maintenance;

import dev.playcall.catalog.Plans;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.maintenance.RunMaintenance.RetryPolicy;
import dev.playcall.domain.name.Operation;
import dev.playcall.journal.RunJournal;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/** What is done about runs by itself, a step at a time. */
public final class Ticks {
    private Ticks() {}

    public static Runnable previews(RunJournal journal, Plans plans, Clock clock) {
        return new ApprovalPreviews(journal, plans, clock)::tick;
    }

    public static Runnable retries(
            RunJournal journal,
            CommandHandler commands,
            Function<Operation, Optional<RetryPolicy>> policies,
            Clock clock) {
        return new AutoRetry(journal, commands, () -> true, policies, clock)::tick;
    }
}
