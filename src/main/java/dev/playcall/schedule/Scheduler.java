package dev.playcall.schedule;

import dev.playcall.background.LoopHealth;
import dev.playcall.background.Steps;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.schedule.Schedule.Last;
import dev.playcall.schedule.Scheduler.ScheduleStarter.Started;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts what is due. A time is named in the request for its run and dealt with only after that run is recorded: whoever
 * comes to the same time once more, after a crash or on another node, finds the run and makes none.
 */
public final class Scheduler {
    private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
    /** What begins this much later than it should is not missed yet. */
    static final Duration ON_TIME = Duration.ofMinutes(2);

    private static final Duration AGAIN = Duration.ofSeconds(20);
    /** More are not looked at: the newest count. */
    private static final int MOST = 200;

    private final ScheduleStore store;
    private final ScheduleStarter scheduleStarter;
    private final ScheduleAnnouncer scheduleAnnouncer;
    private final Clock clock;
    private final LoopHealth health;

    public Scheduler(
            ScheduleStore store, ScheduleStarter scheduleStarter, ScheduleAnnouncer scheduleAnnouncer, Clock clock) {
        this.store = store;
        this.scheduleStarter = scheduleStarter;
        this.scheduleAnnouncer = scheduleAnnouncer;
        this.clock = clock;
        this.health = new LoopHealth("schedules", "it is retried in " + AGAIN.toSeconds() + " s", clock);
    }

    /** How it is. */
    public LoopHealth health() {
        return health;
    }

    /** Does what is due and says when to look again. One that fails does not keep the others. */
    public Optional<Instant> runDue() {
        var now = clock.instant();
        var next = new ArrayList<Optional<Instant>>();
        try {
            var _ = health.guard(() -> next.add(runDue(now)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return next.isEmpty() ? Optional.of(now.plus(AGAIN)) : next.getFirst();
    }

    private Optional<Instant> runDue(Instant now) {
        var again = new AtomicBoolean();
        var steps = new Steps();
        for (var schedule : store.due(now)) {
            steps.then(() -> {
                if (!fire(schedule, now)) {
                    again.set(true);
                }
            });
        }
        steps.end();
        return again.get() ? Optional.of(now.plus(AGAIN)) : store.nextDue();
    }

    private record Due(List<Instant> times, long count, Optional<Instant> next) {}

    private boolean fire(Schedule schedule, Instant now) {
        var from = schedule.next().orElseThrow();
        var due = due(schedule, from, now);
        var newest = due.times().getLast();
        boolean onTime = Duration.between(schedule.due(newest), now).compareTo(ON_TIME) <= 0;
        var chosen = schedule.missed().chosen(due.times(), onTime);
        announceMissed(schedule, due, chosen.size(), onTime, newest);
        var at = from;
        var current = schedule;
        for (var time : chosen) {
            boolean late = !(onTime && time.equals(newest));
            var last = done(current, time, late);
            if (last.isEmpty()) {
                return false;
            }
            at = keep(current, at, time, due, last.get());
            current = current.after(last.get());
        }
        if (chosen.isEmpty()) {
            var last = new Last(newest, Optional.empty(), "missed");
            store.advance(schedule, from, due.next(), Optional.of(last));
        }
        return true;
    }

    /** Empty when it has to be tried again. */
    private Optional<Last> done(Schedule schedule, Instant time, boolean late) {
        return switch (scheduleStarter.start(schedule, time, late)) {
            case Started.Made(var run) -> Optional.of(new Last(time, Optional.of(run), "#" + run));
            case Started.Reported(var words) -> Optional.of(new Last(time, Optional.empty(), words));
            case Started.Refused(var why) -> {
                scheduleAnnouncer.announce(schedule.channel(), schedule.messageId(time), refused(schedule, time, why));
                yield Optional.of(new Last(time, Optional.empty(), why));
            }
            case Started.Ownerless(var why) -> {
                var paused = new Schedule.Paused(schedule.person(), ownerless(schedule, why), clock.instant());
                store.pause(schedule.id(), paused);
                scheduleAnnouncer.announce(
                        schedule.channel(),
                        schedule.messageId(time),
                        "Schedule " + schedule.id() + " (" + schedule.plan().words() + ") is paused: "
                                + paused.reason());
                yield Optional.of(new Last(time, Optional.empty(), paused.reason()));
            }
            case Started.Later(var why) -> {
                log.warn("Schedule {} cannot be started now ({}); retrying", schedule.id(), why);
                yield Optional.empty();
            }
        };
    }

    /** After the last one the clock goes on; before that, on to this very time, which is never done twice. */
    private Instant keep(Schedule schedule, Instant at, Instant time, Due due, Last last) {
        boolean over = time.equals(due.times().getLast());
        store.advance(schedule, at, over ? due.next() : Optional.of(time), Optional.of(last));
        return time;
    }

    private static Due due(Schedule schedule, Instant from, Instant now) {
        var times = new ArrayDeque<Instant>();
        long count = 0;
        Optional<Instant> next = Optional.of(from);
        while (next.isPresent() && !schedule.due(next.get()).isAfter(now)) {
            times.addLast(next.get());
            count++;
            if (times.size() > MOST) {
                times.removeFirst();
            }
            next = schedule.timing().after(next.get());
        }
        return new Due(List.copyOf(times), count, next);
    }

    private void announceMissed(Schedule schedule, Due due, int made, boolean onTime, Instant newest) {
        long missed = due.count() - (onTime ? 1 : 0);
        boolean saysItself = schedule.plan().isReport() && made > 0;
        if (missed == 0 || saysItself) {
            return;
        }
        long late = Math.max(0, made - (onTime ? 1 : 0));
        var what = late == 0 && made == 0
                ? "missed runs are skipped"
                : late == 0 ? "the run due now replaces them" : late + " started now";
        scheduleAnnouncer.announce(
                schedule.channel(),
                schedule.messageId(newest) + ":missed",
                "Schedule " + schedule.id() + " (" + schedule.plan().words() + ") missed " + missed
                        + (missed == 1 ? " time" : " times") + " while Playcall was down, the first at "
                        + shown(schedule, due.times().getFirst()) + "; " + what + " ("
                        + schedule.missed().word() + ")");
    }

    private static String ownerless(Schedule schedule, String why) {
        return "its owner " + schedule.owner().inText() + " no longer exists (" + why + ")";
    }

    private static String refused(Schedule schedule, Instant time, String why) {
        return "Schedule " + schedule.id() + (schedule.plan().isReport() ? " did not " : " did not start ")
                + schedule.plan().words() + " (" + shown(schedule, time)
                + ", owner " + schedule.owner().inText() + "): " + why;
    }

    private static String shown(Schedule schedule, Instant time) {
        var zone = schedule.timing() instanceof ScheduleTiming.Repeated(var _, var z) ? z : ZoneId.of("UTC");
        return TextFormat.weekday(time, zone);
    }

    /** Tells a channel something, once for each key and even if that takes long. */
    @FunctionalInterface
    public interface ScheduleAnnouncer {
        void announce(String channel, String key, String text);
    }

    /** Starts or tells what a schedule wants, checked like every other request. */
    public interface ScheduleStarter {

        /** What came of it. */
        sealed interface Started {
            /** The run that is there now, whether it was made this time or before. */
            record Made(long run) implements Started {}

            /** Nothing was to be started, and the channel is told what it wanted to know. */
            record Reported(String words) implements Started {}

            /** It may not be, or makes no sense any more. */
            record Refused(String why) implements Started {}

            /** Whoever it acts for no longer exists: it is held back until somebody has looked. */
            record Ownerless(String why) implements Started {}

            /** It cannot be decided now. */
            record Later(String why) implements Started {}
        }

        /** Starts the run of this time of the schedule, unless there is one already. */
        Started start(Schedule schedule, Instant time, boolean late);
    }
}
