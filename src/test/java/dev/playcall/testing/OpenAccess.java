package dev.playcall.testing;

import dev.playcall.command.Rights;
import dev.playcall.config.Access;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.store.Database;
import java.time.Clock;
import java.util.List;

/** Rights as they are before anybody is admin: everybody may do everything. */
public final class OpenAccess {
    private OpenAccess() {}

    public static Rights of(Database database) {
        return new Rights(
                new Authorizer(Access.NONE, false, List::of),
                new IdentityLinks(List.of(), database.links(), List::of, Clock.systemUTC()));
    }
}
