package dev.playcall.command.content;

import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.util.function.Supplier;

/** Has the configuration read anew for those who may administer everything. */
public final class ReloadCommands implements CommandHandler {
    private final CommandHandler commands;
    private final Rights rights;
    private final Supplier<Reply> reload;

    public ReloadCommands(CommandHandler commands, Rights rights, Supplier<Reply> reload) {
        this.commands = commands;
        this.rights = rights;
        this.reload = reload;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        if (!(command instanceof Command.Reload)) {
            return commands.handle(command, caller);
        }
        return rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING)
                .<Reply>map(d -> d)
                .orElseGet(reload);
    }
}
