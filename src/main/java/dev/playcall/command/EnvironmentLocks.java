package dev.playcall.command;

import dev.playcall.catalog.Catalogs;
import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.Nearest;
import dev.playcall.security.Closure;
import dev.playcall.security.EnvironmentLock;
import dev.playcall.security.People;
import dev.playcall.security.Permission;
import dev.playcall.security.Target;
import java.time.Duration;
import java.util.Optional;

/** Locking environments and unlocking them. */
final class EnvironmentLocks {
    private static final int LONGEST_REASON = 300;
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Catalogs catalogs;
    private final StartRules rules;
    private final Rights rights;
    private final People people;

    EnvironmentLocks(Catalogs catalogs, StartRules rules, Rights rights) {
        this.catalogs = catalogs;
        this.rules = rules;
        this.rights = rights;
        this.people = rules.people();
    }

    Reply lock(Command.Lock wish, Caller caller) {
        var environment = known(wish.environment());
        if (environment.isEmpty()) {
            return unknown(wish.environment(), caller, Permission.LOCK);
        }
        var reason = wish.reason().strip().replaceAll("[\\p{Cntrl}\\s]+", " ");
        return rights.refusal(caller, Permission.LOCK, Target.of(environment.get()))
                .<Reply>map(d -> d)
                .or(() -> wrong(wish, reason, longest(environment.get())))
                .orElseGet(() -> take(wish, environment.get(), reason, caller));
    }

    private Duration longest(EnvironmentName environment) {
        return catalogs.current()
                .environment(environment)
                .flatMap(e -> e.rules().longestLock())
                .orElse(LONGEST);
    }

    private static Optional<Reply> wrong(Command.Lock wish, String reason, Duration longest) {
        if (reason.isEmpty()) {
            return Optional.of(new Reply.Invalid(
                    "reason",
                    "say why: whoever is refused will be told",
                    Optional.of("lock " + wish.environment() + " database restore --for 2h")));
        }
        if (reason.length() > LONGEST_REASON) {
            return Optional.of(new Reply.Invalid(
                    "reason", "the reason has more than " + LONGEST_REASON + " characters", Optional.empty()));
        }
        return wish.time()
                .filter(t -> t.compareTo(longest) > 0 || !t.isPositive())
                .map(_ -> new Reply.Invalid(
                        "for",
                        "a lock of " + wish.environment() + " may hold for up to " + Spans.of(longest),
                        Optional.of("--for " + Math.max(1, Math.min(120, longest.toMinutes())) + "m")));
    }

    private Reply take(Command.Lock wish, EnvironmentName environment, String reason, Caller caller) {
        var now = rules.clock().instant();
        var until = wish.time()
                .or(() -> catalogs.current()
                        .environment(environment)
                        .flatMap(e -> e.rules().longestLock()))
                .map(now::plus);
        var lock = new EnvironmentLock(environment, caller.person(), reason, now, until);
        return rules.closures()
                .locks()
                .take(lock, people.identities(caller.person()))
                .<Reply>map(other -> new Reply.Taken(rules.line(new Closure.Locked(other))))
                .orElseGet(() -> new Reply.Done(rules.line(new Closure.Locked(lock))));
    }

    Reply unlock(Command.Unlock wish, Caller caller) {
        var environment = known(wish.environment());
        if (environment.isEmpty()) {
            return unknown(wish.environment(), caller, Permission.LOCK);
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
                        d.message() + " (" + rules.line(new Closure.Locked(lock.get())) + ")", d.whoCould()))
                .orElseGet(() -> release(lock.get(), own));
    }

    private Reply release(EnvironmentLock lock, boolean own) {
        if (!rules.closures().locks().release(lock)) {
            return new Reply.Taken("the lock of " + lock.environment() + " has just changed; look again: locks");
        }
        return new Reply.Done(lock.environment() + " is unlocked"
                + (own ? "" : "; it was " + lock.holder() + "'s lock: " + lock.reason()));
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
        var shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return rights.anywhere(caller, needed)
                .<Reply>map(d -> d)
                .orElseGet(() -> new Reply.Invalid(
                        "environment",
                        "there is no environment \"" + shown + "\"; there are " + String.join(", ", names),
                        Nearest.of(text, names).map(n -> "did you mean " + n + "?")));
    }
}
