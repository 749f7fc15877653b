package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.command.HostCommand.RestoreInventoryFile;
import dev.playcall.command.HostCommand.WriteInventoryFile;
import dev.playcall.command.content.ContentEdits;
import dev.playcall.command.inventory.InventoryCommands;
import dev.playcall.content.ContentLock;
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
import java.util.Arrays;
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

/** Variables and texts of an inventory are changed by those who may, and only so that nothing else changes. */
class InventoryEditorTest {
    private static final String ACCESS = """
          bindings:
            - { role: operator, people: [slack:ada] }
            - { role: admin, people: [slack:pat], environments: [production] }
            - { role: admin, people: [web:root] }
        """;

    @TempDir
    Path home;

    private CommandFixture house;
    private DiskCatalogs catalogs;
    private CommandHandler commands;
    private Optional<String> complaint = Optional.empty();
    private Optional<String> elsewhere = Optional.empty();

    @BeforeEach
    void open() throws IOException {
        house = new CommandFixture(home, ACCESS);
        var config = house.config();
        catalogs = new DiskCatalogs(() -> config, house.database.hosts(), house.clock, _ -> {});
        var rights = new Rights(
                new Authorizer(config.access(), false, List::of),
                new IdentityLinks(config.access().people(), house.database.links(), List::of, house.clock));
        var files = new InventoryFiles(_ -> complaint, home.resolve("kept"), house.clock);
        var inventory = new InventoryCommands(
                catalogs,
                rights,
                house.secrets,
                house.journal.read(),
                new ContentEdits(new ContentLock(), () -> elsewhere),
                house.clock);
        commands = new TestRouter(catalogs, house.journal, rights, house.rules, house.secrets)
                .hosts(inventory.hosts(files, house.database.hosts()));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static HostCommand set(VariableOwner owner, Map<String, Object> values, String... unset) {
        return new HostCommand.EditHosts(
                "production",
                new HostChange.ChangeVariables(owner, new TreeMap<>(values), new TreeSet<>(Arrays.asList(unset))));
    }

    private Reply as(String person, HostCommand command) {
        return commands.handle(command, house.caller(person));
    }

    private static String line(Reply reply) {
        return switch (reply) {
            case Reply.Done(var message) -> message;
            case Reply.Invalid invalid -> invalid.line();
            case Reply.NotFound(var message) -> message;
            case Reply.Conflict(var message) -> message;
            case Reply other -> other.toString();
        };
    }

    private Path file(String name) {
        return home.resolve("inventory/production").resolve(name);
    }

    @Test
    void variablesOfAHostAndAGroupAreSetAndTakenAwayInFiles() throws IOException {
        var web1 = VariableOwner.host("web-1");
        assertThat(line(as("slack:pat", set(web1, Map.of("http_port", 8080L, "tier", "front")))))
                .isEqualTo("http_port, tier of web-1 in production are set");
        assertThat(Files.readString(file("host_vars/web-1.yml"))).isEqualTo("http_port: 8080\ntier: front\n");
        assertThat(line(as("slack:pat", set(web1, Map.of(), "http_port"))))
                .isEqualTo("http_port of web-1 in production is removed");
        assertThat(Files.readString(file("host_vars/web-1.yml"))).isEqualTo("tier: front\n");
        assertThat(as("slack:pat", set(VariableOwner.group("web"), Map.of("workers", 4L))))
                .isInstanceOf(Reply.Done.class);
        assertThat(Files.readString(file("group_vars/web.yml"))).isEqualTo("workers: 4\n");
        assertThat(as("slack:pat", set(VariableOwner.group("nope"), Map.of("workers", 4L))))
                .isInstanceOf(Reply.NotFound.class);
        assertThat(as("slack:pat", set(web1, Map.of(), "nothing"))).isInstanceOf(Reply.NotFound.class);
    }

    @Test
    void itTakesTheRightsOfAnAdmin() {
        var command = set(VariableOwner.host("web-1"), Map.of("http_port", 8080L));
        assertThat(as("slack:ada", command)).isInstanceOf(Reply.Denied.class);
        // A text may change the connection, which an admin of one environment may not.
        var text = new WriteInventoryFile(
                "production", "group_vars/web.yml", "ansible_connection: local\n", Optional.empty());
        assertThat(as("slack:ada", text)).isInstanceOf(Reply.Denied.class);
        assertThat(as("slack:pat", text)).isInstanceOf(Reply.Denied.class);
        assertThat(as("web:root", text)).isInstanceOf(Reply.Done.class);
        assertThat(as("slack:pat", new RestoreInventoryFile("production", "group_vars/web.yml", "")))
                .isInstanceOf(Reply.Denied.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ansible_connection|local|decide what is executed",
                "ansible_ssh_common_args|-o ProxyCommand=id|decide what is executed",
                "ansible_become_exe|id|decide what is executed",
                "ansible_host|-oProxyCommand=id|is not possible for ansible_host",
                "hosts|x|means something to Ansible itself",
                "motd|{{ lookup('pipe', 'id') }}|no template",
                "motd|{% set x = 1 %}|no template"
            })
    void valuesAreDataAndTheConnectionStaysAsItIs(String name, String value, String why) {
        for (var owner : List.of(VariableOwner.host("web-1"), VariableOwner.group("web"))) {
            assertThat(line(as("web:root", set(owner, Map.of(name, value))))).contains(why);
        }
        assertThat(line(as("web:root", set(VariableOwner.host("web-1"), Map.of("x", List.of(Map.of("k", "{{ x }}")))))))
                .contains("no template");
        assertThat(file("host_vars")).doesNotExist();
    }

    @Test
    void aRegisteredHostIsChangedInTheRegister() {
        assertThat(as(
                        "web:root",
                        new HostCommand.RegisterHost(
                                "production",
                                "vm-7",
                                HostCommand.RegisterHost.Mode.CREATE,
                                Optional.of("10.0.0.7"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of())))
                .isInstanceOf(Reply.Done.class);
        assertThat(as("web:root", set(VariableOwner.host("vm-7"), Map.of("rack", 12L))))
                .isInstanceOf(Reply.Done.class);
        var registered = catalogs.current()
                .environment(new dev.playcall.domain.name.EnvironmentName("production"))
                .orElseThrow()
                .registered("vm-7")
                .orElseThrow();
        assertThat(registered.variables()).containsEntry("rack", 12);
        assertThat(registered.address()).contains("10.0.0.7");
        assertThat(file("host_vars")).doesNotExist();
    }

    @Test
    void whoeverWritesOverTheWorkOfSomebodyElseIsTold() throws IOException {
        var name = "group_vars/web.yml";
        var create = new WriteInventoryFile("production", name, "workers: 4\n", Optional.empty());
        assertThat(as("web:root", create)).isInstanceOf(Reply.Done.class);
        assertThat(line(as("web:root", create))).contains("there is a file group_vars/web.yml already");
        var seen = Optional.of(InventoryFiles.tag("workers: 4\n"));
        assertThat(as("web:root", new WriteInventoryFile("production", name, "workers: 5\n", seen)))
                .isInstanceOf(Reply.Done.class);
        assertThat(as("web:root", new WriteInventoryFile("production", name, "workers: 6\n", seen)))
                .isInstanceOf(Reply.Conflict.class);
        assertThat(Files.readString(file(name))).isEqualTo("workers: 5\n");
        assertThat(as("web:root", new RestoreInventoryFile("production", name, "")))
                .isInstanceOf(Reply.Done.class);
        assertThat(Files.readString(file(name))).isEqualTo("workers: 4\n");
        var now = Optional.of(InventoryFiles.tag("workers: 4\n"));
        assertThat(as("web:root", new WriteInventoryFile("production", name, "", now)))
                .isInstanceOf(Reply.Done.class);
        assertThat(file(name)).doesNotExist();
        assertThat(as("web:root", new RestoreInventoryFile("production", name, "")))
                .isInstanceOf(Reply.Done.class);
        assertThat(Files.readString(file(name))).isEqualTo("workers: 4\n");
    }

    @Test
    void whatAnsibleRejectsIsNotWritten() throws IOException {
        var hosts = Files.readString(file("hosts.yml"));
        complaint = Optional.of("hosts.yml: cannot be parsed");
        assertThat(line(as("web:root", set(VariableOwner.host("web-1"), Map.of("a", 1L)))))
                .contains("nothing was changed: Ansible rejects it: hosts.yml: cannot be parsed");
        complaint = Optional.empty();
        var seen = Optional.of(InventoryFiles.tag(hosts));
        assertThat(line(as("web:root", new WriteInventoryFile("production", "hosts.yml", "all: [\n", seen))))
                .contains("nothing was changed: hosts.yml:");
        assertThat(line(as("web:root", new WriteInventoryFile("production", "hosts.yml", "  ", seen))))
                .contains("would be empty");
        for (var name : List.of(
                "../x.yml", "group_vars/../../x.yml", "config.yml", "group_vars/nope.yml", "group_vars/web.sh")) {
            assertThat(as("web:root", new WriteInventoryFile("production", name, "a: 1\n", Optional.empty())))
                    .as(name)
                    .isInstanceOf(Reply.Invalid.class);
        }
        assertThat(Files.readString(file("hosts.yml"))).isEqualTo(hosts);
        assertThat(file("host_vars")).doesNotExist();
    }

    @Test
    void filesThatAreKeptInGitAreNotChangedHere() {
        elsewhere = Optional.of("files are kept in git (git.edits: false); change them there");
        assertThat(line(as("web:root", set(VariableOwner.host("web-1"), Map.of("a", 1L)))))
                .contains("git.edits: false");
        assertThat(line(as(
                        "web:root",
                        new WriteInventoryFile("production", "group_vars/web.yml", "a: 1\n", Optional.empty()))))
                .contains("git.edits: false");
        assertThat(file("group_vars")).doesNotExist();
    }

    @Test
    void noValueOfASecretIsWrittenInTheOpen() throws Exception {
        house.secrets.set(
                new SecretRef(Optional.empty(), "db_password"),
                SecretKind.TEXT,
                new SecretText("s3cret-of-the-db"),
                new Person("web:root"));
        assertThat(line(as("web:root", set(VariableOwner.host("web-1"), Map.of("pw", "s3cret-of-the-db")))))
                .contains("host_vars/web-1.yml: ");
        Files.createDirectories(file("group_vars"));
        Files.writeString(file("group_vars/web.yml"), "pw: s3cret-of-the-db\n");
        assertThat(as("web:root", set(VariableOwner.group("web"), Map.of("a", 1L))))
                .isInstanceOf(Reply.Invalid.class);
    }
}
