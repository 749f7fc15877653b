package dev.playcall.command.schedule;

import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.security.access.Permission;
import java.util.Optional;

/** Refuses a report for a channel in which nothing can be said, when it is added and not when it is due. */
public final class ReportChannelCheck implements CommandHandler {
    private final CommandHandler commands;
    private final Rights rights;
    private final Reach reach;

    /** Knows the platforms. */
    @FunctionalInterface
    public interface Reach {
        /** Why nothing can be said in this channel; empty where it can, and where nobody knows now. */
        Optional<String> refusal(String channel);
    }

    public ReportChannelCheck(CommandHandler commands, Rights rights, Reach reach) {
        this.commands = commands;
        this.rights = rights;
        this.reach = reach;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        if (!(command instanceof Command.AddReport addReport)
                || rights.anywhere(caller, Permission.VIEW).isPresent()) {
            return commands.handle(command, caller);
        }
        var channel = addReport.channel().isBlank() ? caller.principal().channel() : addReport.channel();
        return reach.refusal(channel)
                .<Reply>map(why -> new Reply.Invalid(
                        "channel",
                        "a report cannot be told in " + ScheduleTerms.cut(channel) + ": " + why,
                        Optional.empty()))
                .orElseGet(() -> commands.handle(command, caller));
    }
}
