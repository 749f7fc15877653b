package dev.playcall.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The conditions under which a run was accepted: the approvals it needs before it may start, and the locks and freeze windows it overrides.
 *
 * @param approvals how many people have to agree; 0 when nobody has to
 * @param roles who may agree; empty for everybody who may approve at all
 * @param own whether whoever asked may be one of them
 * @param until when it is too late
 * @param preview whether a run in check mode has to have ended before
 * @param contentDigest exactly what is agreed to
 * @param override why a lock or a freeze does not hold for it; empty when they do
 * @param isRequesterUnknown whether it needs one approval more because nobody knows which person requested it
 */
public record StartTerms(
        int approvals,
        List<String> roles,
        boolean own,
        Optional<Instant> until,
        boolean preview,
        Optional<ContentDigest> contentDigest,
        String override,
        boolean isRequesterUnknown) {
    public static final StartTerms NONE =
            new StartTerms(0, List.of(), false, Optional.empty(), false, Optional.empty(), "", false);

    public StartTerms {
        roles = List.copyOf(roles);
        if (approvals < 0) {
            throw new IllegalArgumentException("a run cannot need " + approvals + " approvals");
        }
    }

    /**
     * The same for a run that was asked for by nobody knows whom: of one approval more than are needed, at most one is of
     * whoever asked. Where whoever asked may approve anyway, it is as it was.
     */
    public StartTerms forUnknown() {
        return approvals == 0 || own
                ? this
                : new StartTerms(approvals + 1, roles, false, until, preview, contentDigest, override, true);
    }

    /** Why it is one more than the policy says, as it is added to a sentence; empty when it is not. */
    public String whyOneMore() {
        return isRequesterUnknown ? ", one more than usual as the requester is not known by name" : "";
    }

    /** The same, about exactly this. */
    public StartTerms forContent(ContentDigest exactly) {
        return new StartTerms(
                approvals, roles, own, until, preview, Optional.of(exactly), override, isRequesterUnknown);
    }

    /** The same with an override. */
    public StartTerms overriding(String reason) {
        return new StartTerms(approvals, roles, own, until, preview, contentDigest, reason, isRequesterUnknown);
    }
}
