package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.Config;
import dev.playcall.config.RunIsolation;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.RunId;
import dev.playcall.runner.directory.RunDirectory.Launch;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository gives the same run in Playcall as with ansible-playbook by hand. */
class RepositoryIT {
    private static final String PLAY = """
        - hosts: all
          gather_facts: false
          connection: local
          vars:
            ansible_python_interpreter: /usr/bin/python3
            known: { of_play: 1 }
          roles: [greet]
          tasks:
            - name: Write
              ansible.builtin.raw: |
                cat >'{{ lookup('env', 'OUT') }}/{{ inventory_hostname }}' <<'END'
                {{ nested | to_json }} {{ group_names | join(',') }} {{ greeting }} {{ beside | default('-') }}
                END
        """;

    @TempDir
    Path home;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-29T12:00:00Z"));

    private void write(String file, String text) throws IOException {
        var path = home.resolve("repo").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @BeforeEach
    void repository() throws IOException {
        write("ansible.cfg", """
            [defaults]
            roles_path = vendor/roles
            hash_behaviour = merge
            remote_user = deploy
            gathering = explicit
            forks = 3
            timeout = 17
            log_path = ansible.log
            stdout_callback = minimal
            inventory = inventories/staging
            [privilege_escalation]
            become_method = su
            [ssh_connection]
            pipelining = True
            ssh_args = -o ControlPersist=77s
            """);
        write("inventories/production", "[web]\r\nw1\r\nw2\r\n\r\n[site:children]\r\nweb\r\n");
        write("inventories/more.yml", "db:\n  hosts:\n    d1:\n");
        write("inventories/group_vars/all.yml", "nested: { of_all: 1 }\n");
        write("inventories/group_vars/web.yml", "nested: { of_web: 2 }\n");
        write("plays/group_vars/db.yml", "beside: the playbook\n");
        write("vendor/roles/greet/defaults/main.yml", "greeting: hello\n");
        write("site.yml", "- import_playbook: plays/inner.yaml\n");
        write("plays/inner.yaml", PLAY);
        Files.createSymbolicLink(home.resolve("repo/linked.yml"), Path.of("plays/inner.yaml"));
    }

    private Config config() throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/playcall.yml"), """
            paths: { project: repo, playbooks: repo, inventory: data/inventory }
            environments:
              production: { inventory: [inventories/production, inventories/more.yml] }
            """);
        return ConfigFile.load(home, Optional.empty(), Map.of());
    }

    private Launch launch(Config config, String playbook) throws Exception {
        var settings = new AnsibleSettings(
                home,
                config.paths().inventory(),
                config.paths().playbooks(),
                config.paths().project(),
                RolesPath.of(config.paths(), Map.of()),
                50,
                AnsibleTuning.DEFAULT,
                home.resolve("data/facts"),
                true,
                Duration.ofSeconds(1),
                RunIsolation.NONE,
                System.getenv());
        var launcher = new AnsibleLauncher(
                () -> settings,
                new ProgramPaths(System.getenv().getOrDefault("PATH", "")),
                PythonFiles.unpack(home.resolve("data/lib")),
                MemorySecrets.emptyVault(),
                ContentSource.FIXED,
                new DiskCatalogs(config, clock));
        var run = Run.of(new RunId(1), Runs.asked(Runs.request(playbook)), Instant.EPOCH);
        return launcher.prepare(run, Files.createDirectories(home.resolve("run-" + playbook)));
    }

    private String execute(List<String> argv, Map<String, String> environment, String out) throws Exception {
        var said = Files.createTempFile(home, "said", "");
        var builder = new ProcessBuilder(argv)
                .directory(home.resolve("repo").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .put("OUT", Files.createDirectories(home.resolve(out)).toString());
        var process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    private SortedMap<String, String> files(String out) throws IOException {
        var found = new TreeMap<String, String>();
        try (var all = Files.list(home.resolve(out))) {
            for (var file : all.toList()) {
                found.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return found;
    }

    @Test
    void aRunHasTheResultThatAnsibleHasByHand() throws Exception {
        var config = config();
        assertThat(new DiskCatalogs(config, clock).current().problems()).isEmpty();
        var mine = Map.of("PATH", System.getenv("PATH"), "HOME", home.toString());
        execute(
                List.of(
                        "ansible-playbook",
                        "--inventory=inventories/production",
                        "--inventory=inventories/more.yml",
                        "site.yml"),
                mine,
                "by-hand");
        var run = launch(config, "site");
        execute(run.argv(), run.environment(), "by-playcall");
        assertThat(files("by-playcall")).isEqualTo(files("by-hand"));
        assertThat(files("by-hand").get("w1")).startsWith("{\"of_all\": 1, \"of_web\": 2} site,web hello -");
        assertThat(files("by-hand").get("d1")).startsWith("{\"of_all\": 1} db hello the playbook");
        assertThat(run.argv()).as("forks of ansible.cfg are a ceiling").contains("--forks=3");
        assertThat(settings(execute(dump(), run.environment(), "x")))
                .as("the settings that Ansible reports for the run")
                .containsAllEntriesOf(settings(execute(dump(), mine, "x")).entrySet().stream()
                        .filter(e ->
                                !e.getKey().matches("DEFAULT_(LOG_PATH|STDOUT_CALLBACK|HOST_LIST|ROLES_PATH|FORKS)"))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .containsEntry("DEFAULT_HASH_BEHAVIOUR", "merge")
                .containsEntry("DEFAULT_REMOTE_USER", "deploy");
        assertThat(Files.readString(Path.of(run.environment().get("ANSIBLE_CONFIG"))))
                .contains("pipelining = True", "ssh_args = -o ControlPersist=77s");
        assertThat(home.resolve("repo/data"))
                .as("nothing is written into the repository")
                .doesNotExist();
    }

    private static List<String> dump() {
        return new ArrayList<>(List.of("ansible-config", "dump", "--only-changed"));
    }

    private static Map<String, String> settings(String dumped) {
        var found = new TreeMap<String, String>();
        for (var line : dumped.lines().toList()) {
            var parts = line.split("\\(.*?\\) = ", 2);
            if (parts.length == 2 && line.contains("ansible.cfg) = ")) {
                found.put(parts[0], parts[1]);
            }
        }
        return found;
    }

    @Test
    void whatAnsibleCfgSaysAndNamesIsSealed() throws Exception {
        var config = config();
        var hash = new ContentHash(new DiskCatalogs(config, clock), RolesPath.of(config.paths(), Map.of()));
        var before = hash.of(Runs.request("site"));
        write("vendor/roles/greet/defaults/main.yml", "greeting: bye\n");
        write("ansible.cfg", "[defaults]\nroles_path = vendor/roles\n");
        write("inventories/group_vars/web.yml", "nested: { of_web: 3 }\n");
        write("inventories/staging", "s1\n");
        clock.go(Duration.ofSeconds(1));
        assertThat(before.differing(hash.of(Runs.request("site"))).keySet())
                .contains("ansible.cfg", "vendor/roles/greet", "inventory/production/inventories/group_vars");
    }
}
