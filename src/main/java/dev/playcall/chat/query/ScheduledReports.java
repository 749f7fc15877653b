package dev.playcall.chat.query;

import dev.playcall.catalog.Catalogs;
import dev.playcall.chat.message.ChatStore;
import dev.playcall.chat.message.ProposedRetry;
import dev.playcall.command.Caller;
import dev.playcall.command.Rights;
import dev.playcall.domain.Origin;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.journal.EventStore;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.schedule.Scheduler.ScheduleStarter;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.VisibleEnvironments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells channels and receivers the reports that come by themselves and hands on everything else. A report goes on where the one before
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
    private final ReportReceivers receivers;
    private final Clock clock;

    public ScheduledReports(
            ScheduleStarter others,
            Catalogs catalogs,
            Rights rights,
            EventStore store,
            ScheduleStore schedules,
            ChatStore chat,
            ReportReceivers receivers,
            Clock clock) {
        this.others = others;
        this.catalogs = catalogs;
        this.rights = rights;
        this.digests = new Digests(store, schedules);
        this.chat = chat;
        this.receivers = receivers;
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
        var report = digests.report(of, from, time, seen, zone);
        var lines = report.lines();
        var receiver = schedule.plan().receiver();
        if (receiver.isEmpty()) {
            var text = Stream.concat(lines.stream(), report.retries().stream().map(ProposedRetry::line))
                    .collect(Collectors.joining("\n", "", "\n"));
            chat.announce(schedule.channel(), schedule.messageId(time), text, clock.instant());
            return new Started.Reported("reported");
        }
        if (!receivers.names().contains(receiver)) {
            return undeliverable(schedule, time);
        }
        var text = String.join("\n", lines.subList(1, lines.size()));
        receivers.send(receiver, event(schedule, time, Severity.INFO, "report", lines.getFirst(), text));
        return new Started.Reported("sent to " + receiver);
    }

    /** Its owner is told alone where a chat knows them, and whoever the routes name. */
    private Started undeliverable(Schedule schedule, Instant time) {
        var why = "there is no receiver " + schedule.plan().receiver() + " any more; report remove " + schedule.id()
                + ", or add the receiver again";
        var title = "Schedule " + schedule.id() + " did not " + schedule.plan().words();
        receivers.send(event(schedule, time, Severity.WARNING, "report.failed", title, why));
        chat.announce(
                "@" + schedule.owner().value(),
                schedule.messageId(time) + ":owner",
                title + ": " + why,
                clock.instant());
        return new Started.Refused(why);
    }

    private NotificationEvent event(
            Schedule schedule, Instant time, Severity severity, String kind, String title, String text) {
        var labels = new TreeMap<>(Map.of(
                "schedule",
                Long.toString(schedule.id()),
                "person",
                schedule.owner().value()));
        if (!schedule.plan().environment().equals(SchedulePlan.ALL)) {
            labels.put("environment", schedule.plan().environment());
        }
        var page = receivers.page();
        return new NotificationEvent(
                "playcall",
                schedule.messageId(time) + (severity == Severity.INFO ? "" : ":failed"),
                "schedule/" + schedule.id(),
                time,
                kind,
                severity,
                NotificationEvent.Status.EVENT,
                labels,
                title,
                text,
                page.isEmpty() ? "" : page + "/queue#schedule-" + schedule.id());
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

    /** The receivers of notifications, as reports use them. What is handed over survives a crash. */
    public interface ReportReceivers {
        /** Those that there are now. */
        Set<String> names();

        /** Sends it to this receiver, once for each key of it. */
        void send(String receiver, NotificationEvent report);

        /** Sends it where the routes say. */
        void send(NotificationEvent event);

        /** Address of the pages; empty when unknown. */
        String page();

        /** Where there are no receivers. */
        static ReportReceivers none() {
            return new ReportReceivers() {
                @Override
                public Set<String> names() {
                    return Set.of();
                }

                @Override
                public void send(String receiver, NotificationEvent report) {}

                @Override
                public void send(NotificationEvent event) {}

                @Override
                public String page() {
                    return "";
                }
            };
        }
    }
}
