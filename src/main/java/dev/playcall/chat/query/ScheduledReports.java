package dev.playcall.chat.query;

import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.domain.Origin;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.EventStore;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStarter;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells channels the reports that come by themselves and hands on everything else. A report goes on where the one before
 * it ended, so that after an outage one report covers all of it; it says what its owner may see at that moment.
 */
public final class ScheduledReports implements ScheduleStarter {
    private static final Duration LONGEST = Duration.ofDays(92);
    /** More times than a report can have in the shortest stretch that is looked through. */
    private static final int MOST = 60;

    private final ScheduleStarter others;
    private final Catalogs catalogs;
    private final Rights rights;
    private final Digests digests;
    private final ChatStore chat;
    private final Clock clock;

    public ScheduledReports(
            ScheduleStarter others,
            Catalogs catalogs,
            Rights rights,
            EventStore store,
            ScheduleStore schedules,
            ChatStore chat,
            Clock clock) {
        this.others = others;
        this.catalogs = catalogs;
        this.rights = rights;
        this.digests = new Digests(store, schedules);
        this.chat = chat;
        this.clock = clock;
    }

    @Override
    public Started start(Schedule schedule, Instant time, boolean late) {
        return schedule.plan().isReport() ? post(schedule, time) : others.start(schedule, time, late);
    }

    private Started post(Schedule schedule, Instant time) {
        var caller = new Caller(schedule.person(), new Origin(schedule.channel(), Optional.empty()));
        var denied = rights.anywhere(caller, Permission.VIEW);
        if (denied.isPresent()) {
            return new Started.Refused(denied.get().message());
        }
        var environment = schedule.plan().environment();
        var seen = seen(environment, rights.visibleEnvironments(caller));
        if (seen.isPresent() && seen.get().isEmpty()) {
            return new Started.Refused(Digests.called(environment)
                    + " does not exist, or its owner can no longer see it; report remove " + schedule.id());
        }
        var zone = schedule.timing() instanceof ScheduleTiming.Repeated(var _, var z) ? z : ZoneOffset.UTC;
        var from = from(schedule, time);
        var of = Digests.called(environment) + " since " + TextFormat.weekday(from, zone);
        var lines = digests.lines(of, from, time, seen, zone);
        chat.announce(schedule.channel(), schedule.messageId(time), String.join("\n", lines) + "\n", clock.instant());
        return new Started.Reported("reported");
    }

    private Optional<Set<String>> seen(String environment, VisibleEnvironments visible) {
        var known = catalogs.current().environments().keySet();
        if (environment.equals(SchedulePlan.ALL)) {
            return visible.narrowed(known);
        }
        return known.stream().map(EnvironmentName::value).anyMatch(environment::equals)
                        && visible.sees(new EnvironmentName(environment))
                ? Optional.of(Set.of(environment))
                : Optional.of(Set.of());
    }

    /** Where the report before it ended; the first one goes back to the time before its own. */
    private static Instant from(Schedule schedule, Instant time) {
        var from = schedule.last()
                .map(Schedule.Last::time)
                .filter(t -> t.isBefore(time))
                .orElseGet(() -> before(schedule.timing(), time));
        return from.isBefore(time.minus(LONGEST)) ? time.minus(LONGEST) : from;
    }

    private static Instant before(ScheduleTiming scheduleTiming, Instant time) {
        for (var far : List.of(Duration.ofHours(26), Duration.ofDays(8), Duration.ofDays(35), LONGEST)) {
            var found = scheduleTiming.next(time.minus(far), MOST).stream()
                    .filter(t -> t.isBefore(time))
                    .toList();
            if (!found.isEmpty()) {
                return found.getLast();
            }
        }
        return time.minus(LONGEST);
    }
}
