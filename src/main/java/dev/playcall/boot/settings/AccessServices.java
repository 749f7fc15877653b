package dev.playcall.boot.settings;

import dev.playcall.catalog.Catalogs;
import dev.playcall.config.Access;
import dev.playcall.config.Config;
import dev.playcall.domain.PersonNames;
import dev.playcall.schedule.ScheduleGrants;
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
import java.util.List;
import java.util.Optional;

/** Puts together what tells who is who. */
public final class AccessServices {
    private AccessServices() {}

    public static WebAccess of(Settings settings, Catalogs catalogs, Database database, Clock clock) {
        var random = new SecureRandom();
        var session = settings.config().server().session();
        var limits = new Sessions.Limits(session.idle(), session.longest());
        var identity =
                Identity.of(database.accounts(), database.tokens(), PasswordCost.RECOMMENDED, limits, random, clock);
        var token = adminToken();
        var grants = new ScheduleGrants(
                new AccountGrants(settings.each(Config::access), database.accounts(), database.tokens(), clock),
                database.schedules());
        var authorizer =
                new Authorizer(settings.each(Config::access), token.isPresent(), grants, () -> bindings(catalogs));
        return new WebAccess(
                identity,
                token,
                Credential.random("", random),
                authorizer,
                grants,
                new PersonNames(database.chat()::names));
    }

    private static Optional<Credential> adminToken() {
        return Optional.ofNullable(System.getenv("PLAYCALL_ADMIN_TOKEN"))
                .filter(t -> !t.isBlank())
                .map(Credential::new);
    }

    /** Why this configuration must not be taken while people are kept apart: nobody would be any more. */
    public static Optional<String> wouldOpen(Config config, WebAccess webAccess, Database database) {
        var stored = new AccountGrants(config.access(), database.accounts(), database.tokens());
        boolean token = webAccess.adminToken().isPresent();
        boolean opens = new Authorizer(config.access(), token, stored).isOpen();
        return opens && !webAccess.authorizer().isOpen()
                ? Optional.of(
                        "access.bindings: without them no admin is configured, and everyone would have full access"
                                + " (restart to apply this anyway)")
                : Optional.empty();
    }

    /** Whether rights hang on groups of this platform, so that it has to be asked for them. */
    public static boolean asksForGroups(Config config, Catalogs catalogs, String platform) {
        return !config.access().groups(platform).isEmpty()
                || bindings(catalogs).stream()
                        .flatMap(b -> b.groups().stream())
                        .anyMatch(g -> g.startsWith(platform + ":"));
    }

    private static List<Access.Binding> bindings(Catalogs catalogs) {
        return catalogs.current().environments().values().stream()
                .flatMap(e -> e.rules().bindings().stream())
                .toList();
    }

    /**
     * The line with the link that makes the first account, as long as there is none.
     *
     * @param base how people reach the page
     */
    public static Optional<String> invitation(Identity identity, String base) {
        return identity.accounts().areUsed()
                ? Optional.empty()
                : Optional.of("Create the admin account (link valid 24 h, single use): " + base.replaceFirst("/+$", "")
                        + "/setup?key=" + identity.firstStart().key().reveal());
    }
}
