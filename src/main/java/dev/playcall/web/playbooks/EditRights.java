package dev.playcall.web.playbooks;

import dev.playcall.security.access.Permission;
import dev.playcall.web.http.ProblemException;
import dev.playcall.web.security.RequestAuth;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether playbooks are changed here, and by whom.
 *
 * @param elsewhere why files are not changed here at all, as of now; empty where they are
 */
record EditRights(RequestAuth requestAuth, Supplier<Optional<String>> elsewhere) {
    /** Whether this visitor may change playbooks here. */
    boolean allows(Context ctx) {
        return elsewhere.get().isEmpty() && requestAuth.may(ctx, Permission.ADMIN);
    }

    /** Why nobody changes them here; empty where they are changed here. */
    String notice() {
        return elsewhere.get().orElse("");
    }

    /** @throws ProblemException with 409 where they are not changed here, or 403 */
    void admit(Context ctx) {
        requestAuth.admit(ctx, Permission.ADMIN);
        elsewhere.get().ifPresent(why -> {
            throw new ProblemException(409, why, Optional.empty());
        });
    }
}
