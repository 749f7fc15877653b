package dev.playcall.security.approval;

import dev.playcall.config.Policies.Policy;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Operation;
import dev.playcall.security.access.NamePatterns;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which policy applies to an action: the first that fits, of the configuration and then of the environment's own file. */
public final class ApprovalPolicies {
    private final Supplier<List<Policy>> everywhere;
    private final Function<EnvironmentName, List<Policy>> here;

    /** @param here the policies in the file of an environment, as they are now */
    public ApprovalPolicies(List<Policy> everywhere, Function<EnvironmentName, List<Policy>> here) {
        this(() -> everywhere, here);
    }

    /** @param everywhere the policies as they are configured now */
    public ApprovalPolicies(Supplier<List<Policy>> everywhere, Function<EnvironmentName, List<Policy>> here) {
        this.everywhere = everywhere;
        this.here = here;
    }

    /**
     * What somebody wants to do.
     *
     * @param operations what it is called, and every operation that does the same: no name is a way around
     * @param harmless whether its author says that it changes nothing
     * @param check whether it is run in check mode
     */
    public record RequestedAction(
            EnvironmentName environment, Collection<Operation> operations, boolean harmless, boolean check) {}

    /**
     * What a policy demands.
     *
     * @param reason whether whoever asks has to say why
     */
    public record Demand(StartTerms terms, boolean reason) {}

    /** What is demanded for this action; nothing where no policy fits. */
    public Demand demand(RequestedAction action, Instant now) {
        return policies(action.environment())
                .filter(p -> fits(p, action))
                .findFirst()
                .map(p -> new Demand(p.approvals() == 0 ? StartTerms.NONE : terms(p, action, now), p.reason()))
                .orElseGet(() -> new Demand(StartTerms.NONE, false));
    }

    private static StartTerms terms(Policy p, RequestedAction action, Instant now) {
        boolean preview = p.preview() && !action.check() && !action.harmless();
        var until = Optional.of(now.plus(p.expires()));
        return new StartTerms(p.approvals(), p.roles(), p.own(), until, preview, Optional.empty(), "", false);
    }

    /** Whether runs of different playbooks on the same hosts wait for each other there. */
    public boolean keepsApart(EnvironmentName environment) {
        return policies(environment).anyMatch(p -> p.apart() && covers(p.environments(), environment.value()));
    }

    private Stream<Policy> policies(EnvironmentName environment) {
        return Stream.concat(everywhere.get().stream(), here.apply(environment).stream());
    }

    private static boolean fits(Policy policy, RequestedAction action) {
        boolean named = !policy.operations().isEmpty()
                && action.operations().stream().anyMatch(o -> NamePatterns.anyMatches(policy.operations(), o.value()));
        return covers(policy.environments(), action.environment().value())
                && (named || (policy.operations().isEmpty() && !action.harmless()))
                && (policy.checks() || !action.check());
    }

    private static boolean covers(List<String> patterns, String name) {
        return patterns.isEmpty() || NamePatterns.anyMatches(patterns, name);
    }
}
