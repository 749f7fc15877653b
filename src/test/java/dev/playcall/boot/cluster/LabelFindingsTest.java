package dev.playcall.boot.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.journal.node.NodeStore.Identity;
import dev.playcall.store.Database;
import dev.playcall.web.http.ReadinessCheck.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelFindingsTest {
    @TempDir
    private Path home;

    private Database database;
    private NodeStore nodes;

    @BeforeEach
    void open() throws IOException {
        database = Database.open("jdbc:sqlite:" + home.resolve("playcall.db"), Clock.systemUTC());
        nodes = database.events().nodes();
        nodes.started(new Identity("node-1", "1.0", "first", Set.of("zone=dmz", "disk=ssd")));
        write("inventory/prod/hosts.yml", "all: { hosts: { web-1: } }\n");
        write("playbooks/deploy.yml", "- hosts: all\n");
        write("playbooks/inside.yml", "- hosts: all\n");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void write(String name, String text) throws IOException {
        var file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private DiskCatalogs catalogs() {
        return new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), Clock.systemUTC());
    }

    private List<String> found() {
        return LabelFindings.of(catalogs().current(), nodes);
    }

    @Test
    void whatSomeNodeHasIsNoFinding() throws Exception {
        assertThat(found()).isEmpty();
        write("playbooks/inside.meta.yml", "node_selector: { zone: dmz }\n");
        write("inventory/prod/config.yml", "node_selector: { disk: ssd }\n");
        assertThat(found()).isEmpty();
        assertThat(LabelFindings.check(catalogs(), nodes).look().get()).isEmpty();
    }

    @Test
    void labelsThatNoNodeHasAreNamedWithWhatRequiresThem() throws Exception {
        write("playbooks/inside.meta.yml", "node_selector: { zone: office }\n");
        write("inventory/prod/config.yml", "node_selector: { disk: tape }\n");
        assertThat(found())
                .containsExactlyInAnyOrder(
                        "playbook inside: no node has zone=office (node_selector); its runs wait until one has"
                                + " (cluster.labels)",
                        "environment prod: no node has disk=tape (node_selector); its runs wait until one has"
                                + " (cluster.labels)");
        var problem = LabelFindings.check(catalogs(), nodes).look().get().orElseThrow();
        assertThat(problem.weight()).isEqualTo(Weight.DEGRADES);
        assertThat(problem.text()).startsWith("playbook inside: no node has zone=office");
    }
}
