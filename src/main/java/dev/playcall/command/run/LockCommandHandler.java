package dev.playcall.command.run;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.LockCommand;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.security.access.People;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import dev.playcall.security.approval.LockStore.EnvironmentLock;
import dev.playcall.security.approval.LocksAndFreezes.LockOrFreeze;
import java.time.Duration;
import java.util.Optional;

/** Locking environments and unlocking them. */
final class LockCommandHandler implements FamilyHandler<LockCommand> {
    private static final int LONGEST_REASON = 300;
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Catalogs catalogs;
    private final StartPolicy rules;
    private final Rights rights;
    private final People people;

    LockCommandHandler(Catalogs catalogs, StartPolicy rules, Rights rights) {
        this.catalogs = catalogs;
        this.rules = rules;
        this.rights = rights;
        this.people = rules.people();
    }

    @Override
    public Reply handle(LockCommand command, Caller caller) {
        return switch (command) {
            case LockCommand.Lock lock -> lock(lock, caller);
            case LockCommand.Unlock unlock -> unlock(unlock, caller);
        };
    }

    private Reply lock(LockCommand.Lock command, Caller caller) {
        var environment = known(command.environment());
        if (environment.isEmpty()) {
            return unknown(command.environment(), caller, Permission.LOCK);
        }
        var reason = Truncate.line(command.reason());
        return rights.refusal(caller, Permission.LOCK, Target.of(environment.get()))
                .<Reply>map(d -> d)
                .or(() -> wrong(command, reason, longest(environment.get())))
                .orElseGet(() -> take(command, environment.get(), reason, caller));
    }

    private Duration longest(EnvironmentName environment) {
        return catalogs.current()
                .environment(environment)
                .flatMap(e -> e.rules().longestLock())
                .orElse(LONGEST);
    }

    private static Optional<Reply> wrong(LockCommand.Lock command, String reason, Duration longest) {
        if (reason.isEmpty()) {
            return Optional.of(new Reply.Invalid(
                    "reason",
                    "reason required: it is shown to people who are refused",
                    Optional.of("lock " + command.environment() + " database restore --for 2h")));
        }
        if (reason.length() > LONGEST_REASON) {
            return Optional.of(new Reply.Invalid(
                    "reason", "the reason has more than " + LONGEST_REASON + " characters", Optional.empty()));
        }
        return command.time()
                .filter(t -> t.compareTo(longest) > 0 || !t.isPositive())
                .map(_ -> new Reply.Invalid(
                        "for",
                        "a lock of " + command.environment() + " can last at most " + TextFormat.duration(longest),
                        Optional.of("--for " + Math.max(1, Math.min(120, longest.toMinutes())) + "m")));
    }

    private Reply take(LockCommand.Lock command, EnvironmentName environment, String reason, Caller caller) {
        var now = rules.clock().instant();
        var until = command.time()
                .or(() -> catalogs.current()
                        .environment(environment)
                        .flatMap(e -> e.rules().longestLock()))
                .map(now::plus);
        var lock = new EnvironmentLock(environment, caller.person(), reason, now, until);
        return rules.closures()
                .locks()
                .take(lock, people.identities(caller.person()))
                .<Reply>map(other -> new Reply.Conflict(rules.line(new LockOrFreeze.Locked(other))))
                .orElseGet(() -> new Reply.Done(rules.line(new LockOrFreeze.Locked(lock))));
    }

    private Reply unlock(LockCommand.Unlock command, Caller caller) {
        var environment = known(command.environment());
        if (environment.isEmpty()) {
            return unknown(command.environment(), caller, Permission.LOCK);
        }
        var lock = rules.closures().lock(environment.get());
        if (lock.isEmpty()) {
            return rights.refusal(caller, Permission.LOCK, Target.of(environment.get()))
                    .<Reply>map(d -> d)
                    .orElseGet(() ->
                            new Reply.Invalid("environment", environment.get() + " is not locked", Optional.empty()));
        }
        boolean own = people.same(lock.get().holder(), caller.person());
        var needed = own ? Permission.LOCK : Permission.UNLOCK;
        return rights.refusal(caller, needed, Target.of(environment.get()))
                .<Reply>map(d -> new Reply.Denied(
                        d.message() + " (" + rules.line(new LockOrFreeze.Locked(lock.get())) + ")", d.whoCould()))
                .orElseGet(() -> release(lock.get(), own));
    }

    private Reply release(EnvironmentLock lock, boolean own) {
        if (!rules.closures().locks().release(lock)) {
            return new Reply.Conflict("the lock of " + lock.environment() + " has just changed; check with: locks");
        }
        return new Reply.Done(lock.environment() + " is unlocked"
                + (own ? "" : "; it was " + lock.holder().inText() + "'s lock: " + lock.reason()));
    }

    private Optional<EnvironmentName> known(String text) {
        return Optional.of(text)
                .filter(EnvironmentName::isValid)
                .map(EnvironmentName::new)
                .filter(e -> catalogs.current().environment(e).isPresent());
    }

    private Reply unknown(String text, Caller caller, Permission needed) {
        var names = catalogs.current().environments().keySet().stream()
                .map(EnvironmentName::value)
                .toList();
        var shown = Truncate.of(text, 60);
        return rights.anywhere(caller, needed)
                .<Reply>map(d -> d)
                .orElseGet(() -> new Reply.Invalid(
                        "environment",
                        "there is no environment \"" + shown + "\"; there are " + String.join(", ", names),
                        Suggestion.of(text, names).map(n -> "did you mean " + n + "?")));
    }
}
