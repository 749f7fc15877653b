package dev.playcall.bench;

import dev.playcall.domain.RunRequest;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What benchmarks ask for: the plainest run of a playbook in production. */
final class BenchRequest {
    private BenchRequest() {}

    static RunRequest of(String playbook) {
        return of(playbook, playbook);
    }

    /** @param lock runs with different ones work at the same time */
    static RunRequest of(String playbook, String lock) {
        return new RunRequest(
                new Operation(playbook),
                new EnvironmentName("production"),
                Optional.of(new PlaybookName(playbook)),
                lock,
                "",
                List.of(),
                List.of(),
                false,
                false,
                new TreeMap<>(),
                0,
                Duration.ofMinutes(30),
                "",
                "",
                Optional.empty(),
                0,
                AnsibleOptions.NONE,
                Optional.empty());
    }
}
