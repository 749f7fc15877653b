package dev.playcall.command;

import dev.playcall.command.rollout.RolloutCommandHandler;
import dev.playcall.command.rollout.RolloutPlan;
import dev.playcall.command.rollout.WaveRequests;
import dev.playcall.command.run.BatchCommandHandler;
import dev.playcall.command.run.RequestedRuns;
import dev.playcall.command.run.RunCommandHandler;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunJournal;

/** The handler of batches and deployments, as the gateway makes it. */
public final class TestBatches {
    private TestBatches() {}

    public static BatchCommandHandler handler(RunJournal journal, RunRequestFactory requests, StartPolicy rules) {
        var runs = new RunCommandHandler(journal, requests.rights(), rules, requests);
        return new BatchCommandHandler(
                journal,
                requests,
                rules,
                new RolloutCommandHandler(
                        journal, requests, new WaveRequests(requests, rules), runs::start, (_, hosts, _) -> hosts));
    }

    public static RequestedRuns requested(RunRequestFactory requests, EventStore store) {
        return new RequestedRuns(requests, store, r -> RolloutPlan.waves(requests.catalogs(), r));
    }
}
