package dev.playcall.command.run;

import dev.playcall.command.BatchCommand;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.LockCommand;
import dev.playcall.command.QueueCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.RunCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.RunRequest;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.queue.HoldStore;
import java.time.Clock;

/** The handlers of what is asked about runs, batches, the queue and locks. */
public final class RunCommands {
    private final RunJournal journal;
    private final RunRequestFactory requests;
    private final StartPolicy rules;
    private final RunCommandHandler runs;

    public RunCommands(RunJournal journal, RunRequestFactory requests, StartPolicy rules) {
        this.journal = journal;
        this.requests = requests;
        this.rules = rules;
        this.runs = new RunCommandHandler(journal, requests.rights(), rules, requests);
    }

    public Reply start(StartCommand command, Caller caller) {
        return runs.start(command, caller);
    }

    /** Starts what was made without the catalogue, for those who were asked already; locks and approvals are as for all. */
    public Reply startPrepared(RunRequest request, Caller caller) {
        return runs.startPrepared(request, caller);
    }

    public Reply handle(RunCommand command, Caller caller) {
        return runs.handle(command, caller);
    }

    /** @param deployments handles what is about deployments, except to cancel one */
    public FamilyHandler<BatchCommand> batches(FamilyHandler<BatchCommand.DeploymentCommand> deployments) {
        return new BatchCommandHandler(journal, requests, rules, deployments);
    }

    public FamilyHandler<QueueCommand> queue(HoldStore holds, Clock clock) {
        return new QueueCommandHandler(journal, requests, holds, clock);
    }

    public FamilyHandler<LockCommand> locks() {
        return new LockCommandHandler(requests.catalogs(), rules, requests.rights());
    }
}
