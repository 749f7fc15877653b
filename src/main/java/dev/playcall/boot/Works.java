package dev.playcall.boot;

import dev.playcall.command.Desk;
import dev.playcall.command.Foresight;
import dev.playcall.command.SelfRetries;
import dev.playcall.command.SpentSecrets;
import dev.playcall.config.Config;
import dev.playcall.config.Config.OperationEntry;
import dev.playcall.journal.RunJournal;
import dev.playcall.runner.Retention;
import dev.playcall.runner.Runner;
import dev.playcall.status.StatusFiles;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What makes runs of wishes, and looks after those there are. */
record Works(
        Runner runner,
        Foresight foresight,
        Retention retention,
        SelfRetries selfRetries,
        SpentSecrets spent,
        StatusFiles statusFiles) {

    static Works of(Ground ground, AnsibleTools ansible, Desks desks) {
        var journal = ground.journal();
        var runner = new Runner(
                ansible.running(),
                () -> ground.config().ansible().maxParallelRuns(),
                journal,
                ground.database().lanes(),
                ansible.launcher(),
                ground.secrets().redaction(),
                ground.rules(),
                ground.clock());
        return new Works(
                runner,
                new Foresight(journal, ansible.plans(), ground.clock()),
                retention(ground, ansible),
                selfRetries(ground.settings(), journal, desks.all(), ground.clock()),
                new SpentSecrets(journal, ground.vault()),
                new StatusFiles(journal, ground.catalogs(), ground.clock()));
    }

    private static Retention retention(Ground ground, AnsibleTools ansible) {
        var retention = new Retention(
                ground.settings().each(Works::limits),
                () -> Retention.rules(
                        ground.catalogs().current().environments(),
                        e -> e.rules().keeping()),
                ansible.running(),
                ground.journal(),
                ground.clock());
        retention.also(() -> ground.shelf().sweep(ground.journal()));
        return retention;
    }

    private static Retention.Limits limits(Config config) {
        var keep = config.retention();
        return new Retention.Limits(keep.runsMaxAge(), keep.runsMaxCount(), keep.logsMaxAge(), keep.logsMaxSize());
    }

    private static SelfRetries selfRetries(Settings settings, RunJournal journal, Desk desk, Clock clock) {
        return new SelfRetries(
                journal,
                desk,
                () -> settings.config().operations().values().stream()
                        .anyMatch(o -> o.retry().isPresent()),
                operation -> Optional.ofNullable(settings.config().operations().get(operation.value()))
                        .flatMap(OperationEntry::retry)
                        .map(t -> new SelfRetries.Policy(t.attempts(), t.backoff(), t.unreachableOnly())),
                clock);
    }

    /** In the order in which they start. */
    List<Part> parts() {
        return List.of(
                new Part(statusFiles::start, statusFiles),
                new Part(spent::start, spent),
                new Part(runner::start, runner),
                new Part(foresight::start, foresight),
                new Part(retention::start, retention),
                new Part(selfRetries::start, selfRetries));
    }
}
