package dev.playcall.command;

import dev.playcall.domain.Person;
import dev.playcall.security.Permission;
import dev.playcall.security.Target;

/** Shows and changes what may be set while Playcall works, for those who may administer everything. */
public final class SettingsDesk implements Desk {
    private final Desk desk;
    private final Rights rights;
    private final Adjusting settings;

    /** Whoever has the settings. */
    public interface Adjusting {
        Reply list();

        Reply set(String key, String value, Person by);

        Reply reset(String key);
    }

    public SettingsDesk(Desk desk, Rights rights, Adjusting settings) {
        this.desk = desk;
        this.rights = rights;
        this.settings = settings;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        if (!(command instanceof Command.OnSettings wish)) {
            return desk.handle(command, caller);
        }
        return rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING)
                .<Reply>map(d -> d)
                .orElseGet(() -> switch (wish) {
                    case Command.ShowSettings _ -> settings.list();
                    case Command.SetSetting(var key, var value, var _) -> settings.set(key, value, caller.person());
                    case Command.ResetSetting(var key, var _) -> settings.reset(key);
                });
    }
}
