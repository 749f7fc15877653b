package dev.playcall.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * On which terms a run was taken: who has to agree before it may start, and what was overridden for it.
 *
 * @param approvals how many people have to agree; 0 when nobody has to
 * @param roles who may agree; empty for everybody who may approve at all
 * @param own whether whoever asked may be one of them
 * @param until when it is too late
 * @param preview whether a run in check mode has to have ended before
 * @param seal exactly what is agreed to
 * @param override why a lock or a freeze does not hold for it; empty when they do
 */
public record Terms(
        int approvals,
        List<String> roles,
        boolean own,
        Optional<Instant> until,
        boolean preview,
        Optional<Seal> seal,
        String override) {
    public static final Terms NONE = new Terms(0, List.of(), false, Optional.empty(), false, Optional.empty(), "");

    public Terms {
        roles = List.copyOf(roles);
        if (approvals < 0) {
            throw new IllegalArgumentException("a run cannot need " + approvals + " approvals");
        }
    }

    /** One approval of anybody else, with no end. */
    public static Terms oneApproval() {
        return new Terms(1, List.of(), false, Optional.empty(), false, Optional.empty(), "");
    }

    /** The same, about exactly this. */
    public Terms sealed(Seal exactly) {
        return new Terms(approvals, roles, own, until, preview, Optional.of(exactly), override);
    }

    /** The same with an override. */
    public Terms overriding(String reason) {
        return new Terms(approvals, roles, own, until, preview, seal, reason);
    }
}
