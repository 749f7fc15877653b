package dev.playcall.command.router;

import dev.playcall.background.Faults;
import dev.playcall.command.Allowances;
import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.run.RequestedRuns;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.AllowanceStore;
import dev.playcall.security.audit.AuditLog;
import dev.playcall.security.audit.AuditNote;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one human make only so many runs in a time, through whatever acts for them. Stopping a run is never limited. Of a row of refusals the first is
 * recorded: nobody may fill the audit log by being refused.
 */
public final class RateLimitFilter implements CommandHandler, Allowances {
    private static final Logger log = LoggerFactory.getLogger(RateLimitFilter.class);
    private static final int MANY = 10_000;

    private final CommandHandler commands;
    private final AuditLog audit;
    private final Supplier<Allowed> allowed;
    private final RequestedRuns asked;
    private final TimeMeter time;
    private final Map<Person, Allowance> allowances = new ConcurrentHashMap<>();
    private volatile Optional<AllowanceStore> shared = Optional.empty();

    /** @param allowed as it is configured now */
    public RateLimitFilter(
            CommandHandler commands, AuditLog audit, Supplier<Allowed> allowed, RequestedRuns asked, Clock clock) {
        this.commands = commands;
        this.audit = audit;
        this.asked = asked;
        this.allowed = allowed;
        this.time = new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return clock.millis() * 1_000_000;
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }

    /** {@code runs} of one person in {@code per}; 0 for as many as they like. */
    public record Allowed(int runs, Duration per) {}

    private record Allowance(Allowed allowed, RunTokens tokens, java.util.concurrent.atomic.AtomicBoolean reported) {}

    @Override
    public Reply handle(Command command, Caller caller) {
        var now = allowed.get();
        int runs = asked.runs(command, caller);
        if (now.runs() == 0 || runs == 0) {
            return commands.handle(command, caller);
        }
        var allowance = allowance(caller.person(), now);
        if (runs > now.runs()) {
            return refused(caller, allowance, tooLarge(runs, now), now.per());
        }
        var wait = allowance.tokens().take(runs);
        if (wait.isZero()) {
            allowance.reported().set(false);
            return counted(commands.handle(command, caller), allowance, runs);
        }
        return refused(caller, allowance, tooOften(now, wait), wait);
    }

    /** Of several runs that were refused together only the asking counts. */
    private static Reply counted(Reply reply, Allowance allowance, int runs) {
        if (runs > 1 && !(reply instanceof Reply.Batched)) {
            allowance.tokens().giveBack(runs - 1);
        }
        return reply;
    }

    @Override
    public Optional<Left> left(Person person) {
        var now = allowed.get();
        return now.runs() == 0
                ? Optional.empty()
                : Optional.of(allowance(person, now).tokens().left());
    }

    /** Other gateways count together with this one. To be said before the first command. */
    public void share(AllowanceStore store) {
        shared = Optional.of(store);
    }

    private RunTokens tokens(Person person, Allowed now) {
        return shared.<RunTokens>map(s -> new RunTokens.Everywhere(now, person, s))
                .orElseGet(() -> RunTokens.Here.of(now, time));
    }

    private Allowance allowance(Person asking, Allowed now) {
        var person = asked.human(asking);
        if (allowances.size() > MANY) {
            allowances.values().removeIf(a -> a.tokens().isFull());
        }
        allowances.computeIfPresent(person, (_, a) -> a.allowed().equals(now) ? a : null);
        return allowances.computeIfAbsent(
                person, _ -> new Allowance(now, tokens(person, now), new java.util.concurrent.atomic.AtomicBoolean()));
    }

    private static String most(Allowed allowed) {
        return allowed.runs() + " runs in " + TextFormat.duration(allowed.per());
    }

    private static String tooOften(Allowed allowed, Duration wait) {
        return "rate limit: " + most(allowed) + " per person; try again in "
                + TextFormat.duration(Duration.ofSeconds(seconds(wait)));
    }

    private static String tooLarge(int runs, Allowed allowed) {
        return "that is " + runs + " runs, and one person may start " + most(allowed) + "; use fewer environments";
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }

    private Reply refused(Caller caller, Allowance allowance, String message, Duration wait) {
        if (allowance.reported().compareAndSet(false, true)) {
            record(AuditNote.refused(
                    caller.person(),
                    caller.origin().channel(),
                    "limit",
                    "runs in " + TextFormat.duration(allowance.allowed().per()),
                    message));
        }
        return new Reply.TooMany(message, Duration.ofSeconds(seconds(wait)));
    }

    /** A refusal stands also when it cannot be recorded. */
    private void record(AuditNote note) {
        try {
            audit.record(note);
        } catch (RuntimeException e) {
            log.error("A refusal could not be recorded ({}): {}", Faults.reason(e), note.reason());
        }
    }
}
