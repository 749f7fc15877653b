package dev.playcall.catalog;

import dev.playcall.config.Policy;
import dev.playcall.config.PolicyBinding;
import dev.playcall.config.Problem;
import dev.playcall.config.Section;
import dev.playcall.config.Yaml;
import java.util.List;
import java.util.Optional;

/**
 * What {@code inventory/<env>/config.yml} says of an environment.
 *
 * @param apart whether runs of different playbooks on the same hosts wait for each other
 */
record EnvironmentFile(boolean apart, List<Policy> policies) {
    static final EnvironmentFile NONE = new EnvironmentFile(false, List.of());

    static EnvironmentFile read(Optional<Yaml> yaml, List<Problem> problems) {
        var s = new Section("", yaml, problems);
        var file = new EnvironmentFile(s.flag("protected", false), new PolicyBinding(s).policiesHere());
        s.end();
        return file;
    }
}
