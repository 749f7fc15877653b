package dev.playcall.command;

import dev.playcall.command.rollout.RolloutCommands;
import dev.playcall.command.rollout.RolloutPlan;
import dev.playcall.command.run.RequestedRuns;
import dev.playcall.command.run.RunCommands;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunJournal;

/** The handler of batches and deployments, as the gateway makes it. */
public final class TestBatches {
    private TestBatches() {}

    public static FamilyHandler<BatchCommand> handler(
            RunJournal journal, RunRequestFactory requests, StartPolicy rules) {
        var runs = new RunCommands(journal, requests, rules);
        var rollouts = new RolloutCommands(journal, requests, rules);
        return runs.batches(rollouts.deployments(runs::start, (_, hosts, _) -> hosts));
    }

    public static RequestedRuns requested(RunRequestFactory requests, EventStore store) {
        return new RequestedRuns(requests, store, r -> RolloutPlan.waves(requests.catalogs(), r));
    }
}
