package dev.playcall.command.schedule;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.Rights;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleStore.Draft;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A report that comes by itself: when, about what, and in which channel. */
public final class ReportCommandHandler implements FamilyHandler<ReportCommand> {
    private static final Pattern TIME = Pattern.compile("([01]?\\d|2[0-3])(?::([0-5]\\d))?");
    private static final Pattern CHANNEL = Pattern.compile("(slack|discord):[^\\s/]{1,100}");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    /** Whoever wants to know more often asks, or subscribes. */
    private static final Duration OFTEN = Duration.ofHours(1);

    private final ReportChannelCheck channels;
    private final Catalogs catalogs;
    private final Rights rights;
    private final ScheduleTerms terms;
    private final StoredSchedules kept;
    private final Clock clock;

    public ReportCommandHandler(
            ReportChannelCheck channels,
            RunRequestFactory runRequestFactory,
            ScheduleStore store,
            Supplier<ScheduleCommandHandler.Defaults> defaults,
            Clock clock) {
        this.channels = channels;
        this.catalogs = runRequestFactory.catalogs();
        this.rights = runRequestFactory.rights();
        this.terms = new ScheduleTerms(defaults, clock);
        this.kept = new StoredSchedules(store, rights.people(), defaults);
        this.clock = clock;
    }

    @Override
    public Reply handle(ReportCommand command, Caller caller) {
        return switch (command) {
            case ReportCommand.AddReport report -> unreachable(report, caller).orElseGet(() -> add(report, caller));
        };
    }

    /** A channel that cannot be posted to is refused when the report is added, not when it is due. */
    private Optional<Reply> unreachable(ReportCommand.AddReport command, Caller caller) {
        if (rights.anywhere(caller, Permission.VIEW).isPresent()) {
            return Optional.empty();
        }
        var channel = command.channel().isBlank() ? caller.principal().channel() : command.channel();
        return channels.refusal(channel)
                .map(why -> new Reply.Invalid(
                        "channel",
                        "a report cannot be posted to " + ScheduleTerms.cut(channel) + ": " + why,
                        Optional.empty()));
    }

    private Reply add(ReportCommand.AddReport command, Caller caller) {
        var denied = rights.anywhere(caller, Permission.VIEW);
        if (denied.isPresent()) {
            return denied.get();
        }
        var environment = command.environment().isBlank() ? SchedulePlan.ALL : command.environment();
        return unknown(environment)
                .or(() -> refusal(command, environment, caller))
                .orElseGet(() -> checked(command, environment, caller));
    }

    private Optional<Reply> unknown(String environment) {
        var catalog = catalogs.current();
        boolean known = environment.equals(SchedulePlan.ALL)
                || (EnvironmentName.isValid(environment)
                        && catalog.environment(new EnvironmentName(environment)).isPresent());
        var names = catalog.environments().keySet().stream()
                .map(EnvironmentName::value)
                .toList();
        return known
                ? Optional.empty()
                : Optional.of(new Reply.Invalid(
                        "environment",
                        "there is no environment \"" + ScheduleTerms.cut(environment) + "\"",
                        Suggestion.of(environment, names).map(n -> "did you mean " + n + "?")));
    }

    /** Nobody knows the owner's groups when its time comes, so without them it has to be allowed as well. */
    private Optional<Reply> refusal(ReportCommand.AddReport command, String environment, Caller caller) {
        boolean all = environment.equals(SchedulePlan.ALL);
        var target = new Target("", all ? "" : environment, "", "");
        var elsewhere = !command.channel().isBlank()
                && !command.channel().equals(caller.principal().channel());
        var seen = all ? Optional.<Reply.Denied>empty() : rights.refusal(caller, Permission.VIEW, target);
        var started = elsewhere ? rights.anywhere(caller, Permission.START) : Optional.<Reply.Denied>empty();
        var alone = new Caller(caller.person(), caller.origin(), Set.of());
        var later = all ? rights.anywhere(alone, Permission.VIEW) : rights.refusal(alone, Permission.VIEW, target);
        return seen.or(() -> started)
                .<Reply>map(d -> d)
                .or(() -> later.map(_ -> new Reply.Denied("you can see this through a group, but when the report is due"
                        + " group membership cannot be checked: an admin can bind the role to " + caller.person()
                        + " or to this channel in access.bindings")));
    }

    private Reply checked(ReportCommand.AddReport command, String environment, Caller caller) {
        try {
            var channel = channel(command, caller);
            var scheduleTiming = timing(command, terms.zone(command.zone()));
            var now = clock.instant();
            var schedule = kept.keep(
                    new Draft(
                            caller.person(),
                            channel,
                            SchedulePlan.report(environment),
                            scheduleTiming,
                            terms.missed(command.missed()),
                            Duration.ZERO,
                            scheduleTiming.after(now).orElseThrow(),
                            caller.origin().messageId()),
                    now);
            return new Reply.Scheduled(
                    schedule,
                    "Schedule " + schedule.id() + ": " + terms.description(schedule, now)
                            + (channel.equals(caller.principal().channel()) ? "; posted here" : "; in " + channel));
        } catch (ScheduleTerms.InvalidScheduleException e) {
            return e.reply();
        }
    }

    private static String channel(ReportCommand.AddReport command, Caller caller)
            throws ScheduleTerms.InvalidScheduleException {
        var channel = command.channel().isBlank() ? caller.principal().channel() : command.channel();
        if (!CHANNEL.matcher(channel).matches()) {
            throw new ScheduleTerms.InvalidScheduleException(
                    "channel",
                    command.channel().isBlank()
                            ? "a report is posted to a Slack or Discord channel; this is not one"
                            : "\"" + ScheduleTerms.cut(channel) + "\" is not a channel",
                    "--channel slack:C0123");
        }
        return channel;
    }

    private ScheduleTiming timing(ReportCommand.AddReport command, ZoneId zone)
            throws ScheduleTerms.InvalidScheduleException {
        var every = command.every().strip().toLowerCase(Locale.ROOT);
        var day = day(command.day());
        return switch (every) {
            case "daily" -> {
                if (!command.day().isBlank()) {
                    throw new ScheduleTerms.InvalidScheduleException(
                            "day", "a daily report is posted every day", "report weekly on " + day);
                }
                yield terms.cron(time(command.at()) + " * * *", zone);
            }
            case "weekly" -> terms.cron(time(command.at()) + " * * " + day, zone);
            default -> cron(command, zone);
        };
    }

    private ScheduleTiming cron(ReportCommand.AddReport command, ZoneId zone)
            throws ScheduleTerms.InvalidScheduleException {
        if (!command.at().isBlank() || !command.day().isBlank()) {
            throw new ScheduleTerms.InvalidScheduleException(
                    "at", "a cron expression already sets day and time; use on and at with daily and weekly", "");
        }
        var scheduleTiming = terms.cron(command.every(), zone);
        var times = scheduleTiming.next(clock.instant(), 30);
        for (int i = 1; i < times.size(); i++) {
            if (Duration.between(times.get(i - 1), times.get(i)).compareTo(OFTEN) < 0) {
                throw new ScheduleTerms.InvalidScheduleException(
                        "every", "a report can be posted at most once per hour", "to see more, subscribe or alerts");
            }
        }
        return scheduleTiming;
    }

    private static String day(String text) throws ScheduleTerms.InvalidScheduleException {
        if (text.isBlank()) {
            return DAYS.getFirst();
        }
        var day = text.strip().toLowerCase(Locale.ROOT);
        return DAYS.stream()
                .filter(d -> day.startsWith(d) && day.matches("[a-z]{3,9}"))
                .findFirst()
                .orElseThrow(() -> new ScheduleTerms.InvalidScheduleException(
                        "day", "\"" + ScheduleTerms.cut(text) + "\" is not a day of the week", "on mon"));
    }

    /** Minute and hour of a cron line. */
    private static String time(String text) throws ScheduleTerms.InvalidScheduleException {
        var found = TIME.matcher(text.isBlank() ? "9" : text.strip());
        if (!found.matches()) {
            throw new ScheduleTerms.InvalidScheduleException(
                    "at", "\"" + ScheduleTerms.cut(text) + "\" is not a time of day", "at 09:00");
        }
        var minute = found.group(2) == null ? "0" : Integer.toString(Integer.parseInt(found.group(2)));
        return minute + " " + Integer.parseInt(found.group(1));
    }

    /** Knows which channels can be posted to. */
    @FunctionalInterface
    public interface ReportChannelCheck {
        /** Why nothing can be posted to this channel; empty when it can, and when that is not known now. */
        Optional<String> refusal(String channel);
    }
}
