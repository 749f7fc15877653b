package dev.playcall.command;

import dev.playcall.security.Permission;
import java.util.Optional;

/** Refuses a report for a channel in which nothing can be said, when it is added and not when it is due. */
public final class ReachDesk implements Desk {
    private final Desk desk;
    private final Rights rights;
    private final Reach reach;

    /** Knows the platforms. */
    @FunctionalInterface
    public interface Reach {
        /** Why nothing can be said in this channel; empty where it can, and where nobody knows now. */
        Optional<String> refusal(String channel);
    }

    public ReachDesk(Desk desk, Rights rights, Reach reach) {
        this.desk = desk;
        this.rights = rights;
        this.reach = reach;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        if (!(command instanceof Command.AddReport wish)
                || rights.anywhere(caller, Permission.VIEW).isPresent()) {
            return desk.handle(command, caller);
        }
        var channel = wish.channel().isBlank() ? caller.principal().channel() : wish.channel();
        return reach.refusal(channel)
                .<Reply>map(why -> new Reply.Invalid(
                        "channel",
                        "a report cannot be told in " + ScheduleTerms.cut(channel) + ": " + why,
                        Optional.empty()))
                .orElseGet(() -> desk.handle(command, caller));
    }
}
