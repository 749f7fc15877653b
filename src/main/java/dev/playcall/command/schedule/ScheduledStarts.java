package dev.playcall.command.schedule;

import dev.playcall.command.Caller;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.Origin;
import dev.playcall.domain.format.TextFormat;
import dev.playcall.schedule.Schedule;
import dev.playcall.schedule.SchedulePlan;
import dev.playcall.schedule.ScheduleTiming;
import dev.playcall.schedule.Scheduler.ScheduleStarter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Hands what schedules want to the command handler: it is decided, recorded and limited like what people want. */
final class ScheduledStarts implements ScheduleStarter {
    private final CommandHandler commands;

    ScheduledStarts(CommandHandler commands) {
        this.commands = commands;
    }

    @Override
    public Started start(Schedule schedule, Instant time, boolean late) {
        var origin = new Origin(schedule.channel(), Optional.of(schedule.messageId(time)));
        var reply = commands.handle(command(schedule, time, late), new Caller(schedule.person(), origin));
        return switch (reply) {
            case Reply.Accepted(var run) -> new Started.Made(run.id().value());
            case Reply.Duplicate(var run) -> new Started.Made(run.id().value());
            case Reply.Invalid invalid -> new Started.Refused(invalid.line());
            case Reply.Denied denied -> new Started.Refused(denied.line());
            case Reply.NotFound(var message) -> new Started.Refused(message);
            case Reply.TooLate(var _, var message) -> new Started.Refused(message);
            case Reply.TooMany(var message, var _) -> new Started.Later(message);
            case Reply.Unavailable(var message) -> new Started.Later(message);
            case Reply.Done(var message) -> new Started.Refused(message);
            case Reply.Scheduled(var _, var message) -> new Started.Refused(message);
            case Reply.Batched(var batch, var _, var _) -> new Started.Refused(batch + " is not a run");
            case Reply.Detailed detailed -> new Started.Refused(detailed.message());
            case Reply.Conflict(var message) -> new Started.Refused(message);
        };
    }

    /** Its name says whence it comes; one that is late says for when it was meant. */
    private static StartCommand command(Schedule schedule, Instant time, boolean late) {
        SchedulePlan p = schedule.plan();
        var zone = schedule.timing() instanceof ScheduleTiming.Repeated(var _, var z) ? z : ZoneOffset.UTC;
        var name = "schedule " + schedule.id() + (late ? ", missed " + TextFormat.weekday(time, zone) : "");
        var named = p.name().isBlank() ? name : p.name() + " (" + name + ")";
        return ScheduleCommandHandler.start(p, named.length() > 100 ? named.substring(0, 100) : named);
    }
}
