package dev.playcall.command.rollout;

import dev.playcall.catalog.Plans;
import dev.playcall.command.BatchCommand.DeploymentCommand;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.run.StartPolicy;
import dev.playcall.journal.RunJournal;

/** The handler of what is asked about deployments, and what it asks of a playbook. */
public record RolloutCommands(RunJournal journal, RunRequestFactory requests, StartPolicy rules) {

    /** @param starts starts a run that is none of a deployment */
    public FamilyHandler<DeploymentCommand> deployments(FamilyHandler<StartCommand> starts, HostReach reach) {
        return new RolloutCommandHandler(journal, requests, new WaveRequests(requests, rules), starts, reach);
    }

    /** Asks Ansible to list the hosts of each play, for those who may start it. */
    public static HostReach listed(RunRequestFactory requests, Plans plans) {
        return new ListedReach(requests, plans);
    }
}
