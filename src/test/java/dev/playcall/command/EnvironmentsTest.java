package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.EnvironmentFiles;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.command.EnvironmentCommand.ArchiveEnvironment;
import dev.playcall.command.EnvironmentCommand.CreateEnvironment;
import dev.playcall.command.EnvironmentCommand.RenameEnvironment;
import dev.playcall.command.EnvironmentCommand.RestoreEnvironment;
import dev.playcall.command.EnvironmentCommand.WritePolicy;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.command.inventory.InventoryCommands;
import dev.playcall.content.ContentLock;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretText;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments as a whole: real folders, a real database. */
class EnvironmentsTest {
    private static final String ACCESS = """
          bindings:
            - { role: operator, people: [slack:ada] }
            - { role: admin, people: ["token:ops"], environments: [production] }
            - { role: admin, people: [web:root] }
        """;
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");

    @TempDir
    Path home;

    private CommandFixture fixture;
    private DiskCatalogs catalogs;
    private CommandHandler commands;
    private Optional<String> ansibleSays = Optional.empty();
    private Optional<String> elsewhere = Optional.empty();

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, ACCESS);
        var config = fixture.config();
        catalogs = new DiskCatalogs(() -> config, fixture.database.hosts(), fixture.clock, _ -> {});
        var rights = new Rights(
                new Authorizer(config.access(), false, List::of),
                new IdentityLinks(config.access().people(), fixture.database.links(), List::of, fixture.clock));
        var files = new EnvironmentFiles(home.resolve("inventory"), _ -> ansibleSays, () -> config);
        var inventory = new InventoryCommands(
                catalogs,
                rights,
                fixture.secrets,
                fixture.journal.read(),
                new ContentEdits(new ContentLock(), () -> elsewhere),
                fixture.clock);
        commands = new TestRouter(catalogs, fixture.journal, rights, fixture.rules, fixture.secrets)
                .environments(
                        inventory.environments(files, fixture.database.environments(), fixture.database.schedules()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Reply say(Command command) {
        return commands.handle(command, fixture.caller("web:root"));
    }

    private String done(Command command) {
        return switch (say(command)) {
            case Reply.Done(var message) -> message;
            case Reply other -> throw new AssertionError(other.toString());
        };
    }

    private String refused(Command command) {
        return switch (say(command)) {
            case Reply.Invalid invalid -> invalid.line();
            case Reply.Conflict(var message) -> message;
            case Reply.NotFound(var message) -> message;
            case Reply other -> throw new AssertionError(other.toString());
        };
    }

    private static CreateEnvironment create(String name, String... hosts) {
        return new CreateEnvironment(name, Optional.empty(), List.of(hosts));
    }

    private Environment environment(String name) {
        return catalogs.current().environment(new EnvironmentName(name)).orElseThrow();
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("inventory"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aNewEnvironmentHasItsFirstHostsAndCanBeUsedAtOnce() {
        assertThat(done(create("preview", "web-1=10.0.0.1", "web-2")))
                .isEqualTo("environment preview is created with 2 hosts");
        assertThat(environment("preview").hosts()).containsExactly("web-1", "web-2");
        assertThat(home.resolve("inventory/preview/hosts.yml")).content().contains("ansible_host: 10.0.0.1");
        assertThat(commands.handle(CommandFixture.start("ping", "preview"), fixture.caller("web:root")))
                .isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void oneWithoutHostsSaysHowToAddOne() {
        assertThat(done(create("preview"))).contains("no hosts yet", "host add preview web-1");
    }

    @Test
    void aCopyHasEverythingButTheStateAndSaysThatItReachesTheSameServers() throws IOException {
        fixture.write("inventory/production/group_vars/web.yml", "port: 80\n");
        fixture.write("inventory/production/config.yml", "protected: true\n");
        fixture.write("inventory/production/status.yml", "environment: production\n");
        assertThat(done(new CreateEnvironment("preview", Optional.of("production"), List.of("web-3"))))
                .contains("4 hosts", "begins with the hosts of production", "same servers");
        var copy = home.resolve("inventory/preview");
        assertThat(copy.resolve("group_vars/web.yml")).content().isEqualTo("port: 80\n");
        assertThat(copy.resolve("config.yml")).exists();
        assertThat(copy.resolve("status.yml")).doesNotExist();
        assertThat(environment("preview").hosts()).contains("web-1", "web-2", "db-1", "web-3");
        assertThat(environment("production").hosts()).doesNotContain("web-3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../up", "a b", ".hidden", "all", "production", "-x"})
    void aNameThatCannotBeUsedIsRefusedAndNothingIsLeft(String name) throws IOException {
        var before = entries();
        assertThat(refused(create(name))).isNotBlank();
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void nothingIsLeftOfAnInventoryThatAnsibleRejects() throws IOException {
        var before = entries();
        ansibleSays = Optional.of("no such plugin");
        assertThat(refused(create("preview", "web-1"))).contains("nothing was created", "no such plugin");
        assertThat(refused(create("preview", "all"))).contains("all");
        assertThat(entries()).isEqualTo(before);
    }

    @Test
    void aCopyOfWhatIsNotThereNamesWhatIs() {
        assertThat(refused(new CreateEnvironment("preview", Optional.of("producton"), List.of())))
                .contains("did you mean production?");
    }

    @Test
    void whatIsKnownOfAnEnvironmentFollowsItsNewName() {
        var host = new RegisteredHost(
                "web-9",
                Optional.of("10.0.0.9"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(),
                new TreeMap<>(),
                new Person("web:root"),
                CommandFixture.T);
        fixture.database.hosts().put(PRODUCTION, host, Optional.empty());
        var secret = SecretRef.of(PRODUCTION, "db_password");
        fixture.secrets.set(secret, SecretKind.TEXT, new SecretText("correct horse battery"), new Person("web:root"));

        assertThat(done(new RenameEnvironment("production", "live")))
                .contains("production is now live", "configuration");
        assertThat(environment("live").hosts()).contains("web-1", "web-9");
        assertThat(catalogs.current().environment(PRODUCTION)).isEmpty();
        assertThat(fixture.secrets.list()).extracting(i -> i.ref().toString()).containsExactly("live/db_password");
    }

    @Test
    void aRenameThatWasCutOffIsCompletedBySayingItAgain() throws IOException {
        var secret = SecretRef.of(PRODUCTION, "db_password");
        fixture.secrets.set(secret, SecretKind.TEXT, new SecretText("correct horse battery"), new Person("web:root"));
        Files.move(home.resolve("inventory/production"), home.resolve("inventory/live"));
        catalogs.afterChange();
        fixture.secrets.copyScope(PRODUCTION, new EnvironmentName("live"));
        assertThat(done(new RenameEnvironment("production", "live"))).contains("is now live");
        assertThat(fixture.secrets.list()).extracting(i -> i.ref().toString()).containsExactly("live/db_password");
    }

    @Test
    void anEnvironmentInUseIsNeitherRenamedNorArchived() {
        assertThat(commands.handle(CommandFixture.start("deploy", "production"), fixture.caller("web:root")))
                .isInstanceOf(Reply.Accepted.class);
        assertThat(refused(new RenameEnvironment("production", "live"))).contains("#1 has not ended in production");
        assertThat(refused(new ArchiveEnvironment("production"))).contains("#1 has not ended in production");
        assertThat(home.resolve("inventory/production")).exists();
    }

    @Test
    void anArchivedEnvironmentComesBackAsItWas() throws IOException {
        assertThat(done(new ArchiveEnvironment("staging"))).contains("env restore staging");
        assertThat(catalogs.current().environment(new EnvironmentName("staging")))
                .isEmpty();
        assertThat(refused(new RestoreEnvironment("stagin"))).contains("archived are staging");
        done(create("staging", "other"));
        assertThat(refused(new RestoreEnvironment("staging"))).contains("there is an environment staging already");
        done(new RenameEnvironment("staging", "preview"));
        done(new RestoreEnvironment("staging"));
        assertThat(environment("staging").hosts()).containsExactly("s-1");
    }

    @Test
    void aPolicyIsReplacedOnlyByOneThatCanBeReadAndOnlyInPlaceOfWhatWasSeen() throws IOException {
        var seen = EnvironmentFiles.tag("");
        assertThat(done(new WritePolicy("production", "protected: true\n", Optional.of(seen))))
                .isEqualTo("the policy of production is changed");
        assertThat(environment("production").rules().apart()).isTrue();
        assertThat(refused(new WritePolicy("production", "", Optional.of(seen))))
                .contains("another user changed");
        assertThat(refused(new WritePolicy("production", "protectd: true\n", Optional.empty())))
                .contains("nothing was changed", "protectd");
        assertThat(refused(new WritePolicy("production", "a: [", Optional.empty())))
                .contains("nothing was changed");
        assertThat(home.resolve("inventory/production/config.yml")).content().isEqualTo("protected: true\n");
        done(new WritePolicy("production", " ", Optional.empty()));
        assertThat(home.resolve("inventory/production/config.yml")).doesNotExist();
        assertThat(entries()).containsExactly("production", "staging");
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack:ada", "token:ops", "web:nobody"})
    void onlyWhoMayAdministerEverythingMayDoThis(String person) {
        for (var command : List.of(
                create("preview"),
                new RenameEnvironment("production", "live"),
                new ArchiveEnvironment("production"),
                new RestoreEnvironment("production"),
                new WritePolicy("production", "", Optional.empty()))) {
            assertThat(commands.handle(command, fixture.caller(person))).isInstanceOf(Reply.Denied.class);
        }
    }

    @Test
    void whatComesFromGitIsChangedThere() {
        elsewhere = Optional.of("inventories come from Git");
        assertThat(refused(create("preview"))).isEqualTo("inventories come from Git");
    }
}
