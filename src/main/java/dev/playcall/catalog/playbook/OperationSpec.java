package dev.playcall.catalog.playbook;

import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One operation as configured.
 *
 * @param playbook empty for those without a fixed playbook ({@code validate}, {@code play}, {@code adhoc}, {@code ping} when there is none)
 * @param variables beside those of the playbook
 */
public record OperationSpec(
        Operation operation,
        Optional<PlaybookName> playbook,
        Optional<Duration> timeout,
        List<VariableSpec> variables) {
    public OperationSpec {
        variables = List.copyOf(variables);
    }
}
