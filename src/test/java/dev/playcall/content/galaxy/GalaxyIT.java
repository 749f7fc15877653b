package dev.playcall.content.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.content.ContentException;
import dev.playcall.content.DeployKeys;
import dev.playcall.domain.Revision;
import dev.playcall.testing.GalaxyFixture;
import dev.playcall.testing.GitFixture;
import dev.playcall.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real ansible-galaxy without a network: archives, folders and repositories on this disk. */
class GalaxyIT {
    @TempDir
    Path home;

    private final ManualClock clock = new ManualClock(Instant.now());
    private Galaxy galaxy;

    @BeforeEach
    void open() throws IOException {
        home = home.toRealPath();
        galaxy = new Galaxy(this::config, System.getenv(), DeployKeys.none(), clock);
        GalaxyFixture.collection(home.resolve("archives"), "1.2.3", "hello");
    }

    private Config config() {
        return ConfigFile.load(home, Optional.empty(), Map.of());
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Galaxy.Stock install() throws ContentException {
        return galaxy.install(() -> false).orElseThrow();
    }

    private List<String> sets() throws IOException {
        if (!Files.isDirectory(home.resolve("data/galaxy"))) {
            return List.of();
        }
        try (Stream<Path> sets = Files.list(home.resolve("data/galaxy"))) {
            return sets.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsWantedIsInstalledOnceUnderItsName() throws Exception {
        var roles = new GitFixture(Files.createDirectory(home.resolve("git")));
        write("requirements.yml", "collections: [{ name: archives/acme-tools-1.2.3.tar.gz, type: file }]\n");
        write("roles/requirements.yml", "- { name: base, src: \"git+file://" + roles.remote + "\", version: main }\n");
        roles.push("A role", "tasks/main.yml", "[]\n", "meta/main.yml", "galaxy_info: {}\n");
        assertThat(galaxy.installed()).isEmpty();
        var all = IntStream.range(0, 4)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return install();
                    } catch (ContentException e) {
                        throw new IllegalStateException(e.why(), e);
                    }
                }))
                .toList();
        var stocks = all.stream().map(CompletableFuture::join).toList();
        assertThat(stocks).filteredOn(s -> s.took().isPresent()).hasSize(1);
        var set = stocks.getFirst();
        assertThat(set.what()).isEqualTo("1 collection and 1 role");
        assertThat(set.where()).isEqualTo("requirements.yml, roles/requirements.yml");
        assertThat(set.folder().resolve("collections/ansible_collections/acme/tools/roles/hello/tasks/main.yml"))
                .exists();
        assertThat(set.folder().resolve("roles/base/tasks/main.yml")).exists();
        assertThat(galaxy.installed()).contains(set.folder());
        assertThat(sets()).containsExactly(set.name());

        roles.push("More of it", "tasks/main.yml", "- debug:\n");
        assertThat(galaxy.installed()).isEmpty();
        assertThat(install().took()).isPresent();
        assertThat(Files.readString(galaxy.installed().orElseThrow().resolve("roles/base/tasks/main.yml")))
                .contains("debug");
        assertThat(sets()).hasSize(2).contains(set.name());
    }

    @Test
    void anArchiveOfTheSameNameIsAnotherRequirement() throws Exception {
        write("requirements.yml", "collections: [{ name: ./archives/acme-tools-1.2.3.tar.gz, type: file }]\n");
        var first = install();
        GalaxyFixture.collection(home.resolve("archives"), "1.2.3", "goodbye");
        var second = install();
        assertThat(second.name()).isNotEqualTo(first.name());
        assertThat(Files.readString(second.folder()
                        .resolve("collections/ansible_collections/acme/tools/roles/hello/tasks/main.yml")))
                .contains("goodbye");

        clock.go(Duration.ofDays(6));
        assertThat(galaxy.sweep(Set.of())).isZero();
        clock.go(Duration.ofDays(2));
        assertThat(galaxy.sweep(Set.of(first.name()))).isZero();
        assertThat(galaxy.sweep(Set.of())).isEqualTo(1);
        assertThat(sets()).containsExactly(second.name());
    }

    @Test
    void halfOfItNeverStaysAndTheReasonIsALine() throws Exception {
        write("requirements.yml", """
            collections: [{ name: archives/acme-tools-1.2.3.tar.gz, type: file }]
            roles: [{ name: base, src: "git+file:///nowhere/base" }]
            """);
        assertThatThrownBy(this::install)
                .isInstanceOf(ContentException.class)
                .hasMessageContainingAll("requirements.yml", "base", "NOT installed", "/nowhere/base")
                .hasMessageNotContaining("\n");
        assertThat(sets()).isEmpty();
        write("requirements.yml", "collections: [{ name: archives/gone-1.0.0.tar.gz, type: file }]\n");
        assertThatThrownBy(this::install)
                .hasMessageContainingAll("requirements.yml", "No such file", "gone-1.0.0.tar.gz");
        write("requirements.yml", "collections: [{ name: nobody.nothing, version: 1.0.0 }]\n");
        write("config/playcall.yml", "galaxy: { offline: true }\n");
        assertThatThrownBy(this::install).hasMessageContainingAll("nobody.nothing:1.0.0");
        write("requirements.yml", "collections: [\n");
        assertThatThrownBy(this::install).hasMessageContaining("requirements.yml:");
        assertThat(sets()).isEmpty();
    }

    @Test
    void whoeverStopsWaitingLeavesNothingBehind() throws Exception {
        write("requirements.yml", "collections: [{ name: archives/acme-tools-1.2.3.tar.gz, type: file }]\n");
        assertThatThrownBy(() -> galaxy.install(() -> true)).hasMessageContaining("stopped");
        assertThat(sets()).isEmpty();
        Files.createDirectories(home.resolve("data/galaxy/.new-of-a-gateway-that-died/collections"));
        assertThat(install().took()).isPresent();
        assertThat(sets()).hasSize(1);
    }

    @Test
    void whatIsThereMayBeInstalledAnewBesideIt() throws Exception {
        write("requirements.yml", "collections: [{ name: ./archives/acme-tools-1.2.3.tar.gz, type: file }]\n");
        var first = install();
        var tasks = "collections/ansible_collections/acme/tools/roles/hello/tasks/main.yml";
        Files.delete(first.folder().resolve(tasks));
        assertThat(install().took()).isEmpty();
        assertThatThrownBy(() -> galaxy.installAgain(() -> true)).hasMessageContaining("stopped");
        assertThat(galaxy.wanted()).contains(first.name());
        var again = galaxy.installAgain(() -> false).orElseThrow();
        assertThat(again.took()).isPresent();
        assertThat(again.name()).isEqualTo(first.name() + "-2");
        assertThat(Revision.ofGalaxy(again.name()).galaxy()).contains(again.name());
        assertThat(again.folder().resolve(tasks)).exists();
        assertThat(first.folder()).isDirectory();
        assertThat(galaxy.wanted()).contains(again.name());
        assertThat(galaxy.installed()).contains(again.folder());
        assertThat(install().took()).isEmpty();
        clock.go(Duration.ofDays(8));
        assertThat(galaxy.sweep(Set.of(first.name()))).isZero();
        assertThat(galaxy.sweep(Set.of())).isEqualTo(1);
        assertThat(sets()).containsExactly(again.name());
        assertThat(install().name()).isEqualTo(again.name());
    }

    @Test
    void nothingIsWantedWhereNothingIsNamed() throws Exception {
        assertThat(galaxy.stock()).isEmpty();
        write("requirements.yml", "collections: []\nroles:\n");
        assertThat(galaxy.install(() -> false)).isEmpty();
        write("playbooks/collections/requirements.yml", "- name: acme.tools\n");
        assertThat(galaxy.stock().orElseThrow().where()).isEqualTo("playbooks/collections/requirements.yml");
    }
}
