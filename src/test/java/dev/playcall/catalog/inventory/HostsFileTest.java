package dev.playcall.catalog.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {
    @TempDir
    Path home;

    private void write(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Catalog read() throws IOException {
        Files.createDirectories(home.resolve("playbooks"));
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        return new DiskCatalogs(config, Clock.systemUTC()).current();
    }

    @Test
    void groupsHoldTheHostsOfTheirChildren() throws IOException {
        write("inventory/production/hosts.yml", """
            all:
              hosts:
                lone:
              children:
                europe:
                  children:
                    web: { hosts: { "web[01:02]": { anything: [1, { a: b }] } } }
                    db: { hosts: { db-1: } }
                asia: { children: { web: } }
                nobody:
            """);
        var environment = read().environments().firstEntry().getValue();
        assertThat(environment.hosts()).containsExactly("lone", "web01", "web02", "db-1");
        assertThat(environment.groups())
                .isEqualTo(Map.of(
                        "europe", List.of("web01", "web02", "db-1"),
                        "asia", List.of("web01", "web02"),
                        "web", List.of("web01", "web02"),
                        "db", List.of("db-1"),
                        "nobody", List.of(),
                        "ungrouped", List.of("lone")));
    }

    @Test
    void wrongInventoriesAreToldWithTheirLine() throws IOException {
        assertThat(inventory("a:\n  children:\n    b:\nb:\n  children:\n    a:\n"))
                .containsExactly("inventory/production/hosts.yml:1: the group a is among its own children");
        assertThat(inventory("all:\n  hosts:\n    - web-1\n"))
                .containsExactly(
                        "inventory/production/hosts.yml:3: the hosts of all must be a mapping (a colon after each"
                                + " name)");
        assertThat(inventory("- web-1\n"))
                .containsExactly(
                        "inventory/production/hosts.yml:1: an inventory is a mapping of groups (all: hosts: …)");
        assertThat(inventory("all:\n  hosts:\n    \"n[1:999999]\":\n"))
                .containsExactly("inventory/production/hosts.yml:3: \"n[1:999999]\" stands for more than 100000 hosts");
        assertThat(inventory("all:\n  hosts:\n    \"a[1:60000]\":\n    \"b[1:60000]\":\n"))
                .containsExactly("inventory/production/hosts.yml:4: here are more than 100000 hosts");
        assertThat(inventory("\"../x\": {}\nweb: 5\nall:\n  children:\n    x: { children: { all: } }\n"))
                .containsExactly(
                        "inventory/production/hosts.yml:1: \"../x\" is not a name for a group (letters, digits and . _"
                                + " - only)",
                        "inventory/production/hosts.yml:2: the group web must be a mapping with hosts, children or"
                                + " vars",
                        "inventory/production/hosts.yml:5: all cannot be a child, it holds every group");
    }

    private List<String> inventory(String yaml) throws IOException {
        write("inventory/production/hosts.yml", yaml);
        var catalog = read();
        assertThat(catalog.environments()).isEmpty();
        return catalog.problems();
    }

    @Test
    void aLongChainOfGroupsIsNoCallStack() throws IOException {
        var yaml = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            yaml.append("g%d: { children: { g%d: } }\n".formatted(i, i + 1));
        }
        write("inventory/production/hosts.yml", yaml + "g3000: { hosts: { h: } }\n");
        assertThat(read().environments().firstEntry().getValue().groups().get("g0"))
                .containsExactly("h");
    }
}
