package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.RegisteredHost;
import dev.playcall.catalog.selection.HostFacts;
import dev.playcall.catalog.selection.HostPattern;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.catalog.vars.RegisteredConnections;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.command.HostCommand.RegisterHost.Mode;
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
import dev.playcall.testing.Runs;
import dev.playcall.testing.TestRouter;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that stand in no file, at a real desk over a real database. */
class RegisteredHostsTest {
    private static final String ACCESS = """
          roles: { machines: { permissions: [view, hosts] } }
          bindings:
            - { role: operator, people: [slack:ada] }
            - { role: machines, people: ["token:maker"], environments: [production] }
            - { role: admin, people: [web:root] }
        """;
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");

    @TempDir
    Path home;

    private CommandFixture fixture;
    private DiskCatalogs catalogs;
    private CommandHandler commands;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, ACCESS);
        var config = fixture.config();
        catalogs = new DiskCatalogs(() -> config, fixture.database.hosts(), fixture.clock, _ -> {});
        var rights = new Rights(
                new Authorizer(config.access(), false, List::of),
                new IdentityLinks(config.access().people(), fixture.database.links(), List::of, fixture.clock));
        var files = new InventoryFiles(_ -> Optional.empty(), home.resolve("kept"), fixture.clock);
        var inventory = new InventoryCommands(
                catalogs,
                rights,
                fixture.secrets,
                fixture.journal.read(),
                new ContentEdits(new ContentLock(), Optional::empty),
                fixture.clock);
        commands = new TestRouter(catalogs, fixture.journal, rights, fixture.rules, fixture.secrets)
                .hosts(inventory.hosts(files, fixture.database.hosts()));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static HostCommand.RegisterHost wish(String host, Mode how, Map<String, Object> variables, String... tags) {
        return new HostCommand.RegisterHost(
                "production",
                host,
                how,
                Optional.of("10.0.0.9"),
                Optional.of("2222"),
                Optional.of("deploy"),
                Optional.empty(),
                Optional.of(List.of(tags)),
                variables);
    }

    private Reply say(Command command) {
        return commands.handle(command, fixture.caller("token:maker"));
    }

    private void done(Command command) {
        assertThat(say(command)).isInstanceOf(Reply.Done.class);
    }

    private static String line(Reply reply) {
        return switch (reply) {
            case Reply.Invalid invalid -> invalid.field() + ": " + invalid.line();
            case Reply.Conflict(var message) -> message;
            case Reply.NotFound(var message) -> message;
            case Reply.Denied denied -> denied.line();
            case Reply other -> throw new AssertionError(other.toString());
        };
    }

    @Test
    void whoeverRegistersAHostIsToldWhenItsRunsWorkOnTheGateway() throws IOException {
        fixture.write("inventory/production/group_vars/all.yml", "ansible_connection: local\n");
        fixture.write("inventory/production/group_vars/far.yml", "ansible_connection: ssh\n");
        fixture.write("inventory/production/host_vars/web-7.yml", "ansible_connection: local\n");
        fixture.later(Duration.ofSeconds(2));
        var bare = new HostCommand.RegisterHost(
                "production",
                "web-5",
                Mode.CREATE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of("web")),
                Map.of());
        assertThat(((Reply.Done) say(bare)).message())
                .endsWith("Warning: web-5 has no address and ansible_connection is local for it (group all): runs work"
                        + " on the gateway's own machine; host change production web-5 address=10.0.0.9 gives it"
                        + " one");
        assertThat(((Reply.Done) say(wish("web-6", Mode.CREATE, Map.of(), "web"))).message())
                .endsWith("Warning: web-6 has an address although ansible_connection is local for it (group all): runs"
                        + " use ssh, but a play with connection: local works on the gateway's own machine");
        assertThat(((Reply.Done) say(wish("web-7", Mode.CREATE, Map.of(), "far"))).message())
                .endsWith("(host_vars): runs on it are refused until one of the two is removed");
        assertThat(((Reply.Done) say(wish("web-8", Mode.CREATE, Map.of(), "far"))).message())
                .doesNotContain("Warning");
        var many = new HostCommand.RegisterHosts("production", List.of(wish("web-6", Mode.REPLACE, Map.of(), "web")));
        assertThat(((Reply.Done) say(many)).message()).contains("1 replaced", "Warning: web-6 has an address");
        assertThat(RegisteredConnections.warnings(
                        catalogs.current().environment(PRODUCTION).orElseThrow()))
                .hasSize(3);
    }

    @Test
    void whatNoVariableCanKeepIsRefusedWithItsHostAndName() {
        var many = new HostCommand.RegisterHosts(
                "production",
                List.of(
                        wish("web-4", Mode.REPLACE, Map.of("rack", 12)),
                        wish("web-5", Mode.REPLACE, Map.of("note", "a\0b")),
                        wish("web-6", Mode.REPLACE, Map.of("sizes", List.of(1, Double.POSITIVE_INFINITY))),
                        wish("web-7", Mode.REPLACE, Map.of("owner", Map.of("name", "\ud800 x")))));
        assertThat(line(say(many))).isEqualTo("""
            hosts: nothing was registered, as 3 of 4 hosts are refused (number, name):
              2 web-5: the variable note has a NUL character
              3 web-6: the variable sizes has a number that is too large
              4 web-7: the variable owner has half of a character (a surrogate without the other one)\
            """);
        assertThat(line(say(wish("web-5", Mode.CREATE, Map.of("note", "a\0b")))))
                .isEqualTo("variables.note: the variable note has a NUL character");
    }

    @Test
    void everybodySeesTheSameHosts() {
        done(wish("web-9", Mode.CREATE, Map.of("rack", 12), "web", "canary"));
        var environment = catalogs.current().environment(PRODUCTION).orElseThrow();
        assertThat(environment.hosts()).containsExactly("web-1", "web-2", "db-1", "web-9");
        assertThat(environment.groups()).containsEntry("web", List.of("web-1", "web-2", "web-9"));
        assertThat(environment.groups()).containsEntry("canary", List.of("web-9"));

        var start = CommandFixture.start("deploy", "production").on(List.of("canary", "db"));
        assertThat(commands.handle(start, fixture.caller("slack:ada")))
                .isInstanceOfSatisfying(
                        Reply.Accepted.class,
                        a -> assertThat(a.run().request().hosts()).containsExactly("db-1", "web-9"));
        assertThat(fixture.database
                        .hosts()
                        .find(PRODUCTION, "web-9")
                        .orElseThrow()
                        .variables())
                .containsEntry("rack", 12);
        assertThat(fixture.database
                        .hosts()
                        .find(PRODUCTION, "web-9")
                        .orElseThrow()
                        .by())
                .isEqualTo(new Person("token:maker"));
    }

    private static HostCommand.RegisterHosts all(HostCommand.RegisterHost... hosts) {
        return new HostCommand.RegisterHosts("production", List.of(hosts));
    }

    @Test
    void manyAreRegisteredTogetherOrNotAtAll() {
        done(wish("web-9", Mode.CREATE, Map.of("rack", 12), "old"));
        var refused = line(say(all(
                wish("web-9", Mode.REPLACE, Map.of()),
                wish("web-1", Mode.REPLACE, Map.of()),
                wish("web-10", Mode.REPLACE, Map.of("ansible_connection", "local")),
                wish("web-9", Mode.REPLACE, Map.of()))));
        assertThat(refused)
                .contains(
                        "3 of 4 hosts are refused",
                        "2 web-1: it is in the inventory file already",
                        "3 web-10: \"ansible_connection\"",
                        "4 web-9: it is there twice");
        assertThat(fixture.database
                        .hosts()
                        .find(PRODUCTION, "web-9")
                        .orElseThrow()
                        .tags())
                .containsExactly("old");

        assertThat(say(all(
                        wish("web-9", Mode.REPLACE, Map.of(), "canary"),
                        wish("web-10", Mode.REPLACE, Map.of(), "web"))))
                .isEqualTo(new Reply.Done(
                        "registered in production: 1 new, 1 replaced; running runs do not see the change"));
        assertThat(fixture.database
                        .hosts()
                        .find(PRODUCTION, "web-9")
                        .orElseThrow()
                        .variables())
                .isEmpty();
        assertThat(catalogs.current().environment(PRODUCTION).orElseThrow().groups())
                .containsEntry("web", List.of("web-1", "web-2", "web-10"))
                .containsEntry("canary", List.of("web-9"));
    }

    @Test
    void noHostCanBeCalledLikeAStoredPassword() {
        for (var ref : List.of("production/web-7.become", "global/sudo")) {
            fixture.secrets.set(
                    SecretRef.parse(ref).orElseThrow(),
                    SecretKind.BECOME_PASSWORD,
                    new SecretText("correct horse"),
                    Runs.ALICE);
        }
        for (var name : List.of("web-7", "web-7.become", "sudo")) {
            assertThat(line(say(wish(name, Mode.CREATE, Map.of())))).contains("a stored password is called like it");
            assertThat(line(say(all(wish(name, Mode.REPLACE, Map.of())))))
                    .contains("a stored password is called like it");
        }
    }

    @Test
    void nothingIsRegisteredWhenTheRegisterHasChangedMeanwhile() {
        var register = fixture.database.hosts();
        long before = register.revision();
        done(wish("web-9", Mode.CREATE, Map.of(), "canary"));
        var host = register.find(PRODUCTION, "web-9").orElseThrow();
        assertThat(register.putAll(PRODUCTION, List.of(host), before)).isFalse();
        assertThat(register.putAll(PRODUCTION, List.of(host), register.revision()))
                .isTrue();
    }

    @Test
    void anotherGatewayOnTheSameDatabaseSeesItToo() {
        var other = new DiskCatalogs(fixture::config, fixture.database.hosts(), fixture.clock, _ -> {});
        assertThat(other.current().environment(PRODUCTION).orElseThrow().hosts())
                .doesNotContain("web-9");
        done(wish("web-9", Mode.CREATE, Map.of()));
        fixture.later(Duration.ofSeconds(1));
        assertThat(other.current().environment(PRODUCTION).orElseThrow().hosts())
                .contains("web-9");
    }

    @Test
    void itIsChangedReplacedTaggedAndTakenAway() {
        done(wish("web-9", Mode.CREATE, Map.of("rack", "12", "row", "b"), "web"));
        assertThat(line(say(wish("web-9", Mode.CREATE, Map.of())))).contains("is registered in production already");
        done(new HostCommand.RegisterHost(
                "production",
                "web-9",
                Mode.CHANGE,
                Optional.of("10.0.0.10"),
                Optional.empty(),
                Optional.of(""),
                Optional.empty(),
                Optional.empty(),
                Map.of("row", "", "rack", "13")));
        done(new HostCommand.EditHosts("production", new HostChange.Tag("web-9", "canary")));
        var host = fixture.database.hosts().find(PRODUCTION, "web-9").orElseThrow();
        assertThat(host.address()).contains("10.0.0.10");
        assertThat(host.port()).contains(2222);
        assertThat(host.user()).isEmpty();
        assertThat(host.tags()).containsExactly("canary", "web");
        assertThat(host.variables()).isEqualTo(Map.of("rack", "13"));

        done(wish("web-9", Mode.REPLACE, Map.of(), "db"));
        assertThat(fixture.database
                        .hosts()
                        .find(PRODUCTION, "web-9")
                        .orElseThrow()
                        .tags())
                .containsExactly("db");
        done(new HostCommand.EditHosts("production", new HostChange.Remove("web-9")));
        assertThat(catalogs.current().environment(PRODUCTION).orElseThrow().hosts())
                .doesNotContain("web-9");
        assertThat(line(say(new HostCommand.UnregisterHost("production", "web-1"))))
                .contains("is not registered", "host remove production web-1");
        assertThat(line(say(wish("web-9", Mode.CHANGE, Map.of())))).contains("is not registered in production");
    }

    @Test
    void aHostIsInOnePlaceOnlyAndOtherwiseTheFileCounts() throws IOException {
        assertThat(line(say(wish("web-1", Mode.CREATE, Map.of()))))
                .contains("web-1 is in hosts.yml of production already", "host remove production web-1");
        done(wish("web-9", Mode.CREATE, Map.of(), "canary"));
        fixture.write("inventory/production/hosts.yml", "all:\n  children:\n    db:\n      hosts: {db-1: , web-9: }\n");
        fixture.later(Duration.ofSeconds(1));
        var environment = catalogs.current().environment(PRODUCTION).orElseThrow();
        assertThat(environment.hosts()).containsExactly("db-1", "web-9");
        assertThat(environment.groups()).doesNotContainKey("canary");
        assertThat(environment.registered()).isEmpty();
        assertThat(environment.hidden()).containsOnlyKeys("web-9");
        assertThat(catalogs.current().problems())
                .singleElement()
                .asString()
                .contains("hosts.yml: web-9 stands here and is registered as well", "host unregister production web-9");
        done(new HostCommand.UnregisterHost("production", "web-9"));
        assertThat(catalogs.current().problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all",
                "ungrouped",
                "localhost",
                "127.0.0.1",
                "::1",
                "web",
                "canary",
                "web-[1:3]",
                "a,b",
                "a:b",
                "a&b",
                "!web-1",
                "~web",
                "web*",
                "web?",
                "@hosts",
                "../web-1",
                "web-1.yml",
                "web-1.json",
                "-web",
                ""
            })
    void noDoorTakesAHostThatAnsibleTakesForSomethingElse(String name) {
        done(wish("vm-1", Mode.CREATE, Map.of(), "canary"));
        var before = catalogs.current().environment(PRODUCTION).orElseThrow();
        for (var way : List.of(Mode.CREATE, Mode.REPLACE)) {
            assertThat(say(wish(name, way, Map.of()))).isInstanceOf(Reply.Invalid.class);
        }
        assertThat(admin(new HostChange.Add(name, "all", Map.of()))).isInstanceOf(Reply.Invalid.class);
        assertThat(catalogs.current().environment(PRODUCTION).orElseThrow()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "ungrouped", "localhost", "db_1", "vm_1", "a-b", "a:b", "web[1:3]", "../x", "1"})
    void noDoorMakesAGroupThatAnsibleTakesForSomethingElse(String name) throws IOException {
        fixture.write("inventory/production/hosts.yml", "web: { hosts: { web-1: , db_1: } }\n");
        fixture.later(Duration.ofSeconds(1));
        done(wish("vm_1", Mode.CREATE, Map.of()));
        done(wish("vm-2", Mode.CREATE, Map.of()));
        var before = catalogs.current().environment(PRODUCTION).orElseThrow();
        assertThat(say(wish("vm-3", Mode.CREATE, Map.of(), name))).isInstanceOf(Reply.Invalid.class);
        assertThat(admin(new HostChange.Tag("vm-2", name))).isInstanceOf(Reply.Invalid.class);
        assertThat(admin(new HostChange.Tag("web-1", name))).isInstanceOf(Reply.Invalid.class);
        assertThat(admin(new HostChange.AddGroup(name))).isInstanceOf(Reply.Invalid.class);
        assertThat(admin(new HostChange.RenameGroup("web", name))).isInstanceOf(Reply.Invalid.class);
        if (!name.equals("all")) {
            assertThat(admin(new HostChange.Add("web-8", name, Map.of()))).isInstanceOf(Reply.Invalid.class);
        }
        assertThat(say(wish("same", Mode.CREATE, Map.of(), "same"))).isInstanceOf(Reply.Invalid.class);
        assertThat(catalogs.current().environment(PRODUCTION).orElseThrow()).isEqualTo(before);
    }

    private Reply admin(HostChange change) {
        return commands.handle(new HostCommand.EditHosts("production", change), fixture.caller("web:root"));
    }

    @Test
    void aGroupThatIsNotThereIsNotMadeByAMistypedWord() {
        assertThat(line(admin(new HostChange.Add("web-9", "wbe", Map.of("ansible_host", "10.0.0.9")))))
                .isEqualTo("group: there is no group wbe; did you mean web? (group add production wbe first)");
        assertThat(line(admin(new HostChange.Tag("web-1", "wbe"))))
                .isEqualTo("group: there is no group wbe; did you mean web? (group add production wbe first)");
        assertThat(line(admin(new HostChange.Add("web-9", "fresh", Map.of()))))
                .isEqualTo("group: there is no group fresh (group add production fresh first)");
        assertThat(say(wish("vm-1", Mode.CREATE, Map.of(), "wbe")))
                .isInstanceOfSatisfying(
                        Reply.Done.class,
                        d -> assertThat(d.message()).contains("wbe is new; similar existing name: web"));
        assertThat(admin(new HostChange.AddGroup("fresh"))).isInstanceOf(Reply.Done.class);
        assertThat(admin(new HostChange.Add("web-9", "fresh", Map.of()))).isInstanceOf(Reply.Done.class);
        assertThat(catalogs.current().environment(PRODUCTION).orElseThrow().groups())
                .containsEntry("fresh", List.of("web-9"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        web: { hosts: { web-1: } }, vm: { hosts: { web-2: } } | vm   | canary | there is a group vm here
        web: { hosts: { web-1: } }, vm:                      | vm   | canary | there is a group vm here
        web: { hosts: { web-1: , early: } }                  | vm-1 | early  | its tag early is the name of a host here
        """)
    void whatComesIntoConflictLaterIsLeftOutAndToldAndTheRestGoesOn(String file, String host, String tag, String why)
            throws IOException {
        done(wish(host, Mode.CREATE, Map.of(), tag));
        done(wish("vm-7", Mode.CREATE, Map.of(), "web"));
        fixture.write("inventory/production/hosts.yml", "{" + file + "}\n");
        fixture.later(Duration.ofSeconds(1));
        var environment = catalogs.current().environment(PRODUCTION).orElseThrow();
        assertThat(environment.registered()).extracting(RegisteredHost::name).containsExactly("vm-7");
        assertThat(environment.groups())
                .containsEntry(
                        "web",
                        environment.hosts().stream()
                                .filter(h -> !h.equals("web-2"))
                                .toList());
        assertThat(environment.hidden().get(host)).contains(why);
        assertThat(catalogs.current().problems())
                .singleElement()
                .asString()
                .contains(why, "(host unregister production " + host + ")");
        done(new HostCommand.UnregisterHost("production", host));
        assertThat(catalogs.current().problems()).isEmpty();
    }

    @Test
    void namesThatAnEarlierVersionTookAreLeftOut() {
        for (var name : List.of("all", "localhost", "web", "canary")) {
            register(name, name.equals("canary") ? "ungrouped" : "canary");
        }
        register("vm-1", "canary");
        var environment = catalogs.afterChange().environment(PRODUCTION).orElseThrow();
        assertThat(environment.hidden()).containsOnlyKeys("all", "canary", "localhost", "web");
        assertThat(environment.hosts()).containsExactly("web-1", "web-2", "db-1", "vm-1");
    }

    private void register(String name, String tag) {
        fixture.database
                .hosts()
                .put(
                        PRODUCTION,
                        new RegisteredHost(
                                name,
                                Optional.of("10.0.0.9"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                new TreeSet<>(List.of(tag)),
                                new TreeMap<>(),
                                new Person("token:maker"),
                                fixture.clock.instant()),
                        Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        address | -oProxyCommand=id          | is not an address
        address | 10.0.0.9 -l root           | is not an address
        port    | 99999                      | is not a port
        port    | -22                        | is not a port
        user    | -oProxyCommand=id          | is not the name of a user
        user    | root ALL                   | is not the name of a user
        key     | nobody                     | no private key named "nobody" in production
        tags    | db1                        | there is a host db1
        tags    | all                        | Ansible itself decides
        tags    | a-b                        | a group has a name of letters
        ansible_connection | local           | decide what is executed
        ansible_ssh_common_args | -o x=y     | decide what is executed
        hosts   | x                          | means something to Ansible itself
        """)
    void nothingOfItBecomesAnOptionOrAProgram(String field, String value, String why) throws IOException {
        fixture.write("inventory/production/hosts.yml", "all: { hosts: { db1: , web-1: } }\n");
        fixture.later(Duration.ofSeconds(1));
        var fields = new java.util.HashMap<String, Object>(Map.of(field, value));
        var tags = Optional.ofNullable(fields.remove("tags")).map(t -> List.of(t.toString()));
        var reply = say(new HostCommand.RegisterHost(
                "production",
                "web-9",
                Mode.REPLACE,
                taken(fields, "address"),
                taken(fields, "port"),
                taken(fields, "user"),
                taken(fields, "key"),
                tags,
                fields));
        assertThat(line(reply)).contains(why);
        assertThat(fixture.database.hosts().of(PRODUCTION)).isEmpty();
    }

    private static Optional<String> taken(Map<String, Object> fields, String name) {
        return Optional.ofNullable(fields.remove(name)).map(Object::toString);
    }

    @Test
    void itTakesARightOfItsOwn() {
        assertThat(line(commands.handle(wish("web-9", Mode.CREATE, Map.of()), fixture.caller("slack:ada"))))
                .contains("may not");
        var elsewhere = new HostCommand.UnregisterHost("staging", "s-9");
        assertThat(say(elsewhere)).isInstanceOf(Reply.Denied.class);
        var inFile = new HostCommand.EditHosts("production", new HostChange.Tag("web-1", "canary"));
        assertThat(say(inFile)).isInstanceOf(Reply.Denied.class);
        assertThat(fixture.database.hosts().of(PRODUCTION)).isEmpty();
    }

    @Test
    void whatPeopleAgreedToIsVoidWhenAHostIsRegistered() throws NoSuchAlgorithmException {
        var contentHash = new ContentHash(catalogs, new RolesPath(home.resolve("none"), Optional.empty()));
        var request = Runs.request("deploy");
        var before = contentHash.of(request);
        fixture.secrets.set(
                SecretRef.parse("production/fleet").orElseThrow(),
                SecretKind.SSH_KEY,
                new SecretText(privateKey()),
                new Person("web:root"));
        done(wish("web-9", Mode.CREATE, Map.of("rack", 1)));
        var with = contentHash.of(request);
        assertThat(with).isNotEqualTo(before);
        assertThat(contentHash.of(request)).isEqualTo(with);
        done(new HostCommand.RegisterHost(
                "production",
                "web-9",
                Mode.CHANGE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("fleet"),
                Optional.empty(),
                Map.of()));
        assertThat(contentHash.of(request)).isNotEqualTo(with);
        assertThat(with.parts()).containsKey("hosts registered in production");
    }

    private static String privateKey() throws NoSuchAlgorithmException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var text = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
    }

    private Environment production() {
        return catalogs.current().environment("production").orElseThrow();
    }

    @Test
    void whatIsKnownOfAHostMakesGroupsAndNamesOfFilesKeepTheirMeaning() throws IOException {
        fixture.write(
                "inventory/production/hosts.yml",
                "all: { children: { web: { hosts: { web-1: } }, tag_web: { hosts: { web-1: } } } }\n");
        fixture.later(Duration.ofSeconds(2));
        var known = Map.<String, Object>of("distro", "Rocky Linux", "architecture", "x86_64", "status", "active");
        done(wish("vm-7", Mode.CREATE, known, "web", "canary_EU"));
        assertThat(production().groups())
                .containsEntry("distro_rocky_linux", List.of("vm-7"))
                .containsEntry("arch_x86_64", List.of("vm-7"))
                .containsEntry("status_active", List.of("vm-7"))
                .containsEntry("tag_canary_eu", List.of("vm-7"))
                .containsEntry("tag_web", List.of("web-1"));
        assertThat(production().similarHosts()).containsOnlyKeys("canary_EU", "tag_web", "web");
        assertThat(HostPattern.resolve(production(), "status:active", HostFacts.NONE))
                .isEqualTo(new HostPattern.Hosts(List.of("vm-7")));
        done(wish("vm-8", Mode.CREATE, Map.of(), "tag_web"));
        assertThat(production().groups()).containsEntry("tag_web", List.of("web-1", "vm-8"));
        assertThat(line(say(wish("vm-9", Mode.CREATE, Map.of(), "status_active"))))
                .contains("groups that begin with status_ are made of the field status: give that instead");
        assertThat(line(say(wish("vm-9", Mode.CREATE, Map.of(), "_meta")))).contains("is no group");
        assertThat(say(wish("vm-9", Mode.CREATE, Map.of("arch", "arm64", "group", "web"))))
                .isEqualTo(new Reply.Done("vm-9 is registered in production; running runs do not see it."
                        + " arch is only a variable; the field is called architecture."
                        + " group is only a variable; the field is called tags"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        server_uuid  | a b      | server_uuid must be an id of letters, digits and . _ : -, at most 128 of them, not "a b"
        architecture | x86-64   | architecture must be an architecture such as x86_64 or aarch64, not "x86-64"
        distro       | {{ x }}  | distro must be a distribution such as Debian or Rocky Linux, not "{{ x }}"
        status       | Active   | status must be one word in small letters such as active or maintenance, not "Active"
        """)
    void aWrongDetailIsSaidWithWhatWouldBeRight(String name, String value, String why) {
        assertThat(line(say(wish("vm-7", Mode.CREATE, Map.of(name, value))))).isEqualTo(name + ": " + why);
    }

    @Test
    void aServerUuidIsThatOfOneHost() {
        done(wish("vm-7", Mode.CREATE, Map.of("server_uuid", "u-7")));
        done(wish("vm-7", Mode.CHANGE, Map.of("server_uuid", "u-7")));
        var why = "the server_uuid u-7 is that of vm-7 already";
        for (var id : List.of("u-7", "U-7")) {
            assertThat(line(say(wish("vm-8", Mode.CREATE, Map.of("server_uuid", id)))))
                    .as(id)
                    .isEqualTo("vm-8: " + why);
        }
        var both = new HostCommand.RegisterHosts(
                "production",
                List.of(
                        wish("vm-8", Mode.REPLACE, Map.of("server_uuid", "u-7")),
                        wish("vm-9", Mode.REPLACE, Map.of("server_uuid", "u-9"))));
        assertThat(line(say(both))).contains("1 of 2 hosts are refused", "vm-8: " + why);
    }
}
