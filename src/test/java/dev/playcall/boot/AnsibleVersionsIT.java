package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.testing.Gateway;
import dev.playcall.testing.PlaybookCorpus;
import dev.playcall.venv.analysis.PlaybookAnalyzer;
import dev.playcall.venv.analysis.PlaybookAnalyzer.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The main promises on each version of ansible-core that {@code src/test/scripts/ansible-versions.sh} has fetched into
 * target/ansible; the whole suites run on them with the same script. The installed version is what all other tests run on.
 */
class AnsibleVersionsIT {
    private static final String SECRET = "hunter-two-and-more";
    private static final String EVERY_KIND = "values of every kind";

    /** One host for each case; only the first one gets through. */
    private static final String CASES = """
        - hosts: all
          gather_facts: false
          tasks:
            - name: say
              ansible.builtin.debug: { msg: "note is {{ note }}" }
            - name: keep
              ansible.builtin.copy: { content: "{{ note }}", dest: "{{ playbook_dir }}/../out-{{ inventory_hostname }}", mode: "0600" }
            - name: fill the disk
              ansible.builtin.fail: { msg: no room }
              when: inventory_hostname == 'full'
            - name: log in
              ansible.builtin.command: "false %s"
              no_log: true
              when: inventory_hostname == 'quiet'
            - name: may fail
              ansible.builtin.command: "false"
              ignore_errors: true
        """.formatted(SECRET);

    private static final String WAITS = """
        - hosts: fine
          gather_facts: false
          tasks:
            - ansible.builtin.command: sleep 613
        """;

    /** Its text is no template since 2.19; what stands in a file or comes from a script may be one. */
    private static final String PLUGIN = """
        from ansible.errors import AnsibleParserError
        from ansible.plugins.inventory import BaseInventoryPlugin
        DOCUMENTATION = "{ name: custom, short_description: for the test, options: { plugin: { description: its name } } }"
        class InventoryModule(BaseInventoryPlugin):
            NAME = 'custom'
            def verify_file(self, path):
                return path.endswith('custom.yml')
            def parse(self, inventory, loader, path, cache=True):
                super().parse(inventory, loader, path, cache)
                if 'away: true' in open(path).read():
                    raise AnsibleParserError('the cloud is away')
                inventory.add_host('vm-1')
                inventory.set_variable('vm-1', 'role', 'web')
                inventory.set_variable('vm-1', 'text', '{{ role }}')
        """;

    private static final String SCRIPT = """
        #!/bin/sh
        echo '{"scripted": {"hosts": ["from-script"], "vars": {"role": "db"}},
              "_meta": {"hostvars": {"from-script": {"text": "{{ role }}!"}}}}'
        """;

    private static final String WRITES = """
        - hosts: all
          gather_facts: false
          connection: local
          tasks:
            - ansible.builtin.copy: { content: "{{ group_names | join(',') }} {{ text }}", dest: "{{ playbook_dir }}/../is-{{ inventory_hostname }}", mode: "0600" }
              vars: { ansible_python_interpreter: "{{ ansible_playbook_python }}" }
        """;

    @TempDir
    private Path home;

    @ParameterizedTest(name = "ansible-core {0}")
    @ValueSource(strings = {"2.19", "2.22"})
    void resultsNoLogInjectionCancelAndFetchedInventoriesAreTheSameOnVersion(String version) throws Exception {
        var bin = Path.of("target/ansible", version, "bin").toAbsolutePath();
        assumeThat(bin.resolve("ansible-playbook"))
                .as("src/test/scripts/ansible-versions.sh fetches it")
                .isExecutable();
        try (var gateway = new Gateway(home, Map.of("PATH", bin + ":" + System.getenv("PATH")))) {
            gateway.environment("prod", List.of("fine", "full", "quiet"));
            gateway.file("playbooks/cases.yml", CASES);
            gateway.file("playbooks/cases.meta.yml", "variables: { note: { type: text } }\n");
            gateway.file("playbooks/waits.yml", WAITS);
            gateway.file("playbooks/nobody.yml", "- hosts: none\n  tasks: []\n");
            cloud(gateway);
            gateway.start();
            resultsAndInput(gateway);
            ended(gateway, "nobody", Map.of(), "failed");
            cancelled(gateway);
            pluginsAndScripts(gateway);
            namesOfEnvironments(gateway);
            assertThat(gateway.inProcess(Map.of(), "doctor").out()).contains("ansible-core " + version);
        }
    }

    private void resultsAndInput(Gateway gateway) throws Exception {
        var hostile = "{{ lookup('pipe', 'touch " + home.resolve("PWNED") + "') }}";
        long run = ended(gateway, "cases", Map.of("variables", Map.of("note", hostile)), "failed");
        assertThat(Files.readString(home.resolve("out-fine"))).isEqualTo(hostile);
        assertThat(home.resolve("PWNED")).doesNotExist();
        var hosts = gateway.get("/api/v1/runs/" + run + "/hosts").path("hosts");
        assertThat(host(hosts, "fine").path("status").asText()).isEqualTo("changed");
        assertThat(host(hosts, "full").path("failed_task").asText()).isEqualTo("fill the disk");
        assertThat(host(hosts, "full").path("message").asText()).isEqualTo("no room");
        assertThat(host(hosts, "quiet").path("failed_task").asText()).isEqualTo("log in");
        var log = gateway.send(gateway.request("/api/v1/runs/" + run + "/log")).body();
        assertThat(log).contains("note is {{ lookup", "no room").doesNotContain(SECRET);
        assertThat(hosts.toString()).doesNotContain(SECRET);
    }

    private static JsonNode host(JsonNode hosts, String name) {
        return StreamSupport.stream(hosts.spliterator(), false)
                .filter(h -> h.path("host").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long ended(Gateway gateway, String playbook, Map<String, ?> more, String status) {
        var body = new java.util.HashMap<String, Object>(more);
        body.put("playbook", playbook);
        long run = gateway.run("play", "prod", body);
        await().atMost(Duration.ofMinutes(2)).until(() -> gateway.isOver(run));
        assertThat(gateway.status(run)).as(playbook).isEqualTo(status);
        return run;
    }

    private static void cancelled(Gateway gateway) {
        long run = gateway.run("play", "prod", Map.of("playbook", "waits"));
        await().atMost(Duration.ofMinutes(1)).until(() -> sleeping() > 0);
        gateway.post("/api/v1/runs/" + run + "/cancel", Map.of());
        await().atMost(Duration.ofMinutes(1)).until(() -> gateway.isOver(run));
        assertThat(gateway.status(run)).isEqualTo("cancelled");
        await().atMost(Duration.ofMinutes(1)).until(() -> sleeping() == 0);
    }

    private void cloud(Gateway gateway) throws IOException {
        gateway.file(
                "config/playcall.yml",
                "environments: { cloud: { inventory: [cloud], plugins: [custom, constructed], scripts: allow } }\n");
        gateway.file("inventory_plugins/custom.py", PLUGIN);
        gateway.file("cloud/10-static.yml", "all: { hosts: { static-1: { role: cache, text: '{{ role }}?' } } }\n");
        gateway.file("cloud/20-custom.yml", "plugin: custom\n");
        gateway.file("cloud/30-script", SCRIPT);
        Files.setPosixFilePermissions(home.resolve("cloud/30-script"), PosixFilePermissions.fromString("rwxr-xr-x"));
        gateway.file("cloud/40-constructed.yml", "plugin: constructed\nkeyed_groups: [{ key: role, prefix: is }]\n");
        gateway.file("playbooks/writes.yml", WRITES);
    }

    private void pluginsAndScripts(Gateway gateway) throws IOException {
        var refreshed = gateway.post("/api/v1/inventory/cloud/refresh", Map.of());
        assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
        long run = gateway.run("play", "cloud", Map.of("playbook", "writes"));
        await().atMost(Duration.ofMinutes(2)).until(() -> gateway.isOver(run));
        assertThat(home.resolve("is-static-1")).hasContent("is_cache cache?");
        assertThat(home.resolve("is-vm-1")).hasContent("is_web {{ role }}");
        assertThat(home.resolve("is-from-script")).hasContent("is_db,scripted db!");
        gateway.file("cloud/20-custom.yml", "plugin: custom\naway: true\n");
        assertThat(gateway.post("/api/v1/inventory/cloud/refresh", Map.of()).body())
                .contains("20-custom.yml: the cloud is away");
    }

    /** Each version checks the playbook first; the hash is the one that no Ansible has a part in. */
    private void namesOfEnvironments(Gateway gateway) throws IOException {
        var playbooks = home.resolve("playbooks");
        var analyzer = new PlaybookAnalyzer(playbooks, () -> new RolesPath(home, Optional.empty()), () -> ">=2.14");
        for (var name : List.of("waits", "writes", "nobody")) {
            var own = analyzer.analyze(playbooks.resolve(name + ".yml"), Needs.NONE);
            assertThat(hash(gateway, name)).isEqualTo(own.sha256());
        }
        PlaybookCorpus.write(EVERY_KIND, playbooks);
        assertThat(hash(gateway, "site")).isEqualTo(PlaybookCorpus.hash(EVERY_KIND));
    }

    private static String hash(Gateway gateway, String playbook) {
        await().until(() -> gateway.get("/api/v1/playbooks").toString().contains("\"" + playbook + "\""));
        return Gateway.json(gateway.post("/api/v1/venvs/analyze", Map.of("playbook", playbook)))
                .path("sha256")
                .asText();
    }

    private static long sleeping() {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").endsWith("sleep 613"))
                .count();
    }
}
