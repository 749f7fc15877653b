package dev.playcall.venv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.playbook.PlaybookCheck;
import dev.playcall.catalog.playbook.PlaybookVenv;
import dev.playcall.catalog.playbook.Prompts;
import dev.playcall.config.Config;
import dev.playcall.config.file.FileTrees;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.content.ContentException;
import dev.playcall.domain.name.PlaybookName;
import dev.playcall.testing.GalaxyFixture;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.WheelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
        return another(System.getenv());
    }

    private Venvs another(Map<String, String> environment) {
        return another(environment, Optional.of(Path.of("/usr/bin/python3")));
    }

    private Venvs another(Map<String, String> environment, Optional<Path> python) {
        var specs = new PlaybookSpecs(this::config, this::libraries, PlaybookCheck.NONE, Map.of("PATH", ""), clock);
        return new Venvs(this::config, this::libraries, () -> python, specs, environment, clock);
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
                new Playbook.Inputs(List.of(), new Prompts(List.of(), Set.of()), new java.util.TreeMap<>()),
                new PlaybookVenv("auto", List.of(), List.of(packages), "", false),
                Optional.empty(),
                Optional.empty(),
                java.util.Collections.emptySortedSet());
    }

    private static Venvs.Deployed deploy(Venvs venvs, Playbook playbook, boolean again) throws ContentException {
        return venvs.deploy(playbook, venvs.specs().analyze(playbook, true), again, true, () -> false);
    }

    private Path store() {
        return home.resolve("data/venvs/.store");
    }

    @Test
    void anEnvironmentIsMadeOnceSharedMadeAnewBesideAndRemovedWhenNothingNeedsIt() throws Exception {
        refusedBeforeAnythingIsMade();
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
        assertThat(made.stream().filter(Venvs.Deployed::isNew)).hasSize(1);
        var first = made.getFirst();
        assertThat(made.stream()
                        .filter(Venvs.Deployed::isNew)
                        .findFirst()
                        .orElseThrow()
                        .shownSteps())
                .matches("python3 -m venv [^,]+, pip [^,]+, ansible-galaxy [^,]+, checks [^,]+");
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
        assertThat(shared.isNew()).isFalse();
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
        var asked = home.resolve("bin/asked");
        var newer = withUv().relock(site, spec, true, () -> false);
        assertThat(newer.shownSteps()).matches("uv venv [^,]+, uv pip [^,]+, ansible-galaxy [^,]+, checks [^,]+");
        assertThat(Files.readAllLines(asked).stream().map(l -> l.replaceFirst("--python \\S+", "-p")))
                .satisfiesExactly(
                        l -> assertThat(l).matches("venv -p " + store() + "/\\S+ in /"),
                        l -> assertThat(l)
                                .matches("pip compile -p --generate-hashes --no-header --no-annotate"
                                        + " --output-file=\\S+ \\S+ --no-index --find-links=\\S+ in /"),
                        l -> assertThat(l)
                                .matches("pip install -p --require-hashes --requirement=\\S+ --no-index"
                                        + " --find-links=\\S+ in /"),
                        l -> assertThat(l).isEqualTo("pip check -p in /"));
        assertThat(newer.spec().lock().packages())
                .anyMatch(p -> p.matches("acme-greeting==1\\.0 --hash=sha256:[0-9a-f]{64}"));
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

    private void cleanup(Venvs.Deployed first) throws Exception {
        assertThat(venvs.cleanup(_ -> false, false)).isEmpty();
        clock.go(Duration.ofDays(31));
        assertThat(venvs.cleanup(first.spec().name()::equals, false)).isEmpty();
        var run = new ProcessBuilder(first.venv().bin().resolve("python").toString(), "-c", "input()").start();
        await().untilAsserted(() -> assertThat(venvs.cleanup(_ -> false, false)).isEmpty());
        run.destroy();
        run.waitFor();
        assertThat(venvs.cleanup(_ -> false, true)).hasSize(1);
        assertThat(first.venv().path()).isDirectory();
    }

    /** uv is not among the packages of every system; {@code uv.py} does what its manual says. */
    private Venvs withUv() throws IOException {
        var uv = Files.createDirectories(home.resolve("bin")).resolve("uv");
        Files.copy(Path.of("src/test/resources/venv/uv.py"), uv, StandardCopyOption.REPLACE_EXISTING);
        uv.toFile().setExecutable(true);
        return another(Map.of("PATH", home.resolve("bin") + ":/usr/bin:/bin", "PIP_INDEX_URL", "http://127.0.0.1:1"));
    }

    private void refusedBeforeAnythingIsMade() throws Exception {
        write("playbooks/odd.yml", "- hosts: all\n  tasks: [{ acme.nothing.at_all: }]\n");
        var odd = playbook("odd", "acme-greeting");
        write("playbooks/odd.yml", "- hosts: all\n  tasks: [{ acme.nothing.at_all: }]\n");
        assertThatThrownBy(() -> deploy(venvs, odd, false))
                .hasMessageMatching(
                        "odd_[0-9a-f]{8} cannot be installed: there is no archive of the collection acme.nothing"
                                + " in .*/archives \\(venv\\.collections\\)");
        assertThat(store()).isEmptyDirectory();
        aFullDisk();
    }

    private void aFullDisk() throws Exception {
        var small = Files.createDirectories(home.resolve("data/venvs")).toString();
        if (run("mount", "-t", "tmpfs", "-o", "size=24m", "playcall-test", small) == 0) {
            try {
                assertThatThrownBy(() -> deploy(venvs, playbook("site", "acme-greeting"), false))
                        .hasMessageMatching("site_[0-9a-f]{8} cannot be installed: only \\d+ MB are free in " + store()
                                + ", and an environment takes about 300 MB");
                assertThat(store()).isEmptyDirectory();
            } finally {
                run("umount", "-l", small);
            }
        }
    }

    @Test
    void withoutPythonOrItsVenvOrOnADiskThatFillsUpNothingIsMadeAndOneLineSaysWhy() throws Exception {
        var site = playbook("site", "acme-greeting");
        assertThatThrownBy(() -> deploy(another(System.getenv(), Optional.empty()), site, false))
                .hasMessage("python3 is not installed (apt-get install python3)");
        var bare = home.resolve("bin/python3");
        write("bin/python3", """
            #!/bin/sh
            # As Debian's without the package python3-venv.
            [ "$2" != -m ] && exec /usr/bin/python3 "$@"
            mkdir -p "$4/bin"
            echo "The virtual environment was not created successfully because ensurepip is not
            available.  On Debian/Ubuntu systems, you need to install the python3-venv package"
            exit 1
            """);
        bare.toFile().setExecutable(true);
        assertThatThrownBy(() -> deploy(another(System.getenv(), Optional.of(bare)), site, false))
                .hasMessageMatching(
                        "site_[0-9a-f]{8} cannot be installed: python3 cannot make environments on this machine"
                                + " \\(apt-get install python3-venv\\)");
        nothingIsThere(site);
        aDiskThatFillsUp(site);
    }

    private void nothingIsThere(Playbook site) throws Exception {
        assertThat(store()).isEmptyDirectory();
        assertThat(FileTrees.in(home.resolve("data/venvs")))
                .allMatch(f -> f.toFile().isHidden());
        assertThat(home.resolve("data/host_venvs")).doesNotExist();
        assertThat(venvs.specs().analyze(site, false).isLocked()).isFalse();
    }

    /** There is room at first, and somebody else takes it while pip is at work. */
    private void aDiskThatFillsUp(Playbook site) throws Exception {
        var disk = home.resolve("data/venvs").toString();
        if (run("mount", "-t", "tmpfs", "-o", "size=400m", "playcall-test", disk) != 0) {
            return; // only root may
        }
        try {
            var spec = venvs.specs().analyze(site, true);
            assertThatThrownBy(() -> withUv().deploy(site, spec, false, true, new BuildWatch() {
                        @Override
                        public void doing(String step) {
                            if (step.equals("uv pip")) {
                                fill(disk);
                            }
                        }

                        @Override
                        public boolean getAsBoolean() {
                            return false;
                        }
                    }))
                    .hasMessageMatching("site_[0-9a-f]{8} cannot be installed: uv pip: .*No space left on device.*");
            nothingIsThere(site);
        } finally {
            run("umount", "-l", disk);
        }
    }

    private static void fill(String disk) {
        try {
            assertThat(run("mount", "-o", "remount,size=4m", disk)).isZero();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** A package that is another one than at first, under the same name. */
    private void anotherWheel(Playbook site) throws Exception {
        var wheel = home.resolve("wheels/acme_greeting-1.0-py3-none-any.whl");
        var kept = Files.readAllBytes(wheel);
        Files.write(wheel, new byte[] {0}, StandardOpenOption.APPEND);
        var there = FileTrees.in(store());
        assertThatThrownBy(() -> deploy(venvs, site, true))
                .hasMessageContaining("cannot be installed: pip: THESE PACKAGES DO NOT MATCH THE HASHES");
        assertThat(FileTrees.in(store())).containsExactlyInAnyOrderElementsOf(there);
        Files.write(wheel, kept);
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

        anotherWheel(site);
        relocked(site, again);

        clock.go(Duration.ofDays(31));
        assertThat(venvs.cleanup(_ -> false, false)).hasSize(3);
        assertThat(store()).isEmptyDirectory();
        assertThat(venvs.find(again.spec().name())).isEmpty();

        var failing = playbook("site", "no-such-package");
        assertThatThrownBy(() -> deploy(withUv(), failing, false))
                .hasMessageMatching(
                        "site_[0-9a-f]{8} cannot be installed: uv pip: Because no-such-package was not found in the"
                                + " provided package locations and you require no-such-package, we can conclude that your"
                                + " requirements are unsatisfiable\\.");
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
                new PlaybookVenv("auto", List.of(), List.of("acme-greeting"), ">=4.0", false),
                Optional.empty(),
                Optional.empty(),
                java.util.Collections.emptySortedSet());
        assertThatThrownBy(() -> deploy(venvs, tooNew, false))
                .hasMessageMatching("site_.* needs Python >=4.0, and this machine has 3\\.\\d+");
    }
}
