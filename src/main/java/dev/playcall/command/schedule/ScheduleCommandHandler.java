package dev.playcall.command.schedule;

import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.schedule.ScheduleCommands.Defaults;
import dev.playcall.domain.Truncate;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleStore.Draft;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.security.access.Permission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is to run by itself. It is checked when it is kept as it will be when its time comes. */
final class ScheduleCommandHandler implements FamilyHandler<ScheduleCommand> {
    private final FamilyHandler<StartCommand> starts;
    private final RunRequestFactory runRequestFactory;
    private final ScheduleStore store;
    private final Clock clock;
    private final ScheduleTerms terms;
    private final StoredSchedules kept;

    /** @param defaults as they are configured now */
    ScheduleCommandHandler(
            FamilyHandler<StartCommand> starts,
            RunRequestFactory runRequestFactory,
            ScheduleStore store,
            Supplier<Defaults> defaults,
            Clock clock) {
        this.starts = starts;
        this.runRequestFactory = runRequestFactory;
        this.store = store;
        this.clock = clock;
        this.terms = new ScheduleTerms(defaults, clock);
        this.kept = new StoredSchedules(store, runRequestFactory.rights().people(), defaults);
    }

    @Override
    public Reply handle(ScheduleCommand command, Caller caller) {
        return switch (command) {
            case ScheduleCommand.AddSchedule addSchedule -> add(addSchedule, caller);
            case ScheduleCommand.ChangeSchedule changeSchedule ->
                known(changeSchedule.schedule(), caller, s -> change(s, changeSchedule, caller));
            case ScheduleCommand.RunSchedule(var which) -> known(which, caller, s -> run(s, caller));
        };
    }

    private Reply add(ScheduleCommand.AddSchedule command, Caller caller) {
        // With exactly what it will have when its time comes: nobody knows its owner's groups then.
        var later = new Caller(caller.person(), caller.origin(), Set.of());
        return switch (runRequestFactory.of(command.start(), caller)) {
            case RunRequestFactory.Draft.Rejected(var reply) -> reply;
            case RunRequestFactory.Draft.Valid(var request, var _) -> {
                if (runRequestFactory.of(command.start(), later) instanceof RunRequestFactory.Draft.Rejected) {
                    yield new Reply.Denied("you may start " + request.operation() + " in " + request.environment()
                            + " through a group, and when its time comes group membership cannot be checked: an admin"
                            + " can bind the role to " + caller.person() + " or to this channel in access.bindings");
                }
                yield checked(command, caller);
            }
        };
    }

    private Reply checked(ScheduleCommand.AddSchedule command, Caller caller) {
        try {
            if (command.start().hasOneTimeSecret()) {
                throw new ScheduleTerms.InvalidScheduleException(
                        "variables", "a schedule cannot store a one-time secret", "secret set");
            }
            if (!command.start().override().isBlank()) {
                throw new ScheduleTerms.InvalidScheduleException(
                        "override", "a schedule cannot override locks or freeze windows", "");
            }
            var zone = terms.zone(command.zone());
            var scheduleTiming = command.once() ? terms.once(command.time(), zone) : terms.cron(command.time(), zone);
            var missedRun = terms.missed(command.missed());
            var jitter = terms.jitter(command.jitter(), scheduleTiming);
            return keep(command, scheduleTiming, missedRun, jitter, caller);
        } catch (ScheduleTerms.InvalidScheduleException e) {
            return e.reply();
        }
    }

    private Reply keep(
            ScheduleCommand.AddSchedule command,
            ScheduleTiming scheduleTiming,
            MissedRun missedRun,
            Duration jitter,
            Caller caller)
            throws ScheduleTerms.InvalidScheduleException {
        var now = clock.instant();
        var next = scheduleTiming.after(now).orElseThrow();
        var schedule = kept.keep(
                new Draft(
                        caller.person(),
                        caller.principal().channel(),
                        plan(command.start()),
                        scheduleTiming,
                        missedRun,
                        jitter,
                        next,
                        caller.origin().messageId()),
                now);
        return new Reply.Scheduled(schedule, "Schedule " + schedule.called() + ": " + terms.description(schedule, now));
    }

    private interface About {
        Reply of(Schedule schedule);
    }

    /** Who may not see it is not told that it is there. */
    private Reply known(String which, Caller caller, About about) {
        var rights = runRequestFactory.rights();
        var seen = store.called(which).stream()
                .filter(s -> isOwn(s, caller)
                        || rights.refusal(caller, Permission.VIEW, Rights.target(s))
                                .isEmpty())
                .toList();
        if (seen.size() == 1) {
            return about.of(seen.getFirst());
        }
        var shown = Truncate.of(which, 60);
        return rights.anywhere(caller, Permission.VIEW)
                .<Reply>map(d -> d)
                .orElseGet(() ->
                        seen.isEmpty() ? new Reply.NotFound("there is no schedule " + shown) : several(shown, seen));
    }

    private static Reply several(String name, List<Schedule> schedules) {
        var numbers = schedules.stream().map(s -> Long.toString(s.id())).collect(Collectors.joining(", "));
        return new Reply.Invalid(
                "schedule", "several schedules are called " + name + ": " + numbers, Optional.of("use the number"));
    }

    private boolean isOwn(Schedule s, Caller caller) {
        return runRequestFactory.rights().people().same(s.owner(), caller.person());
    }

    private Reply run(Schedule s, Caller caller) {
        return s.plan().isReport()
                ? new Reply.Invalid(
                        "schedule",
                        "schedule " + s.id() + " is a report; show it at any time",
                        Optional.of(("report now " + Rights.where(s)).strip()))
                : starts.handle(start(s.plan()), caller.through(s.person().value()));
    }

    private Reply change(Schedule s, ScheduleCommand.ChangeSchedule command, Caller caller) {
        var refusal = runRequestFactory.rights().changing(caller, s, command.how());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (command.how()) {
            case PAUSE -> pause(s, command.reason(), caller);
            case RESUME -> resume(s);
            case REMOVE ->
                store.remove(s.id())
                        ? new Reply.Done("Schedule " + s.called() + " is removed: "
                                + s.plan().words())
                        : new Reply.NotFound("there is no schedule " + s.id());
        };
    }

    private Reply pause(Schedule s, String reason, Caller caller) {
        if (!s.isActive()) {
            return new Reply.Invalid("schedule", "schedule " + s.id() + " has had its last run", Optional.empty());
        }
        var paused = new Schedule.Paused(caller.person(), Truncate.quoted(reason.strip()), clock.instant());
        return store.pause(s.id(), paused)
                ? new Reply.Done("Schedule " + s.called() + " is paused; no runs until: schedule resume " + s.id())
                : new Reply.Invalid("schedule", "schedule " + s.id() + " is paused already", Optional.empty());
    }

    private Reply resume(Schedule s) {
        var gone = runRequestFactory.rights().people().gone(s.owner());
        if (gone.isPresent()) {
            return new Reply.Invalid(
                    "schedule",
                    "the owner of schedule " + s.id() + ", " + s.owner().inText() + ", no longer exists (" + gone.get()
                            + ")",
                    Optional.of("create a new one, and schedule remove " + s.id()));
        }
        var now = clock.instant();
        return store.resume(s.id(), s.timing().after(now))
                ? new Reply.Done("Schedule " + s.called() + " is resumed: " + terms.description(s, now))
                : new Reply.Invalid("schedule", "schedule " + s.id() + " is not paused", Optional.empty());
    }

    private static SchedulePlan plan(StartCommand s) {
        return new SchedulePlan(
                s.operation(),
                s.environment(),
                s.playbook(),
                s.limit(),
                s.tags(),
                s.check(),
                s.diff(),
                s.variables(),
                s.name(),
                s.description(),
                "",
                s.options(),
                s.task());
    }

    static StartCommand start(SchedulePlan p) {
        return start(p, p.name());
    }

    static StartCommand start(SchedulePlan p, String name) {
        return new StartCommand(
                        p.operation(),
                        p.environment(),
                        p.playbook(),
                        p.limit(),
                        p.tags(),
                        p.check(),
                        p.diff(),
                        p.variables(),
                        name,
                        p.description())
                .with(p.options())
                .with(p.task());
    }
}
