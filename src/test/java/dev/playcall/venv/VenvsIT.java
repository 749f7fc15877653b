package dev.playcall.venv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.playbook.PlaybookCheck;
import dev.playcall.catalog.playbook.PlaybookVenv;
import dev.playcall.catalog.playbook.Prompts;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.content.ContentException;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.testing.GalaxyFixture;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.WheelFolder;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real environments of real wheels and archives, without a network. */
class VenvsIT {
    @TempDir
    Path home;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Venvs venvs;

    @BeforeEach
    void open() throws IOException {
        home = home.toRealPath();
        write("config/playcall.yml", "venv: { wheels: wheels, collections: archives }\n");
        WheelFolder.make(home.resolve("wheels"));
        GalaxyFixture.collection(home.resolve("archives"), "1.2.3", "hello");
        venvs = another();
    }

    /** As another gateway, or the command line beside one. */
    private Venvs another() {
        var specs = new PlaybookSpecs(this::config, this::libraries, PlaybookCheck.NONE, Map.of("PATH", ""), clock);
        return new Venvs(
                this::config,
                this::libraries,
                () -> Optional.of(Path.of("/usr/bin/python3")),
                specs,
                System.getenv(),
                clock);
    }

    private RolesPath libraries() {
        return new RolesPath(home, Optional.empty());
    }

    private Config config() {
        return ConfigFile.load(home, Optional.empty(), Map.of());
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Playbook playbook(String name, String... packages) throws IOException {
        var file = home.resolve("playbooks/" + name + ".yml");
        write("playbooks/" + name + ".yml", "# " + name + "\n- hosts: all\n  roles: [acme.tools.hello]\n");
        return new Playbook(
                new PlaybookName(name),
                file,
                name,
                "",
                Optional.empty(),
                Optional.empty(),
                Playbook.Danger.NORMAL,
                new Playbook.Inputs(List.of(), new Prompts(List.of(), Set.of())),
                new PlaybookVenv("auto", List.of(), List.of(packages), ""),
                Optional.empty(),
                Optional.empty());
    }

    private static Venvs.Deployed deploy(Venvs venvs, Playbook playbook, boolean again) throws ContentException {
        return venvs.deploy(playbook, venvs.specs().analyze(playbook, true), again, () -> false);
    }

    private Path store() {
        return home.resolve("data/venvs/.store");
    }

    @Test
    void anEnvironmentIsMadeOnceSharedMadeAnewBesideAndRemovedWhenNothingNeedsIt() throws Exception {
        Files.createDirectories(store().resolve("half/bin"));
        var site = playbook("site", "acme-greeting");
        var all = IntStream.range(0, 4)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> {
                    try {
                        return deploy(venvs, site, false);
                    } catch (ContentException e) {
                        throw new IllegalStateException(e.why(), e);
                    }
                }))
                .toList();
        var made = all.stream().map(CompletableFuture::join).toList();
        assertThat(made.stream().filter(d -> d.took().isPresent())).hasSize(1);
        var first = made.getFirst();
        var link = home.resolve("data/venvs").resolve(first.spec().name());
        assertThat(link.toRealPath()).isEqualTo(first.venv().path());
        assertThat(store().resolve("half")).doesNotExist();
        assertThat(first.venv().path().resolve("collections/ansible_collections/acme/tools/MANIFEST.json"))
                .exists();
        assertThat(first.venv().path().resolve("bin/ansible-playbook")).isExecutable();

        var lock = venvs.specs().find(first.spec().name()).orElseThrow().lock();
        assertThat(lock.packages()).anyMatch(p -> p.matches("acme-greeting==1\\.0 --hash=sha256:[0-9a-f]{64}"));
        assertThat(lock.packages()).anyMatch(p -> p.startsWith("ansible-core=="));
        assertThat(lock.collections()).containsExactly("acme.tools:1.2.3");

        var shared = deploy(another(), playbook("other", "acme-greeting"), false);
        assertThat(shared.took()).isEmpty();
        assertThat(shared.venv().path()).isEqualTo(first.venv().path());
        assertThat(shared.spec().lock()).isEqualTo(lock);

        assertThat(venvs.all()).singleElement().satisfies(v -> {
            assertThat(v.names())
                    .containsExactly(shared.spec().name(), first.spec().name());
            assertThat(v.size()).isGreaterThan(1_000_000);
        });
        cleanup(first);
        againAndFailing(site, first);
    }

    private void relocked(Playbook site, Venvs.Deployed before) throws Exception {
        var spec = venvs.specs().analyze(site, false);
        var newer = venvs.relock(site, spec, () -> false);
        assertThat(newer.spec().lock().collections()).containsExactly("acme.tools:2.0.0");
        assertThat(venvs.specs().find(spec.name()).orElseThrow().lock())
                .isEqualTo(newer.spec().lock());
        assertThat(venvs.find(spec.name()))
                .map(InstalledVenv::path)
                .contains(newer.venv().path());
        assertThat(before.venv().path()).isDirectory();
        assertThat(venvs.problems()).isEmpty();
        Files.delete(newer.venv().bin().resolve("ansible-playbook"));
        assertThat(venvs.problems()).containsExactly("damaged: " + spec.name());
    }

    private void cleanup(Venvs.Deployed first) throws ContentException {
        assertThat(venvs.cleanup(_ -> false, false)).isEmpty();
        clock.go(Duration.ofDays(31));
        assertThat(venvs.cleanup(first.spec().name()::equals, false)).isEmpty();
        assertThat(venvs.cleanup(_ -> false, true)).hasSize(1);
        assertThat(first.venv().path()).isDirectory();
    }

    private void againAndFailing(Playbook site, Venvs.Deployed first) throws Exception {
        GalaxyFixture.collection(home.resolve("archives"), "2.0.0", "newer");
        var again = deploy(venvs, site, true);
        assertThat(again.venv().path()).isEqualTo(Path.of(first.venv().path() + "-2"));
        assertThat(again.venv().lock()).isEqualTo(first.venv().lock());
        assertThat(first.venv().path()).isDirectory();
        assertThat(venvs.find(again.spec().name()))
                .map(InstalledVenv::path)
                .contains(again.venv().path());

        relocked(site, again);

        clock.go(Duration.ofDays(31));
        assertThat(venvs.cleanup(_ -> false, false)).hasSize(3);
        assertThat(store()).isEmptyDirectory();
        assertThat(venvs.find(again.spec().name())).isEmpty();

        var failing = playbook("site", "no-such-package");
        assertThatThrownBy(() -> deploy(venvs, failing, false))
                .isInstanceOf(ContentException.class)
                .hasMessageMatching("site_[0-9a-f]{8} cannot be installed: pip: No matching distribution found for"
                        + " no-such-package");
        assertThat(store()).isEmptyDirectory();
        var tooNew = new Playbook(
                site.name(),
                site.file(),
                "site",
                "",
                Optional.empty(),
                Optional.empty(),
                Playbook.Danger.NORMAL,
                site.inputs(),
                new PlaybookVenv("auto", List.of(), List.of("acme-greeting"), ">=4.0"),
                Optional.empty(),
                Optional.empty());
        assertThatThrownBy(() -> deploy(venvs, tooNew, false))
                .hasMessageMatching("site_.* needs Python >=4.0, and this machine has 3\\.\\d+");
    }
}
