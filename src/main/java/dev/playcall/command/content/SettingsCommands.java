package dev.playcall.command.content;

import dev.playcall.command.Caller;
import dev.playcall.command.Command;
import dev.playcall.command.CommandHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;

/** Shows and changes what may be set while Playcall works, for those who may administer everything. */
public final class SettingsCommands implements CommandHandler {
    private final CommandHandler commands;
    private final Rights rights;
    private final Adjusting settings;

    /** Whoever has the settings. */
    public interface Adjusting {
        Reply list();

        Reply set(String key, String value, Person by);

        Reply reset(String key);
    }

    public SettingsCommands(CommandHandler commands, Rights rights, Adjusting settings) {
        this.commands = commands;
        this.rights = rights;
        this.settings = settings;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        if (!(command instanceof Command.OnSettings onSettings)) {
            return commands.handle(command, caller);
        }
        return rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING)
                .<Reply>map(d -> d)
                .orElseGet(() -> switch (onSettings) {
                    case Command.ShowSettings _ -> settings.list();
                    case Command.SetSetting(var key, var value, var _) -> settings.set(key, value, caller.person());
                    case Command.ResetSetting(var key, var _) -> settings.reset(key);
                });
    }
}
