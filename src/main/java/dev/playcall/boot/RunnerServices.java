package dev.playcall.boot;

import dev.playcall.ansible.warm.WarmStarts;
import dev.playcall.background.BackgroundLoop;
import dev.playcall.boot.cluster.NodeIdentity;
import dev.playcall.boot.settings.Settings;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.access.AccessCommands;
import dev.playcall.command.content.ContentCommands;
import dev.playcall.command.maintenance.RunMaintenance;
import dev.playcall.command.maintenance.RunMaintenance.RetryPolicy;
import dev.playcall.config.Config;
import dev.playcall.config.Config.OperationEntry;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.node.NodeHeartbeat;
import dev.playcall.runner.LostRuns;
import dev.playcall.runner.Runner;
import dev.playcall.runner.retention.Retention;
import dev.playcall.status.StatusFiles;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The runner and the background services that maintain runs. */
record RunnerServices(
        NodeHeartbeat heartbeat,
        LostRuns lostRuns,
        Runner runner,
        WarmStarts warmStarts,
        BackgroundLoop approvalPreviews,
        Retention retention,
        BackgroundLoop autoRetry,
        List<Lifecycle> keepers,
        StatusFiles statusFiles) {

    static RunnerServices of(CoreServices core, AnsibleTools ansible, CommandServices commandServices) {
        var journal = core.journal();
        var warm = ansible.warmStarts();
        var runner = new Runner(
                ansible.running(),
                () -> core.config().ansible().maxParallelRuns(),
                journal,
                core.database().workQueue(),
                warm.before(ansible.launcher()),
                core.secrets().redaction(),
                core.rules(),
                core.clock());
        var lease = NodeIdentity.lease(core.settings());
        var heartbeat = new NodeHeartbeat(
                core.database().events().nodes(),
                NodeIdentity.of(core.config()),
                NodeIdentity.times(core.settings()),
                lease,
                core.clock());
        runner.endWith(lease);
        var lostRuns = lost(core, journal, heartbeat, ansible);
        runner.watchOnly(lostRuns::isOurs);
        return new RunnerServices(
                heartbeat,
                lostRuns,
                runner,
                warm,
                RunMaintenance.approvalPreviews(journal, commandServices.plans(), core.clock()),
                retention(core, ansible),
                autoRetry(core.settings(), journal, commandServices.all(), core.clock()),
                keepers(core, ansible),
                new StatusFiles(journal, core.catalogs(), core.clock()));
    }

    private static LostRuns lost(CoreServices core, RunJournal journal, NodeHeartbeat self, AnsibleTools ansible) {
        return new LostRuns(
                journal,
                self,
                ansible.running().runs(),
                () -> core.config().store().cluster().lostAfter(),
                core.clock(),
                System::nanoTime);
    }

    /** Those that keep or forget something when a run has ended. */
    private static List<Lifecycle> keepers(CoreServices core, AnsibleTools ansible) {
        return Stream.of(
                        RunMaintenance.oneTimeSecrets(core.journal(), core.vault()),
                        AccessCommands.keyRotations(core.journal(), core.vault()),
                        ContentCommands.hostVenvs(
                                core.journal(), ansible.venvs().hosts()))
                .map(keeper -> new Lifecycle(keeper::start, keeper))
                .toList();
    }

    private static Retention retention(CoreServices core, AnsibleTools ansible) {
        var retention = new Retention(
                core.settings().each(RunnerServices::limits),
                () -> Retention.rules(
                        core.catalogs().current().environments(), e -> e.rules().keeping()),
                ansible.running(),
                core.journal(),
                core.clock());
        retention.also(() -> core.content().sweep(core.journal()));
        return retention;
    }

    private static Retention.Limits limits(Config config) {
        var keep = config.retention();
        return new Retention.Limits(
                keep.runsMaxAge(),
                keep.runsMaxCount(),
                new Retention.LogLimits(keep.logsMaxAge(), keep.logsMaxCount(), keep.logsMaxSize()));
    }

    private static BackgroundLoop autoRetry(
            Settings settings, RunJournal journal, CommandHandler commands, Clock clock) {
        return RunMaintenance.automaticRetries(
                journal,
                commands,
                () -> settings.config().operations().values().stream()
                        .anyMatch(o -> o.retry().isPresent()),
                operation -> Optional.ofNullable(settings.config().operations().get(operation.value()))
                        .flatMap(OperationEntry::retry)
                        .map(t -> new RetryPolicy(t.attempts(), t.backoff(), t.unreachableOnly())),
                clock);
    }

    /** What works in the background. */
    List<BackgroundLoop> loops() {
        return List.of(
                heartbeat.loop(), lostRuns.loop(), statusFiles.loop(), approvalPreviews, retention.loop(), autoRetry);
    }

    /** In the order in which they start. */
    List<Lifecycle> parts() {
        return Stream.of(
                        List.of(
                                new Lifecycle(heartbeat::start, heartbeat),
                                new Lifecycle(lostRuns::start, lostRuns),
                                new Lifecycle(statusFiles::start, statusFiles)),
                        keepers,
                        List.of(
                                new Lifecycle(warmStarts::start, warmStarts),
                                new Lifecycle(runner::start, runner),
                                new Lifecycle(approvalPreviews::start, approvalPreviews),
                                new Lifecycle(retention::start, retention),
                                new Lifecycle(autoRetry::start, autoRetry)))
                .flatMap(List::stream)
                .toList();
    }
}
