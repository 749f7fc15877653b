package dev.playcall.command.content;

import dev.playcall.command.Caller;
import dev.playcall.command.FamilyHandler;
import dev.playcall.command.Reply;
import dev.playcall.command.Rights;
import dev.playcall.command.SettingsCommand;
import dev.playcall.command.content.ContentCommands.Adjusting;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Target;
import java.util.function.Supplier;

/** Shows and changes what may be set while Playcall works, for those who may administer everything. */
final class SettingsCommandHandler implements FamilyHandler<SettingsCommand> {
    private final Rights rights;
    private final Adjusting settings;
    private final Supplier<Reply> reload;

    SettingsCommandHandler(Rights rights, Adjusting settings, Supplier<Reply> reload) {
        this.rights = rights;
        this.settings = settings;
        this.reload = reload;
    }

    @Override
    public Reply handle(SettingsCommand command, Caller caller) {
        return rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING)
                .<Reply>map(d -> d)
                .orElseGet(() -> switch (command) {
                    case SettingsCommand.Reload() -> reload.get();
                    case SettingsCommand.ShowSettings _ -> settings.list();
                    case SettingsCommand.SetSetting(var key, var value, var _) ->
                        settings.set(key, value, caller.person());
                    case SettingsCommand.ResetSetting(var key, var _) -> settings.reset(key);
                });
    }
}
