package dev.playcall.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.catalog.inventory.HostsEdit.RefusedException;
import dev.playcall.catalog.variable.VariableOwner;
import dev.playcall.catalog.vars.EnvironmentVariables;
import dev.playcall.catalog.vars.InventoryFiles;
import dev.playcall.command.HostCommand.HostChange;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts and groups are changed in the file in which they stand, whichever of an environment's files that is. */
class SeveralHostsFilesTest {
    @TempDir
    private Path home;

    @BeforeEach
    void write() throws IOException {
        write("config/playcall.yml", """
            environments:
              production: { inventory: [hosts/first, hosts/second.yml] }
              staging: { inventory: [shared.yml], group: staging }
            """);
        write("playbooks/deploy.yml", "- hosts: all\n");
        write("hosts/first", "[web]\nw1 port=1\nboth\n");
        write(
                "hosts/second.yml",
                "db: { hosts: { d1: { port: 5432 }, both: { port: 3 } } }\nspare: { hosts: { d1: {} } }\n");
        write("shared.yml", "staging: { hosts: { s1: {} } }\nweb: { hosts: { s1: {}, p1: {} } }\n");
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Environment environment(String name) throws IOException {
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        return new DiskCatalogs(config, Clock.systemUTC())
                .current()
                .environment(name)
                .orElseThrow();
    }

    private Map<String, String> texts(String environment, HostChange change) throws IOException, RefusedException {
        return InventoryFileEditor.texts(environment(environment), change);
    }

    @Test
    void aHostIsRemovedTaggedAndUntaggedWhereItStands() throws Exception {
        assertThat(texts("production", new HostChange.Remove("d1"))).containsOnlyKeys("second.yml");
        assertThat(texts("production", new HostChange.Remove("both"))).containsOnlyKeys("first", "second.yml");
        assertThat(texts("production", new HostChange.Tag("d1", "canary")))
                .hasEntrySatisfying("second.yml", text -> assertThat(text).contains("canary"))
                .hasSize(1);
        assertThat(texts("production", new HostChange.Untag("d1", "db"))).containsOnlyKeys("second.yml");
        assertThatThrownBy(() -> texts("production", new HostChange.Remove("x9")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("there is no host x9");
    }

    @Test
    void aHostIsAddedWhereItsGroupStandsAndAGroupRenamedThere() throws Exception {
        assertThat(texts("production", new HostChange.Add("d2", "db", Map.of())))
                .containsOnlyKeys("second.yml");
        assertThat(texts("production", new HostChange.Add("w2", "web", Map.of())))
                .containsOnlyKeys("first");
        assertThat(texts("production", new HostChange.Add("x1", "all", Map.of())))
                .containsOnlyKeys("first");
        assertThat(texts("production", new HostChange.RenameGroup("db", "sql"))).containsOnlyKeys("second.yml");
    }

    @Test
    void aHostOfAGroupedEnvironmentIsAddedToItsGroup() throws Exception {
        for (var group : List.of("all", "web")) {
            write("shared.yml", "staging: { hosts: { s1: {} } }\nweb: { hosts: { s1: {}, p1: {} } }\n");
            write(
                    "shared.yml",
                    texts("staging", new HostChange.Add("s2", group, Map.of())).getOrDefault("shared.yml", ""));
            assertThat(environment("staging").hosts()).contains("s2").doesNotContain("p1");
        }
        assertThat(environment("staging").groups().get("web")).containsExactly("s1", "s2");
    }

    @Test
    void variablesAreReadAndSetInTheFileThatCounts() throws Exception {
        var variables = new EnvironmentVariables(environment("production"));
        variables.set(VariableOwner.host("d1"), "port", 5433);
        variables.set(VariableOwner.host("both"), "port", 4);
        assertThat(variables.changed()).containsOnlyKeys("second.yml");
        assertThat(variables.changed().get("second.yml")).contains("5433", "port: 4");
        assertThat(variables.of(VariableOwner.host("w1")))
                .singleElement()
                .satisfies(v -> assertThat(v.file()).isEqualTo("first"));
    }

    @Test
    void everyHostsFileIsAFileOfTheInventory() throws Exception {
        var asked = new ArrayList<Path>();
        var files = new InventoryFiles(
                all -> {
                    asked.addAll(all);
                    return Optional.empty();
                },
                home.resolve("kept"),
                Clock.systemUTC());
        var environment = environment("production");
        assertThat(files.names(environment)).containsExactly("first", "second.yml");
        var texts = Map.of("second.yml", "db: { hosts: { d9: {} } }\n");
        assertThat(files.problem(environment, texts)).isEmpty();
        assertThat(asked).as("Ansible is asked about all of them together").hasSize(2);
        files.write(environment, texts);
        assertThat(home.resolve("hosts/second.yml")).hasContent(texts.getOrDefault("second.yml", ""));
        assertThat(environment("production").hosts()).containsExactly("w1", "both", "d9");
    }
}
