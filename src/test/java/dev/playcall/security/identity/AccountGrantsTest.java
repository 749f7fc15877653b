package dev.playcall.security.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.config.Access;
import dev.playcall.config.Access.Binding;
import dev.playcall.config.Access.Reach;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.Authorizer.Decision;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.access.Permission;
import dev.playcall.security.access.Principal;
import dev.playcall.security.access.Target;
import dev.playcall.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What accounts and tokens may do. */
class AccountGrantsTest {
    private static final Target STAGING = new Target("deploy", "staging", "deploy", "");
    private static final Target PRODUCTION = new Target("deploy", "production", "deploy", "");
    private static final Person ANNA = new Person("web:anna");
    private static final Person BERT = new Person("web:bert");

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("test.db"), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void account(String name, boolean admin) {
        database.accounts().add(new Account(name, admin, Instant.EPOCH), "-");
    }

    private void token(String name, Person owner, String... scopes) {
        var token = new ApiToken(
                name,
                owner,
                Set.of(scopes),
                Instant.EPOCH,
                Instant.EPOCH.plus(Duration.ofDays(100_000)),
                Optional.empty());
        database.tokens().add(token, name);
    }

    private AccountGrants grants(Access access) {
        return new AccountGrants(access, database.accounts(), database.tokens());
    }

    private boolean may(Access access, String person, Permission what, Target on) {
        var who = new Principal(new Person(person), Set.of(), "api");
        return new Authorizer(access, false, grants(access)).decide(who, what, on) instanceof Decision.Allowed;
    }

    private static Access access(Binding... bindings) {
        return new Access(new TreeMap<>(), Arrays.asList(bindings), List.of());
    }

    private static Binding bind(String role, String person, String... environments) {
        var reach = new Reach(List.of(), List.of(environments), List.of(), List.of());
        return new Binding(List.of(role), List.of(person), List.of(), reach);
    }

    @Test
    void theFirstAdminEndsThatEverybodyMayDoEverything() {
        assertThat(may(access(), "slack:U1", Permission.START, PRODUCTION)).isTrue();
        account("bert", false);
        assertThat(may(access(), "slack:U1", Permission.START, PRODUCTION)).isTrue();
        account("anna", true);
        assertThat(may(access(), "slack:U1", Permission.START, PRODUCTION)).isFalse();
        assertThat(may(access(), "web:bert", Permission.VIEW, PRODUCTION)).isFalse();
        assertThat(may(access(), "web:anna", Permission.ADMIN, Target.EVERYTHING))
                .isTrue();
    }

    @Test
    void theConsoleIsAdminUnlessTheConfigurationSpeaksOfIt() {
        account("anna", true);
        assertThat(may(access(), "console:root", Permission.ADMIN, Target.EVERYTHING))
                .isTrue();
        var bound = access(bind("viewer", "console:kim"));
        assertThat(may(bound, "console:kim", Permission.START, PRODUCTION)).isFalse();
        assertThat(may(bound, "console:root", Permission.VIEW, PRODUCTION)).isFalse();
    }

    @Test
    void aTokenMayDoWhatItWasMadeForAndItsOwnerMay() {
        var access = access(bind("operator", "web:bert", "staging"));
        token("ci", BERT, "start", "view", "approve");
        assertThat(may(access, "token:ci", Permission.START, STAGING)).isTrue();
        assertThat(may(access, "token:ci", Permission.START, PRODUCTION)).isFalse();
        assertThat(may(access, "token:ci", Permission.CANCEL, STAGING)).isFalse();
        assertThat(may(access, "token:ci", Permission.APPROVE, STAGING)).isFalse();
        assertThat(may(access, "token:unknown", Permission.START, STAGING)).isFalse();
    }

    @Test
    void aBindingOfATokenOnlyTakesAway() {
        account("anna", true);
        token("ci", ANNA, "start", "view");
        token("wide", BERT, "start");
        var access =
                access(bind("operator", "token:ci", "staging"), bind("operator", "token:wide"), bind("viewer", "*"));
        assertThat(may(access, "token:ci", Permission.START, STAGING)).isTrue();
        assertThat(may(access, "token:ci", Permission.START, PRODUCTION)).isFalse();
        assertThat(may(access, "token:wide", Permission.START, STAGING)).isFalse();
    }

    @Test
    void whatEverybodyMayIsNoLimitOfAToken() {
        account("anna", true);
        token("ci", ANNA, "start");
        assertThat(may(access(bind("viewer", "*")), "token:ci", Permission.START, PRODUCTION))
                .isTrue();
    }

    @Test
    void aTokenAndItsOwnerAreOneHuman() {
        token("one", ANNA, "approve");
        token("two", ANNA, "approve");
        token("other", BERT, "approve");
        var people = new IdentityLinks(List.of(), database.links(), grants(access()), Clock.systemUTC());
        assertThat(people.same(new Person("token:one"), ANNA)).isTrue();
        assertThat(people.same(ANNA, new Person("token:one"))).isTrue();
        assertThat(people.same(new Person("token:one"), new Person("token:two")))
                .isTrue();
        assertThat(people.same(new Person("token:one"), new Person("token:other")))
                .isFalse();
    }

    @Test
    void aTokenThatWasRevokedHasNoRights() {
        account("anna", true);
        token("ci", ANNA, "start");
        database.tokens().revoke("ci", Instant.EPOCH);
        assertThat(may(access(), "token:ci", Permission.START, STAGING)).isFalse();
    }
}
