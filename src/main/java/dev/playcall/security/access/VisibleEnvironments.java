package dev.playcall.security.access;

import dev.playcall.config.Access.Reach;
import dev.playcall.domain.name.EnvironmentName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The environments one person may view, as of the time it was asked for. */
public final class VisibleEnvironments {
    private final boolean everything;
    private final List<Grant> grants;

    VisibleEnvironments(boolean everything, List<Grant> grants) {
        this.grants = grants.stream()
                .filter(g -> g.permissions().contains(Permission.VIEW))
                .toList();
        this.everything = everything
                || this.grants.stream()
                        .anyMatch(g -> g.limits(Reach::environments).isEmpty());
    }

    public boolean sees(EnvironmentName environment) {
        return everything || grants.stream().anyMatch(g -> g.covers(Permission.VIEW, Target.of(environment)));
    }

    /** Whether alerts are seen that say this of their environment; whoever may look at all sees those that name none. */
    public boolean seesAlertsOf(String environment) {
        return !EnvironmentName.isValid(environment) || sees(new EnvironmentName(environment));
    }

    /** Those of these environments that a list has to be limited to; empty when there is no limit. */
    public Optional<Set<String>> narrowed(Collection<EnvironmentName> known) {
        return everything
                ? Optional.empty()
                : Optional.of(known.stream()
                        .filter(this::sees)
                        .map(EnvironmentName::value)
                        .collect(Collectors.toSet()));
    }
}
