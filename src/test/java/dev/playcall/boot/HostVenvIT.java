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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A real Python environment on a host that is reached by ssh, of wheels and archives, without a network. */
class HostVenvIT {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String PLAYBOOK =
            "- hosts: all\n  gather_facts: false\n  roles: [acme.tools.hello]\n  tasks: [{ own.kit.hi: }]\n";

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path home;

    private Path far;
    private TestSshd sshd;
    private Application application;
    private HttpGateway gateway;

    @BeforeEach
    void start() throws Exception {
        home = home.toRealPath();
        far = Files.createDirectories(home.resolve("far"));
        sshd = new TestSshd(home.resolve("sshd"), 2, last -> """
            Match LocalAddress 127.10.0.1
              SetEnv HOME=%s
            Match LocalAddress %s
              SetEnv HOME=%s PATH=/nonexistent
            """.formatted(far, last, home.resolve("sshd")));
        var inventory = Files.readString(sshd.inventory()).replaceAll("(?m)^.*ansible_ssh_(private|common).*\n", "");
        write(
                "inventory/prod/hosts.yml",
                inventory + "    # no longer there\n    down: { ansible_host: 127.10.1.9, ansible_port: 1 }\n"
                        + "  vars: { ansible_pipelining: true }\n");
        write("playbooks/site.yml", PLAYBOOK);
        write("playbooks/site.meta.yml", "venv: { use: \"off\", python_packages: [acme-greeting] }\n");
        write("collections/ansible_collections/own/kit/plugins/modules/hi.py", "DOCUMENTATION = 'module: hi'\n");
        write("config/playcall.yml", """
            ansible: { host_key_checking: false }
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
        try (var found = Files.list(far.resolve("venvs/.store"))) {
            return found.sorted().toList();
        }
    }

    @Test
    void anEnvironmentIsMadeOnAHostOnceReplacedAndRemovedAndAFailureIsOneLine() throws Exception {
        var first = begin("venv deploy site far1");
        var second = begin("venv deploy site far1 prod");
        good(first);
        assertThat(say("logs " + first)).contains("new yes");
        good(second);
        assertThat(say("logs " + second)).contains("new no");
        var name = say("venv analyze site").replaceFirst("(?s).*(site_[0-9a-f]{8}).*", "$1");
        var link = far.resolve("venvs").resolve(name);
        assertThat(link).isSymbolicLink();
        assertThat(venvs()).singleElement().isEqualTo(link.toRealPath());
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
        assertThat(say("venv list-host far1")).contains("1 environment on far1", name);
        assertThat(say("retry " + first)).contains("requested anew");
        usedThere(name, link);
        refused(link);
        replaced(link);
        theInventoryFollows(name);
        cleanedUp(name);
    }

    /** A run there has the Python of the environment; what is there is what is written down. */
    private void usedThere(String name, Path link) throws Exception {
        write("playbooks/where.meta.yml", "{ venv: " + name + ", run_on: far1 }\n");
        write(
                "playbooks/where.yml",
                "- hosts: localhost\n  connection: local\n  gather_facts: false\n  tasks:\n"
                        + "    - ansible.builtin.debug: { msg: \"{{ ansible_playbook_python }}\" }\n");
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

    private void refused(Path link) throws Exception {
        var down = begin("venv deploy site down");
        var bare = begin("venv deploy site far2");
        failed(down, "unreachable|refused");
        failed(bare, "python3 is not installed on far2 .apt-get install python3 python3-venv.");
        assertThat(say("venv list-host far2")).contains("no environments on far2");
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
        var uv = Files.createDirectories(far.resolve(".local/bin")).resolve("uv");
        Files.copy(Path.of("src/test/resources/venv/uv.py"), uv);
        uv.toFile().setExecutable(true);
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
        assertThat(say("venv sync")).contains("installed_venvs of 1 host is updated", "far1 in prod");
        var after = Files.readString(home.resolve("inventory/prod/hosts.yml"));
        assertThat(after).contains("\n      installed_venvs: [" + name + "]\n");
        assertThat(after.replaceFirst(".*installed_venvs.*\n", "")).isEqualTo(before);
    }

    private void cleanedUp(String name) throws Exception {
        assertThat(say("venv cleanup far1")).contains("no unused environments on far1");
        write("playbooks/site.yml", PLAYBOOK.replace("false", "true"));
        assertThat(say("venv cleanup far1 --dry-run")).contains("would remove 1 environment from far1", name);
        good(begin("venv cleanup far1"));
        assertThat(venvs()).isEmpty();
        assertThat(say("venv list-host far1")).contains("no environments on far1");
        assertThat(say("venv sync --check")).contains("1 host differs", name, "none");
    }
}
