package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.playcall.testing.Gateway;
import dev.playcall.testing.TestSshd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Private keys, pinned host keys and vault passwords, from where they are kept to a run and out of it again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunSecretsIT {
    private static final String PASSWORD = "open-sesame-of-the-vault";

    private Path folder;
    private Path home;
    private TestSshd far;
    private Gateway gateway;

    @BeforeAll
    void start(@TempDir Path base) throws Exception {
        folder = base;
        home = Files.createDirectory(folder.resolve("home"));
        far = new TestSshd(folder.resolve("sshd"), 1);
        gateway = new Gateway(home);
        var inventory = Files.readString(far.inventory())
                .lines()
                .filter(l -> !l.contains("private_key_file") && !l.contains("common_args"))
                .reduce("", (a, b) -> a + b + "\n");
        gateway.file("inventory/far/hosts.yml", inventory);
        gateway.file("inventory/far/known_hosts", far.knownHosts());
        gateway.environment("near", List.of("h1"));
        gateway.file("playbooks/deploy.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.raw: "true"
            """);
        gateway.file("playbooks/update.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.raw: sleep 600
            """);
        gateway.start();
    }

    /** What one test keeps must open nothing for another. */
    @AfterEach
    void forget() {
        gateway.get("/api/v1/secrets").path("secrets").forEach(s -> {
            var address = "/api/v1/secrets/" + s.path("scope").asText() + "/"
                    + s.path("name").asText();
            var answer = gateway.send(gateway.request(address).DELETE());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        });
    }

    @AfterAll
    void stop() {
        gateway.close();
        far.close();
    }

    private void keep(String path, String kind, String value) {
        var answer = gateway.send(gateway.request("/api/v1/secrets/" + path)
                .header("Content-Type", "application/json")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(new com.fasterxml.jackson.databind.ObjectMapper()
                        .valueToTree(Map.of("kind", kind, "value", value))
                        .toString())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String end(long run) {
        await().atMost(Duration.ofMinutes(2)).until(() -> gateway.isOver(run));
        return gateway.status(run);
    }

    private String log(long run) {
        return gateway.send(gateway.request("/api/v1/runs/" + run + "/log")).body();
    }

    private boolean isOnTheDisk(String text) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).anyMatch(f -> read(f).contains(text));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aKeptKeyOpensTheHostsOfItsEnvironmentAndIsGoneAfterTheRun() throws Exception {
        long without = gateway.run("deploy", "far", Map.of());
        assertThat(end(without)).isEqualTo("failed");
        assertThat(log(without)).contains("Permission denied");
        keep("far/login", "ssh_key", far.clientKey());
        long with = gateway.run("deploy", "far", Map.of());
        assertThat(end(with)).as(log(with)).isEqualTo("success");
        assertThat(home.resolve("data/runs/" + with + "/secrets")).doesNotExist();
        for (var line : far.clientKey().strip().lines().toList()) {
            assertThat(isOnTheDisk(line)).as(line).isFalse();
        }
    }

    @Test
    void aHostWithAnotherKeyThanThePinnedOneIsNotTalkedTo() throws Exception {
        keep("far/login", "ssh_key", far.clientKey());
        var wrong = Files.readString(folder.resolve("sshd/client.pub")).strip();
        var pinned = far.knownHosts().replaceAll("ssh-ed25519 .*", wrong);
        gateway.file("inventory/far/known_hosts", pinned);
        long run = gateway.run("deploy", "far", Map.of());
        assertThat(end(run)).isEqualTo("failed");
        assertThat(log(run)).containsIgnoringCase("host key verification failed");
        assertThat(Files.readString(home.resolve("inventory/far/known_hosts"))).isEqualTo(pinned);
        gateway.file("inventory/far/known_hosts", far.knownHosts());
    }

    @Test
    void whatAKilledRunLeftIsSweptAtTheNextStart() throws Exception {
        keep("far/login", "ssh_key", far.clientKey());
        keep("global/default", "vault_password", PASSWORD);
        long run = gateway.run("update", "far", Map.of());
        var secrets = home.resolve("data/runs/" + run + "/secrets");
        await().atMost(Duration.ofMinutes(1)).until(() -> log(run).contains("TASK") && Files.isDirectory(secrets));
        try (var files = Files.list(secrets)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(f -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(f)))
                            .isEqualTo("rw-------"));
        }
        gateway.kill();
        var supervisor = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(home.resolve("data/runs/" + run + "/run.json").toFile())
                .path("pid")
                .asLong();
        ProcessHandle.of(supervisor).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(secrets).isNotEmptyDirectory();
        gateway.start();
        assertThat(end(run)).isEqualTo("interrupted");
        assertThat(secrets).doesNotExist();
        assertThat(isOnTheDisk(PASSWORD)).isFalse();
    }

    /** A server whose people have passwords: in files that only it sees in the place of those of this machine. */
    @Test
    void aRunLogsInAndBecomesRootWithKeptPasswordsThatAreInNoArgument() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "a server with passwords of its own needs root");
        try (var server =
                TestSshd.withPasswords(folder.resolve("typed"), "deployer", "login-of-deployer", "become-of-root")) {
            gateway.file(
                    "inventory/typed/hosts.yml",
                    Files.readString(server.inventory()) + "  vars: { ansible_become_method: ansible.builtin.su }\n");
            gateway.file("inventory/typed/known_hosts", server.knownHosts());
            gateway.file("playbooks/provision.yml", """
                - hosts: all
                  gather_facts: false
                  tasks:
                    - ansible.builtin.command: id -un
                    - ansible.builtin.shell: |
                        id -un
                        cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c -e login-of-[d]eployer -e become-of-[r]oot; true
                      become: true
                      register: said
                    - ansible.builtin.debug: { msg: "is {{ said.stdout_lines }}" }
                """);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.get("/api/v1/environments").toString().contains("\"typed\""));
            keep("typed/login", "ssh_password", "login-of-deployer");
            keep("global/root", "become_password", "another-for-all-others");
            keep("typed/root", "become_password", "become-of-root");
            long run = gateway.run("provision", "typed", Map.of());
            assertThat(end(run)).as(log(run)).isEqualTo("success");
            assertThat(log(run)).contains("is ['root', '0']");
            assertThat(home.resolve("data/runs/" + run + "/secrets")).doesNotExist();
            assertThat(isOnTheDisk("become-of-root")).isFalse();
            keep("typed/second", "become_password", "which-of-the-two");
            long refused = gateway.run("provision", "typed", Map.of());
            assertThat(end(refused)).isEqualTo("failed");
            assertThat(gateway.get("/api/v1/runs/" + refused).path("reason").asText())
                    .contains("there are several secrets of kind become_password for typed (root, second)");

            keep("typed/root", "text", "of another kind now");
            keep("typed/second", "text", "of another kind now");
            keep("typed/login", "ssh_password", "login-of-another-host");
            keep("typed/far1.ssh", "ssh_password", "login-of-deployer");
            keep("typed/far1", "become_password", "become-of-root");
            long single = gateway.run("provision", "typed", Map.of());
            assertThat(end(single)).as(log(single)).isEqualTo("success");
            assertThat(log(single)).contains("is ['root', '0']");
            assertThat(isOnTheDisk("become-of-root")).isFalse();
        }
    }

    @Test
    void aKeptPasswordOpensWhatAnsibleVaultClosed() throws Exception {
        var file = Files.writeString(folder.resolve("password"), PASSWORD);
        var closed = new ProcessBuilder(
                        "ansible-vault",
                        "encrypt_string",
                        "--vault-id",
                        "prod@" + file,
                        "--name",
                        "greeting",
                        "hello from the vault")
                .start();
        gateway.file(
                "inventory/near/group_vars/all.yml",
                new String(closed.getInputStream().readAllBytes(), StandardCharsets.UTF_8) + "\n");
        gateway.file("playbooks/ping.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.debug: { msg: "length {{ greeting | length }}" }
            """);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> gateway.get("/api/v1/playbooks").toString().contains("\"ping\""));
        keep("near/prod", "vault_password", PASSWORD);
        long run = gateway.run("ping", "near", Map.of());
        assertThat(end(run)).as(log(run)).isEqualTo("success");
        // Not the text itself: since 2.22 Ansible shows none that was vaulted.
        assertThat(log(run)).contains("length 20");
        long checked = gateway.run("validate", "near", Map.of());
        assertThat(end(checked)).as(log(checked)).isEqualTo("success");
        assertThat(isOnTheDisk(PASSWORD)).isFalse();
    }
}
