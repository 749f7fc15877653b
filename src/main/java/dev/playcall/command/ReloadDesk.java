package dev.playcall.command;

import dev.playcall.security.Permission;
import dev.playcall.security.Target;
import java.util.function.Supplier;

/** Has the configuration read anew for those who may administer everything. */
public final class ReloadDesk implements Desk {
    private final Desk desk;
    private final Rights rights;
    private final Supplier<Reply> reload;

    public ReloadDesk(Desk desk, Rights rights, Supplier<Reply> reload) {
        this.desk = desk;
        this.rights = rights;
        this.reload = reload;
    }

    @Override
    public Reply handle(Command command, Caller caller) {
        if (!(command instanceof Command.Reload)) {
            return desk.handle(command, caller);
        }
        return rights.refusal(caller, Permission.ADMIN, Target.EVERYTHING)
                .<Reply>map(d -> d)
                .orElseGet(reload);
    }
}
