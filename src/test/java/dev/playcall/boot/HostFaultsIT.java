package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.testing.Gateway;
import dev.playcall.testing.TestSshd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * What can be wrong with a server: each has its own words, and those that are well do not suffer. Two Ansible processes share the
 * hosts, as of a fleet. {@link PingIT} has those that refuse and hang, {@link AgentFleetIT} what can be wrong with a release.
 */
class HostFaultsIT {
    /** What Ansible says in place of what ssh said where ssh ends before it was given the module. */
    private static final String HUNG_UP = "could not be sent to remote host";

    @Test
    void eachSaysWhatIsWrongAndIsCountedOnce(@TempDir(factory = TempDirFactory.Standard.class) Path home)
            throws Exception {
        try (var sshd = new TestSshd(home.resolve("sshd"), 7);
                var gateway = new Gateway(home)) {
            project(gateway, home, sshd);
            gateway.start();
            long id = gateway.run("deploy", "prod", Map.of());
            await().atMost(Duration.ofMinutes(3)).until(() -> gateway.isOver(id));
            var run = gateway.get("/api/v1/runs/" + id);
            assertThat(run.path("reason").asText()).startsWith("5 of 7 hosts failed or unreachable: ");
            var hosts = new TreeMap<String, JsonNode>();
            gateway.get("/api/v1/runs/" + id + "/hosts")
                    .path("hosts")
                    .forEach(h ->
                            assertThat(hosts.put(h.path("host").asText(), h)).isNull());
            assertThat(hosts).hasSize(7);
            is(hosts, "far1", "changed", "");
            is(hosts, "far2", "unreachable", "Permission denied", HUNG_UP);
            is(hosts, "far3", "unreachable", "Host key verification failed", HUNG_UP);
            is(hosts, "far4", "failed", "/nowhere/python3");
            is(hosts, "far5", "failed", "Missing sudo password");
            is(hosts, "far6", "failed", "No space left on device");
            is(hosts, "far7", "changed", "");
        }
    }

    private static void is(Map<String, JsonNode> hosts, String name, String status, String... said) {
        var host = Objects.requireNonNull(hosts.get(name), name);
        assertThat(host.path("status").asText()).as("%s", host).isEqualTo(status);
        assertThat(host.toString()).containsAnyOf(said);
    }

    private static void project(Gateway gateway, Path home, TestSshd sshd) throws Exception {
        new ProcessBuilder(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-f",
                        home.resolve("other").toString())
                .start()
                .waitFor();
        var another = Files.readString(home.resolve("other.pub")).strip();
        gateway.file("known_hosts", sshd.knownHosts());
        gateway.file(
                "changed",
                sshd.knownHosts()
                        .lines()
                        .map(l -> l.split(" ", 2)[0] + " " + another + "\n")
                        .reduce("", String::concat));
        gateway.file("sudo", "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n");
        Files.setPosixFilePermissions(home.resolve("sudo"), PosixFilePermissions.fromString("rwxr-xr-x"));
        gateway.file("config/playcall.yml", "operations: { deploy: { ansible: { slices: 2 } } }\n");
        gateway.file(
                "inventory/prod/hosts.yml",
                Files.readString(sshd.inventory())
                                .replace(
                                        "/dev/null -o UserKnownHostsFile=/dev/null",
                                        "/dev/null -o UserKnownHostsFile=" + home.resolve("known_hosts"))
                        + "  children: { again: { hosts: { far1: , far2: } } }\n");
        gateway.file(
                "inventory/prod/host_vars/far2.yml", "ansible_ssh_private_key_file: " + home.resolve("other") + "\n");
        gateway.file(
                "inventory/prod/host_vars/far3.yml",
                "ansible_ssh_common_args: -F /dev/null -o UserKnownHostsFile=" + home.resolve("changed") + "\n");
        gateway.file("inventory/prod/host_vars/far4.yml", "ansible_python_interpreter: /nowhere/python3\n");
        gateway.file(
                "inventory/prod/host_vars/far5.yml",
                "ansible_become: true\nansible_become_user: nobody\nansible_become_exe: " + home.resolve("sudo")
                        + "\n");
        gateway.file("inventory/prod/host_vars/far6.yml", "target: /dev/full\n");
        gateway.file("inventory/prod/host_vars/far7.yml", "nap: 3\n");
        gateway.file("playbooks/deploy.yml", """
            - name: Deploy
              hosts: all
              gather_facts: false
              tasks:
                - name: Reach
                  ansible.builtin.ping:
                - name: Write
                  ansible.builtin.shell: sleep {{ nap | default(0) }}; /bin/echo done > {{ target | default('/dev/null') }}
            """);
    }
}
