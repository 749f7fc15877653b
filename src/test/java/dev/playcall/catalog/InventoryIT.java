package dev.playcall.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.AnsibleInventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Playcall reads in an inventory is what Ansible reads in it. */
class InventoryIT {
    private static AnsibleInventory ansible;

    @TempDir
    Path home;

    @BeforeAll
    static void open() throws IOException {
        ansible = new AnsibleInventory("yaml");
    }

    @AfterAll
    static void close() {
        ansible.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "all: { hosts: { a: , b: } }",
                "web: { hosts: { a: } }\ndb: { hosts: { b: } }",
                "all: { hosts: { lone: }, children: { web: { hosts: { \"web[01:12]\": } }, db: { hosts: { \"db-[a:f:2]\": } } } }",
                "all: { children: { eu: { children: { web: { hosts: { \"w[8:11].eu\": } }, db: { hosts: { d: } } } },"
                        + " us: { children: { web: } } } }",
                "a: { children: { b: { children: { c: { children: { d: { hosts: { x: , y: } } } } } } } }\nd: { hosts: { z: } }",
                "all: { hosts: { \"r[1:3]-[a:c]\": , \"[2001:db8::1]:22\": , \"p:2222\": , \"q[1:2]:22\": } }",
                "all: { hosts: { \"n[1:10:3]\": { v: [1, { a: b }] }, \"k[x:C]\": , \"z[000:010:5]\": } }",
                "all: { vars: { x: 1 } }\nungrouped: { hosts: { u: , w: } }\nweb: { hosts: { w: } }",
                "web: { hosts: &h { a: , b: } }\nother: { hosts: { <<: *h, c: } }",
                "web: { hosts: single }\nall: { children: { web: , empty: , none: { hosts: , vars: } } }",
                "all: { hosts: { \"2001:db8::5\": , 10.0.0.1: , \"10.0.0.[2:4]\": , a_b.example.org: } }",
            })
    void readsWhatAnsibleReads(String yaml) throws IOException {
        var file = home.resolve("inventory/test/hosts.yml");
        Files.createDirectories(file.getParent());
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(file, yaml + "\n");
        var catalog = new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), Clock.systemUTC()).current();
        assertThat(catalog.problems()).isEmpty();
        var ours = catalog.environments().firstEntry().getValue();

        var theirs = ansible.list(file);
        assertThat(new TreeSet<>(ours.hosts())).isEqualTo(members(theirs, "all"));
        ours.groups()
                .forEach((group, hosts) ->
                        assertThat(new TreeSet<>(hosts)).as(group).isEqualTo(members(theirs, group)));
        var groups = new TreeMap<String, Set<String>>();
        theirs.fieldNames().forEachRemaining(g -> groups.put(g, members(theirs, g)));
        groups.keySet().removeAll(Set.of("all", "_meta"));
        groups.values().removeIf(Set::isEmpty);
        assertThat(ours.groups().keySet()).containsAll(groups.keySet());
    }

    private static Set<String> members(JsonNode list, String group) {
        var hosts = new TreeSet<String>();
        list.path(group).path("hosts").forEach(h -> hosts.add(h.asText()));
        list.path(group).path("children").forEach(c -> hosts.addAll(members(list, c.asText())));
        return hosts;
    }
}
