package dev.playcall.command;

import dev.playcall.domain.Value;
import dev.playcall.schedule.Missed;
import dev.playcall.schedule.Plan;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleStore.Draft;
import dev.playcall.schedule.Times;
import dev.playcall.schedule.Timing;
import dev.playcall.security.Permission;
import dev.playcall.security.Target;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is to run by itself. It is checked when it is kept as it will be when its time comes. */
public final class ScheduleDesk implements Desk {
    private static final int SHOWN = 3;
    private static final Duration MOST_JITTER = Duration.ofHours(12);
    private static final Pattern SPAN = Pattern.compile("(\\d{1,4})([smh])");

    private final Desk desk;
    private final Drafts drafts;
    private final ScheduleStore store;
    private final Supplier<Defaults> defaults;
    private final Clock clock;

    /** What holds where nothing is said. */
    public record Defaults(ZoneId zone, Missed missed) {}

    public ScheduleDesk(Desk desk, Drafts drafts, ScheduleStore store, Defaults defaults, Clock clock) {
        this(desk, drafts, store, () -> defaults, clock);
    }

    /** @param defaults as they are configured now */
    public ScheduleDesk(Desk desk, Drafts drafts, ScheduleStore store, Supplier<Defaults> defaults, Clock clock) {
        this.desk = desk;
        this.drafts = drafts;
        this.store = store;
        this.defaults = defaults;
        this.clock = clock;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        return switch (command) {
            case Command.AddSchedule wish -> add(wish, caller);
            case Command.ChangeSchedule wish -> known(wish.schedule(), caller, s -> change(s, wish, caller));
            case Command.RunSchedule(var id) -> known(id, caller, s -> desk.handle(start(s.plan()), caller));
            default -> desk.handle(command, caller);
        };
    }

    /** Leaves at the first mistake. */
    private static final class WrongException extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Reply reply;

        WrongException(String field, String message, String remedy) {
            super(message, null, false, false);
            reply = new Reply.Invalid(field, message, Optional.of(remedy).filter(r -> !r.isEmpty()));
        }
    }

    private Reply add(Command.AddSchedule wish, Caller caller) {
        // With exactly what it will have when its time comes: nobody knows its owner's groups then.
        var later = new Caller(caller.person(), caller.origin(), Set.of());
        return switch (drafts.of(wish.start(), caller)) {
            case Drafts.Draft.Not(var reply) -> reply;
            case Drafts.Draft.Good(var request) -> {
                if (drafts.of(wish.start(), later) instanceof Drafts.Draft.Not) {
                    yield new Reply.Denied("you may start " + request.operation() + " in " + request.environment()
                            + " through a group, and when its time comes nobody knows who is in it: an admin can bind"
                            + " the role to " + caller.person() + " or to this channel in access.bindings");
                }
                yield checked(wish, caller);
            }
        };
    }

    private Reply checked(Command.AddSchedule wish, Caller caller) {
        try {
            if (wish.start().variables().values().stream().anyMatch(Value.Secret.class::isInstance)) {
                throw new WrongException("variables", "a schedule keeps no secret that is given with it", "secret set");
            }
            if (!wish.start().override().isBlank()) {
                throw new WrongException("override", "a schedule passes no lock and no freeze", "");
            }
            var zone = wish.zone().isBlank() ? defaults.get().zone() : zone(wish.zone());
            var timing = timing(wish, zone);
            var missed = missed(wish.missed());
            var jitter = jitter(wish.jitter(), timing);
            return keep(wish, timing, missed, jitter, caller);
        } catch (WrongException e) {
            return e.reply;
        }
    }

    private Reply keep(Command.AddSchedule wish, Timing timing, Missed missed, Duration jitter, Caller caller) {
        var now = clock.instant();
        var next = timing.after(now).orElseThrow();
        var schedule = store.add(
                new Draft(
                        caller.person(),
                        caller.principal().channel(),
                        plan(wish.start()),
                        timing,
                        missed,
                        jitter,
                        next,
                        caller.origin().messageId()),
                now);
        return new Reply.Scheduled(schedule, "Schedule " + schedule.id() + ": " + said(schedule, now));
    }

    private String said(Schedule s, Instant now) {
        var zone = s.timing() instanceof Timing.Repeated(var _, var z)
                ? z
                : defaults.get().zone();
        var next = s.timing().next(now, SHOWN).stream()
                .map(t -> Times.brief(t, zone))
                .collect(Collectors.joining(", "));
        var words = s.timing() instanceof Timing.Repeated ? s.timing().words() + "; next " : "once, ";
        var jitter = s.jitter().isZero() ? "" : ", up to " + Spans.of(s.jitter()) + " later";
        return s.plan().words() + " " + words + next + " (" + zone + ")" + jitter + "; missed: "
                + s.missed().word();
    }

    private static ZoneId zone(String text) throws WrongException {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new WrongException("timezone", "\"" + cut(text) + "\" is not a time zone", "--tz Europe/Berlin");
        }
    }

    private Timing timing(Command.AddSchedule wish, ZoneId zone) throws WrongException {
        var now = clock.instant();
        if (wish.once()) {
            var at = Moments.of(wish.time(), zone, now)
                    .orElseThrow(() -> new WrongException(
                            "at", "\"" + cut(wish.time()) + "\" is not a time", "as in " + Moments.EXAMPLES));
            if (!at.isAfter(now)) {
                throw new WrongException("at", Times.shown(at, zone) + " is over already", "");
            }
            return new Timing.Once(at);
        }
        var cron = wish.time().strip().replaceAll("\\s+", " ");
        var wrong = Timing.wrong(cron, zone, now);
        if (wrong.isPresent()) {
            throw new WrongException(
                    "cron",
                    "\"" + cut(cron) + "\" cannot be a schedule: " + wrong.get(),
                    "minute hour day month weekday, as in \"30 2 * * mon-fri\"");
        }
        return new Timing.Repeated(cron, zone);
    }

    private Missed missed(String text) throws WrongException {
        return text.isBlank()
                ? defaults.get().missed()
                : Missed.of(text)
                        .orElseThrow(() -> new WrongException(
                                "missed",
                                "\"" + cut(text) + "\" says nothing about missed times",
                                "--missed skip, run_once or run_all:5"));
    }

    /** Two runs of one schedule must not change places. */
    private Duration jitter(String text, Timing timing) throws WrongException {
        if (text.isBlank()) {
            return Duration.ZERO;
        }
        var found = SPAN.matcher(text.strip());
        if (!found.matches()) {
            throw new WrongException("jitter", "\"" + cut(text) + "\" is not a duration", "--jitter 5m");
        }
        long n = Long.parseLong(found.group(1));
        var jitter = switch (found.group(2)) {
            case "s" -> Duration.ofSeconds(n);
            case "m" -> Duration.ofMinutes(n);
            default -> Duration.ofHours(n);
        };
        var times = timing.next(clock.instant(), 10);
        for (int i = 1; i < times.size(); i++) {
            if (Duration.between(times.get(i - 1), times.get(i)).compareTo(jitter) <= 0) {
                throw new WrongException("jitter", text + " is longer than the time to the next run", "");
            }
        }
        if (jitter.compareTo(MOST_JITTER) > 0) {
            throw new WrongException("jitter", "a jitter may have 12h", "");
        }
        return jitter;
    }

    private interface About {
        Reply of(Schedule schedule);
    }

    /** Who may not see it is not told that it is there. */
    private Reply known(long id, Caller caller, About about) {
        return store.find(id)
                .filter(s -> drafts.rights()
                        .refusal(caller, Permission.VIEW, target(s))
                        .isEmpty())
                .map(about::of)
                .orElseGet(() -> drafts.rights()
                        .anywhere(caller, Permission.VIEW)
                        .<Reply>map(d -> d)
                        .orElseGet(() -> new Reply.NotFound("there is no schedule " + id)));
    }

    private static Target target(Schedule s) {
        return new Target(
                s.plan().operation(),
                s.plan().environment(),
                s.plan().playbook().orElse(""),
                "");
    }

    private Reply change(Schedule s, Command.ChangeSchedule wish, Caller caller) {
        boolean own = drafts.rights().people().same(s.owner(), caller.person());
        var needed = own || wish.how() == Command.ChangeSchedule.How.RESUME ? Permission.START : Permission.CANCEL;
        var refusal = drafts.rights().refusal(caller, needed, target(s));
        if (refusal.isPresent() && !own) {
            return refusal.get();
        }
        return switch (wish.how()) {
            case PAUSE -> pause(s, wish.reason(), caller);
            case RESUME -> resume(s);
            case REMOVE ->
                store.remove(s.id())
                        ? new Reply.Done("Schedule " + s.id() + " is removed: "
                                + s.plan().words())
                        : new Reply.NotFound("there is no schedule " + s.id());
        };
    }

    private Reply pause(Schedule s, String reason, Caller caller) {
        var paused = new Schedule.Paused(caller.person(), cut(reason.strip()), clock.instant());
        return store.pause(s.id(), paused)
                ? new Reply.Done("Schedule " + s.id()
                        + " is paused; its times pass without a run until: schedule resume " + s.id())
                : new Reply.Invalid("schedule", "schedule " + s.id() + " is paused already", Optional.empty());
    }

    private Reply resume(Schedule s) {
        var now = clock.instant();
        return store.resume(s.id(), s.timing().after(now))
                ? new Reply.Done("Schedule " + s.id() + " goes on: " + said(s, now))
                : new Reply.Invalid("schedule", "schedule " + s.id() + " is not paused", Optional.empty());
    }

    private static Plan plan(Command.Start s) {
        return new Plan(
                s.operation(),
                s.environment(),
                s.playbook(),
                s.limit(),
                s.tags(),
                s.check(),
                s.diff(),
                s.variables(),
                s.name(),
                s.description());
    }

    static Command.Start start(Plan p) {
        return start(p, p.name());
    }

    static Command.Start start(Plan p, String name) {
        return new Command.Start(
                p.operation(),
                p.environment(),
                p.playbook(),
                p.limit(),
                p.tags(),
                p.check(),
                p.diff(),
                p.variables(),
                name,
                p.description());
    }

    private static String cut(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
        return line.length() > 200 ? line.substring(0, 200) + "…" : line;
    }
}
