package dev.playcall.catalog.inventory;

import dev.playcall.config.Access;
import dev.playcall.config.FreezeWindow;
import dev.playcall.config.Policies.Policy;
import dev.playcall.config.Quantities;
import dev.playcall.config.Section;
import dev.playcall.config.binding.AccessBinding;
import dev.playcall.config.binding.PolicyBinding;
import dev.playcall.config.binding.RetentionRules;
import dev.playcall.config.yaml.Problem;
import dev.playcall.config.yaml.Yaml;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What {@code inventory/<env>/config.yml} says of an environment.
 *
 * @param apart whether runs of different playbooks on the same hosts wait for each other
 * @param policies what has to be agreed here, after what the configuration says
 * @param freezes when nothing is to change here, beside those of the configuration
 * @param bindings who has which role here, beside those of the configuration
 * @param longestLock how long a lock may hold here; one without a time ends then
 * @param keeping how long its runs are to be kept
 * @param nodeSelector labels that the node of its runs has to have
 */
public record EnvironmentRules(
        boolean apart,
        List<Policy> policies,
        List<FreezeWindow> freezes,
        List<Access.Binding> bindings,
        Optional<Duration> longestLock,
        RetentionRules keeping,
        SortedSet<String> nodeSelector) {
    public static final EnvironmentRules NONE = new EnvironmentRules(
            false,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            RetentionRules.AS_CONFIGURED,
            Collections.emptySortedSet());

    public EnvironmentRules {
        policies = List.copyOf(policies);
        freezes = List.copyOf(freezes);
        bindings = List.copyOf(bindings);
    }

    /** Reads the file of this environment; {@code access} has the roles that there are. */
    static EnvironmentRules read(
            String environment, Optional<Yaml> yaml, Access access, ZoneId zone, List<Problem> problems) {
        var s = new Section("", yaml, problems);
        var policies = new PolicyBinding(s, access.roleNames());
        var locks = s.section("locks");
        var rules = new EnvironmentRules(
                s.flag("protected", false),
                policies.policiesHere(),
                policies.freezesHere(zone),
                new AccessBinding(s).bindingsHere(environment, access),
                locks.optionalValue("longest", Quantities::positiveDuration, "a duration", "8h"),
                RetentionRules.read(s.section("retention")),
                s.labels("node_selector"));
        locks.end();
        s.end();
        return rules;
    }
}
