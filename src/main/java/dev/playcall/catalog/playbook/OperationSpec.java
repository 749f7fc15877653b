package dev.playcall.catalog.playbook;

import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.domain.rollout.Rollout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One operation as configured.
 *
 * @param playbook empty for those without a fixed playbook ({@code validate}, {@code play}, {@code adhoc}, {@code ping} when there is none)
 * @param variables beside those of the playbook
 * @param rollout how it is rolled out; empty for what its playbook says
 */
public record OperationSpec(
        Operation operation,
        Optional<PlaybookName> playbook,
        Optional<Duration> timeout,
        List<VariableSpec> variables,
        Optional<Rollout> rollout) {
    public OperationSpec {
        variables = List.copyOf(variables);
    }
}
