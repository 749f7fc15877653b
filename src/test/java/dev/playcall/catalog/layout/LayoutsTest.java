package dev.playcall.catalog.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.PlaybookName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments and playbooks are found where people have them. */
class LayoutsTest {
    private static final String INI = "[web]\nw1\nw2\n";
    private static final String YAML = "web:\n  hosts:\n    w1:\n    w2:\n";

    @TempDir
    Path home;

    @BeforeEach
    void folders() throws IOException {
        Files.createDirectories(home.resolve("playbooks"));
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Catalog read() {
        return new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), Clock.systemUTC()).current();
    }

    private Catalog read(String config) throws IOException {
        write("config/playcall.yml", config);
        return read();
    }

    private static Environment environment(Catalog catalog, String name) {
        assertThat(catalog.problems()).isEmpty();
        return catalog.environment(new EnvironmentName(name)).orElseThrow();
    }

    private static List<String> playbooks(Catalog catalog) {
        return catalog.playbooks().keySet().stream().map(PlaybookName::value).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hosts",
                "hosts.yml",
                "hosts.yaml",
                "hosts.ini",
                "inventory",
                "inventory.yml",
                "inventory.yaml",
                "inventory.ini"
            })
    void aFolderIsAnEnvironmentWhateverItsHostsFileIsCalled(String name) throws IOException {
        write("inventory/production/" + name, name.contains(".y") ? YAML : INI);
        assertThat(environment(read(), "production").groups()).containsEntry("web", List.of("w1", "w2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "production.ini", "production.yml", "production.yaml"})
    void anInventoryFileIsAnEnvironment(String name) throws IOException {
        write("inventory/" + name, name.contains(".y") ? YAML : INI);
        write("inventory/group_vars/all.yml", "a: 1\n");
        write("inventory/README", "How to use these inventories: read the documentation first.\n");
        write("inventory/README.md", "# Inventories\n");
        write("inventory/tox.ini", "[tox]\nenvlist = py3\n");
        write("inventory/vars.yml", "a: 1\n");
        var found = environment(read(), "production");
        assertThat(found.hosts()).containsExactly("w1", "w2");
        assertThat(read().environments()).hasSize(1);
        assertThat(found.variables()).as("beside the file").isEqualTo(home.resolve("inventory"));
        assertThat(found.folder())
                .as("nothing is written into the repository")
                .isEqualTo(home.resolve("data/environments/production"));
    }

    @Test
    void yamlWithoutAnEndingIsReadAsAnsibleReadsIt() throws IOException {
        write("inventory/production", YAML);
        assertThat(environment(read(), "production").groups()).containsEntry("web", List.of("w1", "w2"));
    }

    @Test
    void anInventoryThatWouldBeExecutedIsNamedWithTheRemedy() throws IOException {
        write("inventory/aws.yml", "plugin: amazon.aws.aws_ec2\n");
        write("inventory/dynamic", "#!/usr/bin/env python3\n");
        assertThat(read().problems())
                .containsExactly(
                        "inventory/aws.yml: uses the inventory plugin amazon.aws.aws_ec2, which is only executed when"
                                + " the configuration allows it: environments: { aws: { inventory: [inventory/aws.yml],"
                                + " plugins: [amazon.aws.aws_ec2] } }",
                        "inventory/dynamic: is an inventory script, which is only executed when the configuration"
                                + " allows it: environments: { dynamic: { inventory: [inventory/dynamic],"
                                + " scripts: allow } }");
    }

    @Test
    void ofASourceThatIsExecutedTheConfigurationHasToNameThePlugin() throws IOException {
        write("inventory/production/hosts.yml", "web: { hosts: { w1: } }\n");
        write("inventory/production/aws_ec2.yml", "plugin: amazon.aws.aws_ec2\n");
        assertThat(read().problems())
                .as("half of the inventory is not silently the whole")
                .containsExactly("inventory/production/aws_ec2.yml: uses the inventory plugin amazon.aws.aws_ec2, which"
                        + " is only executed when the configuration allows it: environments: { production: {"
                        + " inventory: [inventory/production], plugins: [amazon.aws.aws_ec2] } }");
        var other = "environments: { production: { inventory: [inventory/production], plugins: [constructed] } }\n";
        assertThat(read(other).problems()).singleElement().asString().contains("plugins: [amazon.aws.aws_ec2]");
        assertThat(read(other).environments()).isEmpty();
        var allowed = read(other.replace("constructed", "amazon.aws.aws_ec2"));
        assertThat(allowed.problems()).isEmpty();
        assertThat(allowed.environments()).hasSize(1);

        write("inventory/production/aws_ec2.yml", "plugin: constructed\nuse_vars_plugins: true\n");
        assertThat(read(other).problems())
                .singleElement()
                .asString()
                .contains("use_vars_plugins, which is not supported");
    }

    @Test
    void aGroupThatIsNotInTheFileIsSaid() throws IOException {
        write("all.yml", "production: { hosts: { w1: } }\n");
        assertThat(read("environments: { live: { inventory: [all.yml], group: productoin } }\n")
                        .problems())
                .containsExactly("environments.live: group: there is no group productoin in its inventory");
    }

    @Test
    void severalFilesAreOneEnvironmentWhenTheConfigurationSaysSo() throws IOException {
        write("hosts/production", INI);
        write("hosts/extra.yml", "db:\n  hosts:\n    d1:\nweb:\n  hosts:\n    w3:\n");
        var found = environment(
                read("environments: { production: { inventory: [hosts/production, hosts/extra.yml] } }\n"),
                "production");
        assertThat(found.inventories())
                .containsExactly(home.resolve("hosts/production"), home.resolve("hosts/extra.yml"));
        assertThat(found.groups())
                .containsEntry("web", List.of("w1", "w2", "w3"))
                .containsEntry("db", List.of("d1"));
    }

    @Test
    void aFolderThatIsNamedIsReadAsAnsibleReadsIt() throws IOException {
        write("inv/prod/01-web", INI);
        write("inv/prod/02-db.yml", "db:\n  hosts:\n    d1:\n");
        write("inv/prod/notes.md", "# x\n");
        write("inv/prod/left-out.ini", "[no]\nn1\n");
        write("inv/prod/group_vars/all.yml", "a: 1\n");
        var found = environment(read("environments: { prod: { inventory: inv/prod } }\n"), "prod");
        assertThat(found.hosts()).containsExactly("w1", "w2", "d1");
    }

    @Test
    void whatIsConfiguredWronglyIsSaidWithItsLine() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
        assertThat(read("""
            environments:
              a: { inventory: ../elsewhere }
              b: { inventory: gone }
            """).problems())
                .containsExactly(
                        "config/playcall.yml:2: environments: ../elsewhere leads out of " + home
                                + "; an inventory outside is named by its whole path",
                        "config/playcall.yml:3: environments: gone is not there");
    }

    @Test
    void aLinkMayNotLeadOutOfTheRepository() throws IOException {
        write("elsewhere/hosts", INI);
        write("repo/inventories/own", INI);
        Files.createSymbolicLink(home.resolve("repo/inventories/out"), home.resolve("elsewhere/hosts"));
        Files.createSymbolicLink(home.resolve("repo/inventories/in"), Path.of("own"));
        var catalog = read("""
            paths: { playbooks: repo, inventory: repo/inventories, project: repo }
            environments:
              out: { inventory: inventories/out }
              in: { inventory: inventories/in }
            """);
        assertThat(catalog.environments().keySet()).map(EnvironmentName::value).containsExactly("in", "own");
        assertThat(catalog.problems())
                .containsExactly("repo/inventories/out: refused: it is a link that leads out of repo");
    }

    @Test
    void playbooksAreKnownFromTheirContent() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
        write("repo/ansible.cfg", "[defaults]\n");
        write("repo/site.yml", "- import_playbook: playbooks/inner.yml\n");
        write("repo/web.yaml", "- hosts: web\n");
        write("repo/playbooks/inner.yml", "- hosts: all\n");
        write("repo/db/backup.yml", "- name: Back up\n  hosts: db\n");
        write("repo/db/steps.yml", "- name: A task\n  debug:\n");
        write("repo/requirements.yml", "roles: []\n");
        write("repo/vars.yml", "a: 1\n");
        write("repo/tasks.yml", "- debug:\n");
        write("repo/roles/greet/tests/test.yml", "- hosts: localhost\n");
        write("repo/.github/workflows/ci.yml", "- hosts: all\n");
        var catalog = read("paths: { playbooks: repo }\n");
        assertThat(catalog.problems()).isEmpty();
        assertThat(playbooks(catalog)).containsExactly("db.backup", "inner", "site", "web");
        assertThat(PlaybookName.withoutEnding("db/backup.yml")).isEqualTo("db.backup");
        assertThat(PlaybookName.withoutEnding("playbooks/inner.yml")).isEqualTo("inner");
    }

    @Test
    void playbooksOfOneNameAreToldApartOrSaid() throws IOException {
        Files.createDirectories(home.resolve("inventory"));
        write("playbooks/site.yml", "- hosts: all\n");
        write("playbooks/site.yaml", "- hosts: all\n");
        write("playbooks/playbooks/site.yml", "- hosts: all\n");
        assertThat(playbooks(read())).containsExactly("playbooks.site", "site");
        assertThat(read().problems())
                .containsExactly(
                        "playbooks/site.yml: would be the playbook site, as another file already is; rename one"
                                + " of them");
    }

    @Test
    void theRepositoryIsTheRootWhereItsPlaybooksAre() throws IOException {
        write("repo/site.yml", "- hosts: all\n");
        assertThat(project("paths: { playbooks: repo }\n"))
                .as("a folder of a repository")
                .isEqualTo(home);
        write("repo/ansible.cfg", "");
        assertThat(project("paths: { playbooks: repo }\n")).isEqualTo(home.resolve("repo"));
        assertThat(project("paths: { playbooks: . }\n"))
                .as("never beside the home")
                .isEqualTo(home);
        assertThat(project("paths: { playbooks: repo/x, project: repo }\n")).isEqualTo(home.resolve("repo"));
    }

    private Path project(String config) throws IOException {
        write("config/playcall.yml", config);
        return ConfigFile.load(home, Optional.empty(), Map.of()).paths().project();
    }
}
