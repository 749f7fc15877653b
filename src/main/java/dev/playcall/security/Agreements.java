package dev.playcall.security;

import dev.playcall.config.Policy;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Operation;
import dev.playcall.domain.Terms;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Which policy holds for a deed: the first that fits, of the configuration and then of the environment's own file. */
public final class Agreements {
    private final Supplier<List<Policy>> everywhere;
    private final Function<EnvironmentName, List<Policy>> here;

    /** @param here the policies in the file of an environment, as they are now */
    public Agreements(List<Policy> everywhere, Function<EnvironmentName, List<Policy>> here) {
        this(() -> everywhere, here);
    }

    /** @param everywhere the policies as they are configured now */
    public Agreements(Supplier<List<Policy>> everywhere, Function<EnvironmentName, List<Policy>> here) {
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
    public record Deed(
            EnvironmentName environment, Collection<Operation> operations, boolean harmless, boolean check) {}

    /**
     * What a policy demands.
     *
     * @param reason whether whoever asks has to say why
     */
    public record Demand(Terms terms, boolean reason) {}

    /** What is demanded for this deed; nothing where no policy fits. */
    public Demand demand(Deed deed, Instant now) {
        return policies(deed.environment())
                .filter(p -> fits(p, deed))
                .findFirst()
                .map(p -> new Demand(p.approvals() == 0 ? Terms.NONE : terms(p, deed, now), p.reason()))
                .orElseGet(() -> new Demand(Terms.NONE, false));
    }

    private static Terms terms(Policy p, Deed deed, Instant now) {
        boolean preview = p.preview() && !deed.check() && !deed.harmless();
        var until = Optional.of(now.plus(p.expires()));
        return new Terms(p.approvals(), p.roles(), p.own(), until, preview, Optional.empty(), "");
    }

    /** Whether runs of different playbooks on the same hosts wait for each other there. */
    public boolean keepsApart(EnvironmentName environment) {
        return policies(environment).anyMatch(p -> p.apart() && covers(p.environments(), environment.value()));
    }

    private Stream<Policy> policies(EnvironmentName environment) {
        return Stream.concat(everywhere.get().stream(), here.apply(environment).stream());
    }

    private static boolean fits(Policy policy, Deed deed) {
        boolean named = !policy.operations().isEmpty()
                && deed.operations().stream().anyMatch(o -> Names.anyMatches(policy.operations(), o.value()));
        return covers(policy.environments(), deed.environment().value())
                && (named || (policy.operations().isEmpty() && !deed.harmless()))
                && (policy.checks() || !deed.check());
    }

    private static boolean covers(List<String> patterns, String name) {
        return patterns.isEmpty() || Names.anyMatches(patterns, name);
    }
}
