package dev.playcall.catalog.playbook;

import dev.playcall.catalog.variable.VariableSpec;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.PlaybookName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One playbook with what its {@code .meta.yml} says of it.
 *
 * @param file absolute
 * @param title what people read, the name when there is no description file
 * @param variables the only variables that may be given
 */
public record Playbook(
        PlaybookName name,
        Path file,
        String title,
        String description,
        Optional<Operation> operation,
        Optional<Duration> timeout,
        Danger danger,
        List<VariableSpec> variables) {
    public Playbook {
        variables = List.copyOf(variables);
    }

    /** How much harm a run can do, as its author sees it. */
    public enum Danger {
        NONE,
        NORMAL,
        HIGH
    }
}
