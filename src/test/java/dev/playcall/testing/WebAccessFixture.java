package dev.playcall.testing;

import dev.playcall.config.Access;
import dev.playcall.domain.PersonNames;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.identity.AccountGrants;
import dev.playcall.security.identity.Credential;
import dev.playcall.security.identity.Identity;
import dev.playcall.security.identity.Identity.PasswordCost;
import dev.playcall.security.identity.Sessions;
import dev.playcall.store.Database;
import dev.playcall.web.http.WebAccess;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The entrance of a web side over a real database. */
public final class WebAccessFixture {
    /** What commands of this machine show. */
    public static final Credential CONSOLE = new Credential("console-secret-for-tests-only");

    /** Whoever logs in a hundred times looks at something else than hashes. */
    private static final PasswordCost CHEAP = new PasswordCost(64, 1);

    private WebAccessFixture() {}

    public static WebAccess of(Database database, Optional<String> adminToken, Clock clock) {
        return of(database, Access.NONE, adminToken, clock);
    }

    public static WebAccess of(Database database, Access access, Optional<String> adminToken, Clock clock) {
        var limits = new Sessions.Limits(Duration.ofHours(12), Duration.ofDays(7));
        var identity = Identity.of(database.accounts(), database.tokens(), CHEAP, limits, new SecureRandom(), clock);
        var grants = new AccountGrants(access, database.accounts(), database.tokens());
        var authorizer = new Authorizer(access, adminToken.isPresent(), grants);
        return new WebAccess(
                identity,
                adminToken.map(Credential::new),
                CONSOLE,
                authorizer,
                grants,
                new PersonNames(database.chat()::names));
    }
}
