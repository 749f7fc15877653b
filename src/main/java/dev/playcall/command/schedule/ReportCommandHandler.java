package dev.playcall.command.schedule;

import dev.playcall.catalog.Catalogs;
import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.Rights;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.command.schedule.ScheduleCommands.ReportChannelCheck;
import dev.playcall.domain.Truncate;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Suggestion;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.ScheduleStore.Draft;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A report that comes by itself: when, about what, and in which channel or to which receiver. */
final class ReportCommandHandler implements FamilyHandler<ReportCommand> {
    private static final Pattern CHANNEL = Pattern.compile("(slack|discord):[^\\s/]{1,100}");

    private final ReportChannelCheck channels;
    private final Supplier<Set<String>> receivers;
    private final Catalogs catalogs;
    private final Rights rights;
    private final ScheduleTerms terms;
    private final StoredSchedules kept;
    private final Clock clock;

    /** @param receivers of notifications that there are now */
    ReportCommandHandler(
            ReportChannelCheck channels,
            Supplier<Set<String>> receivers,
            RunRequestFactory runRequestFactory,
            ScheduleStore store,
            Supplier<ScheduleCommands.Defaults> defaults,
            Clock clock) {
        this.channels = channels;
        this.receivers = receivers;
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
        if (!command.receiver().isBlank()
                || rights.anywhere(caller, Permission.VIEW).isPresent()) {
            return Optional.empty();
        }
        var channel = command.channel().isBlank() ? caller.principal().channel() : command.channel();
        return channels.refusal(channel)
                .map(why -> new Reply.Invalid(
                        "channel",
                        "a report cannot be posted to " + Truncate.quoted(channel) + ": " + why,
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
                        "there is no environment \"" + Truncate.quoted(environment) + "\"",
                        Suggestion.of(environment, names).map(n -> "did you mean " + n + "?")));
    }

    /** Nobody knows the owner's groups when its time comes, so without them it has to be allowed as well. */
    private Optional<Reply> refusal(ReportCommand.AddReport command, String environment, Caller caller) {
        boolean all = environment.equals(SchedulePlan.ALL);
        var target = new Target("", all ? "" : environment, "", "");
        var elsewhere = !command.receiver().isBlank()
                || (!command.channel().isBlank()
                        && !command.channel().equals(caller.principal().channel()));
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
            var receiver = receiver(command);
            var channel = receiver.isEmpty()
                    ? channel(command, caller)
                    : caller.principal().channel();
            var scheduleTiming = new ReportTiming(terms, clock).of(command, terms.zone(command.zone()));
            var now = clock.instant();
            var schedule = kept.keep(
                    new Draft(
                            caller.person(),
                            channel,
                            SchedulePlan.report(environment, receiver),
                            scheduleTiming,
                            terms.missed(command.missed()),
                            Duration.ZERO,
                            scheduleTiming.after(now).orElseThrow(),
                            caller.origin().messageId()),
                    now);
            return new Reply.Scheduled(
                    schedule,
                    "Schedule " + schedule.id() + ": " + terms.description(schedule, now) + where(schedule, caller));
        } catch (ScheduleTerms.InvalidScheduleException e) {
            return e.reply();
        }
    }

    private static String where(Schedule schedule, Caller caller) {
        if (!schedule.plan().receiver().isEmpty()) {
            return "; sent to " + schedule.plan().receiver();
        }
        return schedule.channel().equals(caller.principal().channel()) ? "; posted here" : "; in " + schedule.channel();
    }

    private String receiver(ReportCommand.AddReport command) throws ScheduleTerms.InvalidScheduleException {
        var receiver = command.receiver().strip();
        if (receiver.isEmpty()) {
            return "";
        }
        if (!command.channel().isBlank()) {
            throw new ScheduleTerms.InvalidScheduleException(
                    "receiver", "a report goes to a channel or to a receiver, not to both", "add two reports");
        }
        var known = new TreeSet<>(receivers.get());
        if (known.contains(receiver)) {
            return receiver;
        }
        throw unknown(receiver, known);
    }

    private static ScheduleTerms.InvalidScheduleException unknown(String receiver, Set<String> known) {
        return new ScheduleTerms.InvalidScheduleException(
                "receiver",
                "there is no receiver \"" + Truncate.quoted(receiver) + "\"; "
                        + (known.isEmpty()
                                ? "none is configured, add one with notify add receiver"
                                : "the receivers are " + String.join(", ", known)),
                "");
    }

    private static String channel(ReportCommand.AddReport command, Caller caller)
            throws ScheduleTerms.InvalidScheduleException {
        var channel = command.channel().isBlank() ? caller.principal().channel() : command.channel();
        if (!CHANNEL.matcher(channel).matches()) {
            throw new ScheduleTerms.InvalidScheduleException(
                    "channel",
                    command.channel().isBlank()
                            ? "a report goes to a Slack or Discord channel, which this is not, or to a receiver"
                            : "\"" + Truncate.quoted(channel) + "\" is not a channel",
                    "--channel slack:C0123 or --to ops-mail");
        }
        return channel;
    }
}
