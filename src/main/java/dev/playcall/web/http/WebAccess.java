package dev.playcall.web.http;

import dev.playcall.domain.PersonNames;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.Grants;
import dev.playcall.security.identity.Credential;
import dev.playcall.security.identity.Identity;
import java.util.Optional;

/**
 * What HTTP requests are authenticated and authorized with.
 *
 * @param adminToken the token of the environment, if there is one
 * @param console what commands on this machine show, read from a file that only our own user can read
 * @param authorizer says whether anybody is admin yet, and who is
 * @param grants what accounts and tokens bring with them
 * @param names how people are called
 */
public record WebAccess(
        Identity identity,
        Optional<Credential> adminToken,
        Credential console,
        Authorizer authorizer,
        Grants grants,
        PersonNames names) {

    /** Whether everybody has to say who they are. Until there is an account or an admin this machine is let in. */
    public boolean isGuarded() {
        return identity.accounts().areUsed() || !authorizer.isOpen();
    }
}
