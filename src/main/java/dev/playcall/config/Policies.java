package dev.playcall.config;

import java.time.Duration;
import java.util.List;

/** What has to be agreed, and when nothing is to change, as {@code access:} says it. */
public record Policies(List<Policy> policies, List<FreezeWindow> freezes) {
    public static final Policies NONE = new Policies(List.of(), List.of());

    public Policies {
        policies = List.copyOf(policies);
        freezes = List.copyOf(freezes);
    }

    /**
     * What has to be agreed before something may start. Names may hold {@code *} and {@code ?}.
     *
     * @param environments where it holds; empty for everywhere
     * @param operations for what; empty for everything that can change something
     * @param approvals how many people have to agree; 0 lets it pass
     * @param roles who may agree; empty for everybody who may approve
     * @param own whether whoever asked may be one of them
     * @param expires how long they have
     * @param reason whether whoever asks has to say why
     * @param preview whether it is run in check mode before
     * @param checks whether it also holds for runs in check mode
     * @param apart whether runs of different playbooks on the same hosts wait for each other
     */
    public record Policy(
            List<String> environments,
            List<String> operations,
            int approvals,
            List<String> roles,
            boolean own,
            Duration expires,
            boolean reason,
            boolean preview,
            boolean checks,
            boolean apart) {
        public Policy {
            environments = List.copyOf(environments);
            operations = List.copyOf(operations);
            roles = List.copyOf(roles);
        }
    }
}
