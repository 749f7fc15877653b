package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.settings.Settings;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.Terminal;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.TestSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** An ssh key is rotated on two real sshd: all good, one host down, killed in the middle. */
class KeyRotationIT {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int HOSTS = 2;

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path home;

    private TestSshd sshd;
    private Application application;
    private HttpGateway gateway;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(home.resolve("hosts"));
        sshd = new TestSshd(home.resolve("sshd"), HOSTS, _ -> places());
        var present = Files.readString(home.resolve("sshd/client.pub"));
        for (int i = 1; i <= HOSTS; i++) {
            Files.createDirectories(home.resolve("hosts/h" + i + "/.ssh"));
            Files.writeString(keys(i), "# ours\nfrom=\"127.0.0.0/8\" " + present);
        }
        Files.writeString(home.resolve("gate.sh"), """
            if [ -e %1$s/hold ] && [ "$(grep -c ssh-ed25519 %2$s)" -gt 1 ]; then tail -f /dev/null --pid=$PPID; fi
            exec sh -c "$SSH_ORIGINAL_COMMAND"
            """.formatted(home, keys(1)));
        var inventory = Files.readString(sshd.inventory()).replaceAll("(?m)^.*ansible_ssh_(private|common).*\n", "");
        write(
                "inventory/prod/hosts.yml",
                inventory + "    down: { ansible_host: 127.10.1.9, ansible_port: 1 }\n"
                        + "    here: { ansible_connection: local }\n  vars: { ansible_pipelining: true }\n");
        write("playbooks/ping.yml", "- hosts: all\n  gather_facts: false\n  tasks: [{ raw: \"true\" }]\n");
        write("config/playcall.yml", "ansible: { host_key_checking: false, warm: auto }\n");
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

    private Path keys(int host) {
        return home.resolve("hosts/h" + host + "/.ssh/authorized_keys");
    }

    /** Each address is a host with a home of its own; the last one has a gate. */
    private String places() {
        var text = new StringBuilder();
        for (int i = 1; i <= HOSTS; i++) {
            text.append("Match LocalAddress 127.10.0." + i + "\n  AuthorizedKeysFile " + keys(i) + "\n  SetEnv HOME="
                    + home.resolve("hosts/h" + i) + "\n"
                    + (i == HOSTS ? "  ForceCommand sh " + home.resolve("gate.sh") + "\n" : ""));
        }
        return text.toString();
    }

    private List<String> lines(int host) throws IOException {
        return Files.readAllLines(keys(host));
    }

    private long rotate(String limit) {
        return gateway.ask("POST", "/api/v1/secrets/prod/deploy/rotate-key", Map.of("limit", limit))
                .path("run")
                .asLong();
    }

    private JsonNode ended(long run) {
        await().atMost(SOON)
                .until(() -> !List.of("queued", "running")
                        .contains(gateway.run(run).path("status").asText()));
        return gateway.run(run);
    }

    private List<String> stored() {
        return StreamSupport.stream(
                        gateway.ask("GET", "/api/v1/secrets", Map.of())
                                .path("secrets")
                                .spliterator(),
                        false)
                .map(s -> s.path("name").asText())
                .toList();
    }

    private void keptAlone() {
        await().atMost(SOON).untilAsserted(() -> assertThat(stored()).containsExactly("deploy"));
    }

    private void pingWorks() {
        var ping = gateway.run("ping prod --limit far*", new Terminal(200, false, false));
        assertThat(ended(ping.run().orElseThrow()).path("status").asText()).isEqualTo("success");
    }

    @Test
    void theNewKeyIsOnEveryHostOrOnNone() throws Exception {
        var before = lines(1);
        var failed = rotate("");
        var run = ended(failed);
        assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("failed");
        assertThat(run.toString()).contains("down").containsAnyOf("refused", "unreachable");
        for (int i = 1; i <= HOSTS; i++) {
            assertThat(lines(i)).isEqualTo(before);
        }
        for (var word : List.of("retry ", "rerun ")) {
            assertThat(gateway.run(word + failed, new Terminal(200, false, false))
                            .text())
                    .contains("secret rotate-key deploy prod");
        }
        keptAlone();
        pingWorks();

        var spoken = gateway.run("secret rotate-key deploy prod --limit far*,here", new Terminal(200, false, false));
        assertThat(spoken.text()).contains("gives the hosts the new key");
        var second = ended(failed + 2);
        assertThat(second.path("status").asText()).as(second.toString()).isEqualTo("success");
        assertThat(second.path("operation").asText()).isEqualTo("rotate-key");
        for (int i = 1; i <= HOSTS; i++) {
            assertThat(lines(i)).hasSize(2).first().isEqualTo("# ours");
            assertThat(lines(i).getLast())
                    .startsWith("from=\"127.0.0.0/8\" ssh-ed25519 ")
                    .endsWith("playcall prod/deploy")
                    .isNotEqualTo(before.getLast());
        }
        keptAlone();
        pingWorks();
        assertThat(gateway.ask("GET", "/api/v1/audit", Map.of()).toString()).contains("secret.rotate-key");

        gateway.ask("PUT", "/api/v1/secrets/prod/motd", Map.of("value", "a long text", "kind", "text"));
        assertThat(gateway.run("secret rotate-key motd prod", new Terminal(200, false, false))
                        .text())
                .contains("prod/motd is of kind text; only an ssh_key can be rotated");
    }

    @Test
    void whatWasKilledInTheMiddleIsSafeAndCleanedUpByTheNextCall() throws Exception {
        var before = lines(1);
        Files.createFile(home.resolve("hold"));
        var killed = rotate("far*");
        await().atMost(SOON).until(() -> lines(1).size() == 3);
        var record = new ObjectMapper()
                .readTree(home.resolve("data/runs/" + killed + "/run.json").toFile());
        var supervisor = ProcessHandle.of(record.path("pid").asLong()).orElseThrow();
        var all = supervisor.descendants().toList();
        supervisor.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        assertThat(ended(killed).path("status").asText()).isEqualTo("interrupted");
        assertThat(lines(1)).containsAll(before);
        assertThat(stored()).hasSize(2).contains("deploy");
        Files.delete(home.resolve("hold"));
        pingWorks();

        var again = ended(rotate("far*"));
        assertThat(again.path("status").asText()).as(again.toString()).isEqualTo("success");
        for (int i = 1; i <= HOSTS; i++) {
            assertThat(lines(i)).hasSize(2).doesNotContain(before.getLast());
        }
        keptAlone();
        pingWorks();
    }
}
