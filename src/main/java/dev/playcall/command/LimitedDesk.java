package dev.playcall.command;

import dev.playcall.domain.Person;
import dev.playcall.security.AuditLog;
import dev.playcall.security.AuditNote;
import io.github.bucket4j.Bucket;
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
 * Lets one person make only so many runs in a time. Stopping a run is never limited. Of a row of refusals the first is
 * recorded: nobody may fill the audit log by being refused.
 */
public final class LimitedDesk implements Desk, Allowances {
    private static final Logger log = LoggerFactory.getLogger(LimitedDesk.class);
    private static final int MANY = 10_000;

    private final Desk desk;
    private final AuditLog audit;
    private final Supplier<Allowed> allowed;
    private final TimeMeter time;
    private final Map<Person, Allowance> allowances = new ConcurrentHashMap<>();

    /** @param runs how many in {@code per}; 0 for as many as they like */
    public LimitedDesk(Desk desk, AuditLog audit, int runs, Duration per, Clock clock) {
        this(desk, audit, () -> new Allowed(runs, per), clock);
    }

    /** @param allowed as it is configured now */
    public LimitedDesk(Desk desk, AuditLog audit, Supplier<Allowed> allowed, Clock clock) {
        this.desk = desk;
        this.audit = audit;
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

    private record Allowance(Allowed allowed, Bucket bucket, java.util.concurrent.atomic.AtomicBoolean told) {}

    @Override
    public Reply handle(Command command, Caller caller) {
        boolean makesRun = switch (command) {
            case Command.Start _,
                    Command.Retry _,
                    Command.Rerun _,
                    Command.Act _,
                    Command.StartBatch _,
                    Command.RetryBatch _ -> true;
            case Command.Cancel _,
                    Command.Approve _,
                    Command.Reject _,
                    Command.Pin _,
                    Command.Unpin _,
                    Command.EditHosts _,
                    Command.Lock _,
                    Command.Unlock _,
                    Command.Link _,
                    Command.Unlink _,
                    Command.Mute _,
                    Command.Unmute _,
                    Command.Acknowledge _,
                    Command.Drill _,
                    Command.Redeliver _,
                    Command.OnSecrets _,
                    Command.CancelBatch _,
                    Command.OnWork _,
                    Command.OnSchedules _,
                    Command.OnLibrary _,
                    Command.OnQueue _ -> false;
        };
        var now = allowed.get();
        if (now.runs() == 0 || !makesRun) {
            return desk.handle(command, caller);
        }
        var allowance = allowance(caller.person(), now);
        var probe = allowance.bucket().tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            allowance.told().set(false);
            return desk.handle(command, caller);
        }
        return refused(caller, allowance, Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    @Override
    public Optional<Left> left(Person person) {
        var now = allowed.get();
        if (now.runs() == 0) {
            return Optional.empty();
        }
        var bucket = allowance(person, now).bucket();
        long left = bucket.getAvailableTokens();
        long wait = left >= now.runs()
                ? 0
                : bucket.estimateAbilityToConsume(left + 1).getNanosToWaitForRefill();
        return Optional.of(new Left(now.runs(), left, Duration.ofNanos(wait)));
    }

    private Allowance allowance(Person person, Allowed now) {
        if (allowances.size() > MANY) {
            allowances.values().removeIf(a -> a.bucket().getAvailableTokens() == now.runs());
        }
        allowances.computeIfPresent(person, (_, a) -> a.allowed().equals(now) ? a : null);
        return allowances.computeIfAbsent(
                person,
                _ -> new Allowance(
                        now,
                        Bucket.builder()
                                .addLimit(l -> l.capacity(now.runs()).refillGreedy(now.runs(), now.per()))
                                .withCustomTimePrecision(time)
                                .build(),
                        new java.util.concurrent.atomic.AtomicBoolean()));
    }

    private Reply refused(Caller caller, Allowance allowance, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        var most = allowance.allowed().runs() + " runs in "
                + shown(allowance.allowed().per());
        var message = "that is too much at once: " + most + " for one person; try again in "
                + shown(Duration.ofSeconds(seconds));
        if (allowance.told().compareAndSet(false, true)) {
            record(AuditNote.refused(
                    caller.person(),
                    caller.origin().channel(),
                    "limit",
                    most.substring(most.indexOf(' ') + 1),
                    message));
        }
        return new Reply.TooMany(message, Duration.ofSeconds(seconds));
    }

    /** A refusal stands also when it cannot be recorded. */
    private void record(AuditNote note) {
        try {
            audit.record(note);
        } catch (RuntimeException e) {
            log.error("A refusal could not be recorded: {}", note.reason(), e);
        }
    }

    private static String shown(Duration time) {
        return time.toString().substring(2).toLowerCase(java.util.Locale.ROOT).replaceAll("([hm])(?=\\d)", "$1 ");
    }
}
