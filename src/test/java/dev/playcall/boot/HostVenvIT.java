package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.boot.settings.Settings;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.Terminal;
import dev.playcall.config.file.FileTrees;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.GalaxyFixture;
import dev.playcall.testing.TestSshd;
import dev.playcall.testing.WheelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A real Python environment on a host that is reached by ssh, of wheels and archives, without a network. */
class HostVenvIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final int ROUNDS = Integer.getInteger("rounds", 0);
    private static final String PLAYBOOK =
            "- hosts: all\n  gather_facts: false\n  roles: [acme.tools.hello]\n  tasks: [{ own.kit.hi: }]\n";

    private static final String LOCAL = "- hosts: localhost\n  connection: local\n  gather_facts: false\n"
            + "  tasks: [{ debug: { msg: \"%s\" } }]\n";

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path home;

    private Path far;
    private Path other;
    private TestSshd sshd;
    private Application application;
    private HttpGateway gateway;

    @BeforeEach
    void start() throws Exception {
        home = home.toRealPath();
        far = Files.createDirectories(home.resolve("far"));
        other = Files.createDirectories(home.resolve("other"));
        sshd = new TestSshd(home.resolve("sshd"), 3, last -> """
            Match LocalAddress 127.10.0.1
              SetEnv HOME=%s
            Match LocalAddress 127.10.0.2
              SetEnv HOME=%s
            Match LocalAddress %s
              SetEnv HOME=%s PATH=/nonexistent
            """.formatted(far, other, last, home.resolve("sshd")));
        var inventory = Files.readString(sshd.inventory()).replaceAll("(?m)^.*ansible_ssh_(private|common).*\n", "");
        write(
                "inventory/prod/hosts.yml",
                inventory + "    # no longer there\n    down: { ansible_host: 127.10.1.9, ansible_port: 1 }\n"
                        + "  vars: { ansible_pipelining: true }\n");
        write("playbooks/site.yml", PLAYBOOK);
        write("playbooks/twin.yml", "# of the same needs\n" + PLAYBOOK);
        for (var playbook : List.of("site", "twin")) {
            write("playbooks/" + playbook + ".meta.yml", "venv: { use: \"off\", python_packages: [acme-greeting] }\n");
        }
        write("collections/ansible_collections/own/kit/plugins/modules/hi.py", "DOCUMENTATION = 'module: hi'\n");
        write("config/playcall.yml", """
            ansible: { host_key_checking: false, warm: auto }
            venv: { wheels: wheels, collections: archives, keep: 1s }
            """);
        WheelFolder.make(home.resolve("wheels"));
        GalaxyFixture.collection(home.resolve("archives"), "1.0.0", "hello-from-acme");
        application = Application.open(
                new Settings(() -> ConfigFile.read(home, Optional.empty(), Map.of())), GatewayMode.WORKING, true);
        application.start();
        gateway = new HttpGateway(application.found());
        gateway.ask("PUT", "/api/v1/secrets/prod/deploy", Map.of("value", sshd.clientKey(), "kind", "ssh_key"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        application.close();
        sshd.close();
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(home.resolve(name).getParent());
        Files.writeString(home.resolve(name), text);
    }

    private String say(String line) {
        return gateway.run(line, new Terminal(200, false, false)).text();
    }

    private long begin(String line) {
        var answer = gateway.run(line, new Terminal(200, false, false));
        return answer.run().orElseThrow(() -> new AssertionError(answer.text()));
    }

    private JsonNode ended(long run) {
        return await().atMost(LONG)
                .until(() -> gateway.run(run), r -> !r.path("end_time").isNull());
    }

    private JsonNode good(long run) {
        var ended = ended(run);
        assertThat(ended.path("status").asText())
                .as("%s %s", ended, say("logs " + run))
                .isEqualTo("success");
        return ended;
    }

    private void failed(long run, String reason) {
        var ended = ended(run);
        assertThat(ended.path("status").asText()).isEqualTo("failed");
        assertThat(ended.path("reason").asText() + say("show " + run) + say("logs " + run))
                .containsPattern(reason);
    }

    private List<Path> venvs() throws IOException {
        return FileTrees.in(far.resolve("venvs/.store")).stream().sorted().toList();
    }

    private static Path uv(Path home) throws IOException {
        var uv = Files.createDirectories(home.resolve(".local/bin")).resolve("uv");
        Files.copy(Path.of("src/test/resources/venv/uv.py"), uv);
        uv.toFile().setExecutable(true);
        return uv;
    }

    @Test
    void anEnvironmentIsMadeOnAHostOnceReplacedAndRemovedAndAFailureIsOneLine() throws Exception {
        uv(other);
        var first = begin("venv deploy site far1");
        var twin = begin("venv deploy twin far1 prod");
        var elsewhere = begin("venv deploy site far2");
        good(first);
        assertThat(say("logs " + first)).contains("new yes");
        good(twin);
        assertThat(say("logs " + twin)).contains("new no");
        good(elsewhere);
        assertThat(say("logs " + elsewhere)).contains("new yes");
        var name = name("site");
        var link = far.resolve("venvs").resolve(name);
        assertThat(link).isSymbolicLink();
        assertThat(venvs()).singleElement().isEqualTo(link.toRealPath());
        assertThat(far.resolve("venvs").resolve(name("twin")).toRealPath()).isEqualTo(link.toRealPath());
        assertThat(other.resolve("venvs").resolve(name).toRealPath())
                .hasFileName(link.toRealPath().getFileName().toString());
        assertThat(FileTrees.in(home.resolve("data/venvs/.store"))).hasSize(1);
        assertThat(link.resolve("collections/ansible_collections/acme/tools/MANIFEST.json"))
                .exists();
        assertThat(link.resolve("collections/ansible_collections/own/kit/plugins/modules/hi.py"))
                .exists();
        var greeting = new ProcessBuilder(
                        link.resolve("bin/python").toString(), "-c", "import acme_greeting; print(acme_greeting.TEXT)")
                .start();
        assertThat(new String(greeting.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("from the wheel\n");
        assertThat(far.resolve("venvs")).isDirectoryNotContaining("glob:**/.incoming-*");
        assertThat(home.resolve("data/host_venvs/prod/far1.yml"))
                .content()
                .contains("hostname: \"far1\"", "name: \"" + name + "\"", "path: \"" + link + "\"");
        assertThat(say("venv list-host far1")).contains("2 environments on far1", name, name("twin"));
        assertThat(say("retry " + first)).contains("requested anew");
        usedThere(name, link);
        reusedAtLittleCost(name);
        refused(link);
        replaced(link);
        theInventoryFollows(name);
        cleanedUp(name);
    }

    private String name(String playbook) {
        return say("venv analyze " + playbook).replaceFirst("(?s).*(" + playbook + "_[0-9a-f]{8}).*", "$1");
    }

    /** A run there has the Python of the environment; what is there is what is written down. */
    private void usedThere(String name, Path link) throws Exception {
        write("playbooks/where.meta.yml", "{ venv: " + name + ", run_on: far1 }\n");
        write("playbooks/where.yml", LOCAL.formatted("{{ ansible_playbook_python }}"));
        await().until(() -> say("playbooks").contains("where"));
        var run = good(begin("play where prod"));
        assertThat(run.path("venv").asText()).isEqualTo(name);
        assertThat(run.path("executed_on").asText()).isEqualTo("far1");
        assertThat(say("logs " + run.path("id").asLong())).contains(link.toRealPath() + "/bin/python");
        var looked = good(begin("venv list-host far1 --verify"));
        assertThat(say("logs " + looked.path("id").asLong())).contains("whole " + name);
        // Nothing names the environment any longer.
        Files.delete(home.resolve("playbooks/where.meta.yml"));
        Files.delete(home.resolve("playbooks/where.yml"));
    }

    /** With {@code -Drounds=9}: how long runs take with an environment that is there, on the gateway's machine and on a host. */
    private void reusedAtLittleCost(String name) throws Exception {
        var kinds = new TreeMap<>(Map.of(
                "cost-1",
                "{}\n",
                "cost-2",
                "venv: " + name + "\n",
                "cost-3",
                "{ venv: " + name + ", run_on: far1 }\n"));
        for (var kind : kinds.entrySet()) {
            write("playbooks/" + kind.getKey() + ".yml", LOCAL.formatted("hi"));
            write("playbooks/" + kind.getKey() + ".meta.yml", kind.getValue());
        }
        await().until(() -> say("playbooks").contains("cost-3"));
        var least = new TreeMap<String, Double>();
        for (int i = 0; i < ROUNDS; i++) {
            for (var kind : kinds.keySet()) {
                var begun = System.nanoTime();
                good(begin("play " + kind + " prod"));
                var took = (System.nanoTime() - begun) / 1e9;
                System.out.printf("%s %.2f s%n", kind, took);
                least.merge(kind, took, Math::min);
            }
        }
        for (var kind : least.values()) {
            assertThat(kind - least.getOrDefault("cost-1", 0.0)).isLessThan(1.5);
        }
        for (var kind : kinds.keySet()) {
            Files.delete(home.resolve("playbooks/" + kind + ".yml"));
            Files.delete(home.resolve("playbooks/" + kind + ".meta.yml"));
        }
    }

    private void refused(Path link) throws Exception {
        var down = begin("venv deploy site down");
        var bare = begin("venv deploy site far3");
        failed(down, "unreachable|refused");
        failed(bare, "python3 is not installed on far3 .apt-get install python3 python3-venv.");
        assertThat(say("venv list-host far3")).contains("no environments on far3");
        var before = link.toRealPath();
        var wheel = FileTrees.in(home.resolve("wheels")).stream()
                .filter(w -> w.toString().contains("acme_greeting"))
                .findFirst()
                .orElseThrow();
        var kept = Files.move(wheel, home.resolve("kept.whl"));
        failed(
                begin("venv deploy site far1"),
                "cannot be made: pip: No matching distribution found for acme-greeting==1.0");
        Files.move(kept, wheel);
        assertThat(venvs()).containsExactly(before);
        assertThat(link.toRealPath()).isEqualTo(before);
    }

    private void replaced(Path link) throws Exception {
        Files.createDirectories(far.resolve("venvs/.store/half/bin"));
        var before = link.toRealPath();
        var uv = uv(far);
        good(begin("venv deploy site far1 --force"));
        assertThat(uv.resolveSibling("asked"))
                .content()
                .containsPattern("^venv --python \\S+ \\S+ in /\npip install --python \\S+ --requirement=\\S+"
                        + " --require-hashes --no-index --find-links=\\S+ in /\npip check --python \\S+ in /\n$");
        Files.delete(uv);
        assertThat(venvs()).containsExactly(before, Path.of(before + "+2"));
        assertThat(link.toRealPath()).isEqualTo(Path.of(before + "+2"));
    }

    private void theInventoryFollows(String name) throws Exception {
        var before = Files.readString(home.resolve("inventory/prod/hosts.yml"));
        assertThat(say("venv sync")).contains("installed_venvs of 2 hosts is updated", "far1 in prod", "far2 in prod");
        var after = Files.readString(home.resolve("inventory/prod/hosts.yml"));
        assertThat(after)
                .contains("\n      installed_venvs: [" + name + ", " + name("twin") + "]\n")
                .contains("\n      installed_venvs: [" + name + "]\n");
        assertThat(after.replaceAll(".*installed_venvs.*\n", "")).isEqualTo(before);
    }

    private void cleanedUp(String name) throws Exception {
        assertThat(say("venv cleanup far1")).contains("no unused environments on far1");
        write("playbooks/site.yml", PLAYBOOK.replace("false", "true"));
        write("playbooks/twin.yml", PLAYBOOK.replace("false", "true"));
        assertThat(say("venv cleanup far1 --dry-run")).contains("would remove 2 environments from far1", name);
        good(begin("venv cleanup far1"));
        assertThat(venvs()).isEmpty();
        assertThat(say("venv list-host far1")).contains("no environments on far1");
        assertThat(say("venv sync --check")).contains("1 host differs", name, "none");
    }
}
