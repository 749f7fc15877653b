package dev.playcall.command.run;

import dev.playcall.command.Caller;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.Truncate;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.approval.LocksAndFreezes.LockOrFreeze;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** On which terms something may be started, or why it may not. */
public final class StartPreconditions {
    private static final Logger log = LoggerFactory.getLogger(StartPreconditions.class);
    private static final int LONGEST_REASON = 300;

    private final StartPolicy rules;
    private final Rights rights;

    public StartPreconditions(StartPolicy rules, Rights rights) {
        this.rules = rules;
        this.rights = rights;
    }

    /** What comes of looking. */
    public sealed interface Result {
        record Accepted(StartTerms terms) implements Result {}

        record Rejected(Reply reply) implements Result {}
    }

    public Result of(RunRequest request, String override, Caller caller) {
        var reason = Truncate.line(override);
        var refusal = reason.isEmpty() ? closed(request, caller) : overriding(request, reason, caller);
        return refusal.<Result>map(Result.Rejected::new).orElseGet(() -> approvalState(request, reason, caller));
    }

    /** What cannot be read is not open. */
    private Optional<Reply> closed(RunRequest request, Caller caller) {
        Optional<LockOrFreeze> closure;
        try {
            closure = rules.closed(request, caller.person());
        } catch (RuntimeException e) {
            log.error("The lock of {} cannot be read; what would change it is refused", request.environment(), e);
            return Optional.of(new Reply.Denied("whether " + request.environment()
                    + " is locked cannot be read, so nothing is changed there; the log says why"));
        }
        return closure.map(c -> {
            var mayPass = rights.refusal(caller, Permission.OVERRIDE, Target.of(request));
            var remedy = mayPass.isEmpty() ? "; you may pass it: --override \"why\"" : "";
            return new Reply.Denied(
                    rules.line(c) + remedy, mayPass.map(Reply.Denied::whoCould).orElse(java.util.List.of()));
        });
    }

    private Optional<Reply> overriding(RunRequest request, String reason, Caller caller) {
        if (reason.length() > LONGEST_REASON) {
            return Optional.of(new Reply.Invalid(
                    "override", "the reason has more than " + LONGEST_REASON + " characters", Optional.empty()));
        }
        return rights.refusal(caller, Permission.OVERRIDE, Target.of(request)).map(d -> d);
    }

    private Result approvalState(RunRequest request, String override, Caller caller) {
        var demand = rules.agreements()
                .demand(rules.requestedAction(request), rules.clock().instant());
        if (demand.reason() && request.description().isBlank()) {
            return new Result.Rejected(new Reply.Invalid(
                    "description", request.environment() + " requires a reason", Optional.of("add --reason \"…\"")));
        }
        boolean unknown = rules.people().isUnknown(rules.provenance(caller).human());
        var demanded = unknown ? demand.terms().forUnknown() : demand.terms();
        var startTerms = demanded.overriding(override);
        if (startTerms.approvals() == 0) {
            return new Result.Accepted(startTerms);
        }
        try {
            return new Result.Accepted(startTerms.forContent(rules.contentDigest(request)));
        } catch (UncheckedIOException e) {
            return new Result.Rejected(
                    new Reply.Denied("what would run cannot be read, so it cannot be approved: " + e.getMessage()));
        }
    }
}
