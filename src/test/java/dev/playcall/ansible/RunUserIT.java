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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One gateway whose runs have a user of their own and limits, with real Ansible and a real ssh server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunUserIT {
    private static final String USER = "nobody";
    private static final Duration SOON = Duration.ofMinutes(2);

    private Path home;
    private TestSshd far;
    private Gateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        assumeTrue(
                System.getProperty("user.name").equals("root"),
                "only root may run Ansible as another user: these tests are for a container");
        home = Files.createDirectory(folder.resolve("home"));
        for (var path : List.of(folder, home)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x--x"));
        }
        var out = Files.createDirectory(home.resolve("out"));
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
        far = new TestSshd(folder.resolve("sshd"), 1);
        gateway = new Gateway(home);
        gateway.file("config/playcall.yml", """
            ansible:
              run_as: nobody
              cancel_grace: 2s
              limits: { memory: 600MB, cpu: 180%, processes: 400, open_files: 500 }
            operations:
              deploy: { playbook: deploy.yml, variables: { password: { secret: { name: password } } } }
            environments:
              cloud: { inventory: [cloud], scripts: allow, timeout: 20s }
              stuck: { inventory: [stuck], scripts: allow, timeout: 1s }
            """);
        Files.setPosixFilePermissions(
                home.resolve("config/playcall.yml"), PosixFilePermissions.fromString("rw-------"));
        gateway.environment("near", List.of("h1"));
        // This user has no home, in which Ansible would put what it executes.
        gateway.file("inventory/near/group_vars/all.yml", "ansible_remote_tmp: " + out.resolve("tmp") + "\n");
        gateway.file(
                "inventory/far/hosts.yml",
                Files.readString(far.inventory())
                        .lines()
                        .filter(l -> !l.contains("private_key_file") && !l.contains("common_args"))
                        .reduce("", (a, b) -> a + b + "\n"));
        gateway.file("inventory/far/known_hosts", far.knownHosts());
        gateway.file("playbooks/deploy.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - name: On the machine of the gateway
                  delegate_to: localhost
                  vars: { ansible_python_interpreter: /usr/bin/python3, ansible_remote_tmp: "{{ playbook_dir }}/../out/tmp" }
                  ansible.builtin.shell: |
                    {
                      id -un; id -Gn; echo "$HOME"; echo "{{ password }}"
                      for f in config/playcall.yml data/playcall.db data/keys/secrets.json $PLAYCALL_RUN_DIR/spec.json; do
                        cat "{{ playbook_dir }}/../$f" "$f" > /dev/null 2>&1 && echo "read $f"
                      done
                      for d in data data/keys data/runs $PLAYCALL_RUN_DIR; do
                        ls "{{ playbook_dir }}/../$d" > /dev/null 2>&1 && echo "listed $d"
                        ls "$d" > /dev/null 2>&1 && echo "listed $d"
                      done
                      touch "$PLAYCALL_RUN_DIR/exit.json" 2> /dev/null && echo "made exit.json"
                      kill -9 "$(cut -d, -f1 $PLAYCALL_RUN_DIR/run.json | tr -dc 0-9)" 2> /dev/null && echo "killed its supervisor"
                      grep CapEff /proc/self/status; ulimit -n; echo end
                    } > "{{ playbook_dir }}/../out/{{ inventory_hostname }}"
                - name: On the host
                  ansible.builtin.command: "true"
            """);
        gateway.file("playbooks/update.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.shell: "sleep 7771 & setsid sleep 7772 & sleep 7773"
            """);
        gateway.file("playbooks/rollback.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.command: /usr/bin/python3 -c "x = b'1' * 2000000000; print(len(x))"
                - ansible.builtin.command: touch {{ playbook_dir }}/../out/after
            """);
        gateway.file("playbooks/restart.yml", """
            - hosts: all
              gather_facts: false
              connection: local
              tasks: [{ ansible.builtin.debug: { msg: "the inventory was asked by {{ asked_by }}" } }]
            """);
        script("cloud", """
            #!/bin/sh
            for f in config/playcall.yml data/playcall.db data/keys/secrets.json; do
              cat "$(dirname "$0")/../$f" > /dev/null 2>&1 && read="$read $f"
            done
            echo "{\\"_meta\\": {\\"hostvars\\": {\\"vm-1\\": {\\"asked_by\\": \\"$(id -un)$read in $HOME\\"}}}, \\"all\\": {\\"hosts\\": [\\"vm-1\\"]}}"
            """);
        script("stuck", "#!/bin/sh\nsleep 7774\n");
        gateway.start();
        keep("global/password", "text", "open sesame");
        keep("far/login", "ssh_key", far.clientKey());
    }

    @AfterAll
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (far != null) {
            far.close();
        }
    }

    private void script(String environment, String text) throws IOException {
        gateway.file(environment + "/script", text);
        Files.setPosixFilePermissions(
                home.resolve(environment + "/script"), PosixFilePermissions.fromString("rwxr-xr-x"));
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
        await().atMost(SOON).until(() -> gateway.isOver(run));
        return gateway.status(run);
    }

    private String log(long run) {
        return gateway.send(gateway.request("/api/v1/runs/" + run + "/log")).body();
    }

    private Path directory(long run) {
        return home.resolve("data/runs/" + run);
    }

    /** Command lines of what carries the mark of this run. */
    private List<String> processes(long run) throws IOException {
        var mark = "PLAYCALL_RUN_DIR=" + directory(run) + "\0";
        try (Stream<Path> all = Files.list(Path.of("/proc"))) {
            return all.filter(p -> Character.isDigit(p.getFileName().toString().charAt(0)))
                    .filter(p -> text(p.resolve("environ")).contains(mark))
                    .map(p -> text(p.resolve("cmdline")).replace('\0', ' '))
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // ended meanwhile
        }
    }

    @Test
    void aRunIsItsUserAndReachesHostsAndSecretsAndNothingOfTheGateway() throws Exception {
        long run = gateway.run("deploy", "far", Map.of());
        assertThat(end(run)).as(log(run)).isEqualTo("success");
        var said = Files.readAllLines(home.resolve("out/far1"));
        assertThat(said)
                .containsExactly(
                        USER,
                        "nogroup",
                        directory(run) + "/home",
                        "open sesame",
                        "CapEff:\t0000000000000000",
                        "500",
                        "end");
        assertThat(Files.getOwner(home.resolve("out/far1")).getName()).isEqualTo(USER);
        assertThat(Files.getPosixFilePermissions(home.resolve("data")))
                .isEqualTo(PosixFilePermissions.fromString("rwx--x---"));
        assertThat(Files.getPosixFilePermissions(directory(run)))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> left = Files.list(directory(run))) {
            assertThat(left)
                    .allSatisfy(f -> assertThat(Files.getOwner(f).getName())
                            .as(f.toString())
                            .isEqualTo("root"));
        }
    }

    @Test
    void scriptsOfAnInventoryAreExecutedByThatUserAndEndedInTime() throws Exception {
        var refreshed = gateway.post("/api/v1/inventory/cloud/refresh", Map.of());
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
        long run = gateway.run("play", "cloud", Map.of("playbook", "restart"));
        assertThat(end(run)).as(log(run)).isEqualTo("success");
        assertThat(log(run)).containsPattern("asked by nobody in " + home + "/data/plans/inventory-[^/]*/home");
        assertThat(gateway.post("/api/v1/inventory/stuck/refresh", Map.of()).body())
                .contains("did not answer in 1 s");
        assertThat(ProcessHandle.allProcesses()
                        .filter(p -> p.info().commandLine().orElse("").endsWith("sleep 7774")))
                .isEmpty();
    }

    @Test
    void aRunOfAnotherUserIsAdoptedAfterKillAndItsCancelReachesWhatItLeftInTheBackground() throws Exception {
        long run = gateway.run("update", "near", Map.of());
        await().atMost(SOON).until(() -> String.join("\n", processes(run)).contains("sleep 7773"));
        gateway.kill();
        assertThat(processes(run)).anyMatch(c -> c.contains("sleep 7772"));
        gateway.start();
        await().atMost(SOON).until(() -> log(run).contains("TASK"));
        assertThat(gateway.status(run)).isEqualTo("running");
        assertThat(gateway.post("/api/v1/runs/" + run + "/cancel", Map.of()).statusCode())
                .isBetween(200, 202);
        assertThat(end(run)).isEqualTo("cancelled");
        assertThat(processes(run)).isEmpty();
    }

    @Test
    void aRunThatNeedsMoreMemoryThanItMayHaveIsStoppedAndSaysSo() {
        long run = gateway.run("rollback", "near", Map.of());
        assertThat(end(run)).isEqualTo("failed");
        assertThat(gateway.get("/api/v1/runs/" + run).toString())
                .contains("used more than 600 MB of memory (ansible.limits.memory)");
        assertThat(home.resolve("out/after")).doesNotExist();
    }
}
