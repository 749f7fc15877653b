package dev.playcall.ansible;

import dev.playcall.catalog.ansiblecfg.RunTuning;
import dev.playcall.domain.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * How Ansible is run for one request.
 *
 * @param facts where facts are kept for later runs; empty where none are
 */
record TunedRun(RunTuning tuning, Optional<Path> facts) {
    /** In the folder of a run: what held for it and from where, one line. */
    static final String FILE = "ansible.settings";

    /** @param elsewhere whether another host executes it, which has no facts of ours */
    static TunedRun of(AnsibleSettings settings, RunRequest request, boolean elsewhere) throws IOException {
        var environment = request.environment().value();
        var usual = RunTuning.of(
                settings.config(),
                settings.tuning(),
                settings.forks(),
                environment,
                request.operation().value());
        var tuning = request.options()
                .slices()
                .map(n -> usual.inSlices(n, "--slices"))
                .orElse(usual);
        if (elsewhere) {
            return new TunedRun(tuning.withoutFacts("not with run_on").inOneSlice("not with run_on"), Optional.empty());
        }
        if (settings.isolation().runAs().isPresent()) {
            return new TunedRun(tuning.withoutFacts("not with ansible.run_as"), Optional.empty());
        }
        boolean kept = tuning.factCache().value().filter(Duration::isPositive).isPresent();
        return new TunedRun(
                tuning, kept ? Optional.of(folder(settings.facts().resolve(environment))) : Optional.empty());
    }

    private static Path folder(Path facts) throws IOException {
        return Files.createDirectories(
                facts, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
