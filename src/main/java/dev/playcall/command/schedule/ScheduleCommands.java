package dev.playcall.command.schedule;

import dev.playcall.command.CommandHandler;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.ReportCommand;
import dev.playcall.command.ScheduleCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.command.run.RunRequestFactory;
import dev.playcall.schedule.MissedRun;
import dev.playcall.schedule.ScheduleStore;
import dev.playcall.schedule.Scheduler.ScheduleStarter;
import dev.playcall.security.access.People;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The handlers of what is asked about schedules and reports, and the way back: what schedules want is a command too.
 *
 * @param defaults as they are configured now
 */
public record ScheduleCommands(
        RunRequestFactory requests, ScheduleStore store, Supplier<Defaults> defaults, Clock clock) {

    /**
     * What is configured of schedules.
     *
     * @param zone where none is said
     * @param missed what becomes of missed times where nothing is said
     * @param most how many one person may have; 0 for as many as they like
     */
    public record Defaults(ZoneId zone, MissedRun missed, int most) {
        /** As many as everybody likes. */
        public Defaults(ZoneId zone, MissedRun missed) {
            this(zone, missed, 0);
        }
    }

    /** Knows which channels can be posted to. */
    @FunctionalInterface
    public interface ReportChannelCheck {
        /** Why nothing can be posted to this channel; empty when it can, and when that is not known now. */
        Optional<String> refusal(String channel);
    }

    public FamilyHandler<ScheduleCommand> schedules(FamilyHandler<StartCommand> starts) {
        return new ScheduleCommandHandler(starts, requests, store, defaults, clock);
    }

    /** @param receivers of notifications that there are now */
    public FamilyHandler<ReportCommand> reports(ReportChannelCheck channels, Supplier<Set<String>> receivers) {
        return new ReportCommandHandler(channels, receivers, requests, store, defaults, clock);
    }

    /** Hands what schedules want to the commands: it is decided, recorded and limited like what people want. */
    public static ScheduleStarter starter(CommandHandler commands) {
        return new ScheduledStarts(commands);
    }

    /** Starts and tells only for owners who are still there. */
    public static ScheduleStarter owned(ScheduleStarter starts, People people) {
        return new OwnedStarts(starts, people);
    }
}
