package dev.playcall.command.maintenance;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.background.Steps;
import dev.playcall.command.Caller;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.command.RunCommand;
import dev.playcall.command.maintenance.RunMaintenance.RetryPolicy;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again by itself where the operation allows it. What is due is read from the history and each try is a request with a
 * name of its own, so that no crash forgets one and none is made twice. It acts for whoever asked, with the rights they
 * have then.
 */
final class AutoRetry {
    private static final Logger log = LoggerFactory.getLogger(AutoRetry.class);
    private static final String NAME = "retry-by-itself:";
    private static final Duration LOOKED_BACK = Duration.ofHours(24);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int LOOKED_AT = 100;
    private static final int NEWER = 20;

    private final RunJournal journal;
    private final CommandHandler commands;
    private final Supplier<Boolean> any;
    private final Function<Operation, Optional<RetryPolicy>> policies;
    private final Clock clock;
    private final Set<RunId> asked = new HashSet<>();
    private final BackgroundLoop loop;

    /** @param any whether there is a policy at all, so that nobody looks in vain */
    AutoRetry(
            RunJournal journal,
            CommandHandler commands,
            Supplier<Boolean> any,
            Function<Operation, Optional<RetryPolicy>> policies,
            Clock clock) {
        this.journal = journal;
        this.commands = commands;
        this.any = any;
        this.policies = policies;
        this.clock = clock;
        this.loop = new BackgroundLoop("automatic-retries", EVERY, EVERY, clock, this::tick);
    }

    /** What works in the background. */
    BackgroundLoop loop() {
        return loop;
    }

    /** Makes the tries that are due. */
    void tick() {
        if (!any.get()) {
            return;
        }
        var now = clock.instant();
        var steps = new Steps();
        journal.read().list(failed(now.minus(LOOKED_BACK))).runs().stream()
                .filter(r -> r.batch().isEmpty() && !r.request().check() && !asked.contains(r.id()))
                .forEach(r ->
                        steps.then(() -> policies.apply(r.request().operation()).ifPresent(p -> consider(r, p, now))));
        steps.end();
    }

    private static RunQuery failed(Instant since) {
        return RunQuery.newest(LOOKED_AT).states(Set.of(RunState.FAILED)).between(Optional.of(since), Optional.empty());
    }

    private void consider(Run run, RetryPolicy policy, Instant now) {
        int attempt = attempt(run);
        var pause = policy.backoff().multipliedBy(1L << Math.min(attempt - 1, 10));
        if (attempt >= policy.attempts()
                || run.endedAt().filter(e -> !e.plus(pause).isAfter(now)).isEmpty()) {
            return;
        }
        boolean wanted = helps(run, policy) && isNewest(run);
        if (!wanted || !isPutOff(retry(run, attempt + 1, policy.attempts()))) {
            asked.add(run.id());
        }
    }

    /** The first is 1. */
    private int attempt(Run run) {
        int attempt = 1;
        for (var r = Optional.of(run); r.filter(AutoRetry::isOurs).isPresent(); attempt++) {
            r = r.get().request().retryOf().flatMap(journal.read()::find);
        }
        return attempt;
    }

    private static boolean isOurs(Run run) {
        return run.origin().messageId().filter(m -> m.startsWith(NAME)).isPresent();
    }

    /** A playbook that does not parse fails again. */
    private boolean helps(Run run, RetryPolicy policy) {
        var bad = journal.read().badHosts(run.id()).stream()
                .map(HostResult::outcome)
                .toList();
        return !bad.isEmpty() && (!policy.unreachableOnly() || !bad.contains(HostOutcome.FAILED));
    }

    /** What somebody has asked for since is not to be undone by an older request. */
    private boolean isNewest(Run run) {
        return journal.read().list(RunQuery.similar(run.request(), NEWER)).runs().stream()
                .filter(r -> !r.request().check())
                .findFirst()
                .filter(r -> r.id().equals(run.id()))
                .isPresent();
    }

    /** What cannot be taken now is asked for again at the next look. */
    private static boolean isPutOff(Reply reply) {
        return reply instanceof Reply.TooMany || reply instanceof Reply.Unavailable;
    }

    private Reply retry(Run run, int attempt, int attempts) {
        var name = Optional.of(NAME + run.id().value());
        var caller = new Caller(run.requestedBy(), new Origin(run.origin().channel(), name)).behind(run.provenance());
        var why = new RepeatReason("automatic retry, " + attempt + " of " + attempts, "");
        var reply = commands.handle(new RunCommand.Retry(run.id(), why), caller);
        log.info("{} is retried automatically, {} of {}: {}", run.id(), attempt, attempts, reply);
        return reply;
    }
}
