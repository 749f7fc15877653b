package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.fetched.InventoryRefresh;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.inventory.Environment;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.RunIsolation;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.RunId;
import dev.playcall.runner.directory.RunDirectory.Launch;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real Ansible makes of inventory plugins, scripts, and files that several environments share. */
class FetchedInventoryIT {
    private static final String CONFIG = """
        environments:
          production: { inventory: [cloud], plugins: [custom, constructed], scripts: allow, max_age: 10m, timeout: 5m }
          slow: { inventory: [slow], plugins: [custom], timeout: 1s }
          shared: { inventory: [all.yml], group: shared }
        """;
    /** Does what the file "mode" beside its source says: fail, hang, garbage, or the hosts to give. */
    private static final String PLUGIN = """
        import os, time
        from ansible.errors import AnsibleParserError
        from ansible.plugins.inventory import BaseInventoryPlugin
        DOCUMENTATION = '''
        name: custom
        short_description: for the test
        options:
          plugin: { description: its name, required: true }
        '''
        class InventoryModule(BaseInventoryPlugin):
            NAME = 'custom'
            def verify_file(self, path):
                return path.endswith('custom.yml')
            def parse(self, inventory, loader, path, cache=True):
                super().parse(inventory, loader, path, cache)
                self._read_config_data(path)
                with open(os.path.join(os.path.dirname(path), 'mode.txt')) as f:
                    mode = f.read().split()
                if mode[0] == 'fail':
                    raise AnsibleParserError('the cloud is away')
                if mode[0] == 'hang':
                    time.sleep(600)
                if mode[0] == 'garbage':
                    print('<html>502</html>')
                for name in mode:
                    inventory.add_host(name)
                    inventory.set_variable(name, 'role', 'web')
        """;

    private static final String PLAYBOOK = """
        - name: Write what is known
          hosts: all
          gather_facts: false
          connection: local
          vars: { ansible_python_interpreter: /usr/bin/python3 }
          tasks:
            - name: Write
              ansible.builtin.raw: |
                cat >'{{ playbook_dir }}/../out/{{ inventory_hostname }}' <<'END'
                {{ group_names | join(',') }} of {{ groups['all'] | sort | join(',') }}
                {{ inventory_dir | basename }} {{ of_group | default('-') }} {{ templated | default('-') }}
                END
        """;

    @TempDir
    private Path home;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T09:30:00Z"));
    private DiskCatalogs catalogs;
    private AnsibleLauncher launcher;
    private InventoryRefresh refresh;
    private ContentHash hash;

    @BeforeEach
    void open() throws IOException {
        write("config/playcall.yml", CONFIG);
        write("playbooks/deploy.yml", PLAYBOOK);
        write("inventory_plugins/custom.py", PLUGIN);
        write("cloud/10-hosts.yml", "all: { hosts: { static-1: { role: db, templated: '{{ role }}!' } } }\n");
        write("cloud/20-custom.yml", "plugin: custom\n");
        write(
                "cloud/30-script",
                "#!/bin/sh\necho asked >> \"$(dirname \"$0\")/asked.txt\"\n"
                        + "echo '{\"scripted\": {\"hosts\": [\"from-script\"]}, \"_meta\": {\"hostvars\": {}}}'\n");
        Files.setPosixFilePermissions(home.resolve("cloud/30-script"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write(
                "cloud/40-constructed.yml",
                "plugin: ansible.builtin.constructed\nstrict: false\n"
                        + "groups: { web: role == 'web' }\nkeyed_groups: [{ key: role, prefix: is }]\n");
        write("cloud/group_vars/web.yml", "of_group: from the file\n");
        write("cloud/group_vars/is_db.yml", "$ANSIBLE_VAULT;1.1;AES256\n6162\n");
        write("slow/custom.yml", "plugin: custom\n");
        write(
                "all.yml",
                "shared: { children: { web: { hosts: { web-1: {} } } } }\n"
                        + "other: { hosts: { other-1: {} } }\nspare: { hosts: { web-1: {}, other-1: {} } }\n");
        write("group_vars/shared.yml", "of_group: of shared\n");
        Files.createDirectories(home.resolve("out"));
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var libraries = RolesPath.of(config.paths(), Map.of());
        var settings = new AnsibleSettings(
                home,
                config.paths().inventory(),
                config.paths().playbooks(),
                config.paths().project(),
                libraries,
                5,
                AnsibleTuning.DEFAULT,
                home.resolve("data/facts"),
                true,
                Duration.ofSeconds(1),
                RunIsolation.NONE,
                System.getenv());
        catalogs = new DiskCatalogs(config, clock);
        var programs = new ProgramPaths(System.getenv().getOrDefault("PATH", ""));
        var python = PythonFiles.unpack(home.resolve("data/lib"));
        launcher = new AnsibleLauncher(
                () -> settings, programs, python, MemorySecrets.emptyVault(), ContentSource.FIXED, catalogs);
        var program = new InventoryFetchProgram(() -> settings, programs, python, home.resolve("data/plans"), t -> t);
        refresh = new InventoryRefresh(catalogs, program, clock);
        hash = new ContentHash(catalogs, libraries);
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Environment environment(String name) {
        return catalogs.afterChange().environment(name).orElseThrow();
    }

    private InventoryRefresh.Outcome ask(String name, String mode) throws IOException {
        write((name.equals("slow") ? "slow" : "cloud") + "/mode.txt", mode);
        return refresh.now(environment(name));
    }

    private String run(String name, String folder) throws Exception {
        var request = in(name);
        var run = Run.of(new RunId(1), Runs.asked(request), Instant.EPOCH);
        return execute(launcher.prepare(run, Files.createDirectories(home.resolve(folder))));
    }

    private static RunRequest in(String name) {
        return Runs.request("deploy", name, "deploy", 0, false);
    }

    private String execute(Launch launch) throws Exception {
        var said = Files.createTempFile(home, "said", "");
        var builder = new ProcessBuilder(launch.argv())
                .directory(home.resolve("out").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        var process = builder.start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    @Test
    void whatPluginsAndScriptsGaveIsWhatRunsAndTheLastGoodResultServes() throws Exception {
        assertThat(environment("production").hosts()).isEmpty();
        assertThat(ask("production", "vm-1 vm-2")).isInstanceOf(InventoryRefresh.Outcome.Fetched.class);
        var fetched = environment("production");
        assertThat(fetched.hosts()).containsExactlyInAnyOrder("static-1", "vm-1", "vm-2", "from-script");
        assertThat(fetched.groups().get("web")).containsExactly("vm-1", "vm-2");
        assertThat(fetched.groups().get("is_db")).containsExactly("static-1");
        Files.delete(home.resolve("cloud/group_vars/is_db.yml"));
        var sealed = hash.of(in("production"));

        assertThat(run("production", "run-1")).doesNotContain("failed:");
        assertThat(home.resolve("out/vm-1"))
                .hasContent("is_web,web of from-script,static-1,vm-1,vm-2\ncloud from the file -\n");
        assertThat(home.resolve("out/static-1")).hasContent("is_db of from-script,static-1,vm-1,vm-2\ncloud - db!\n");
        assertThat(home.resolve("cloud/asked.txt"))
                .as("a run asks nothing again")
                .hasContent("asked\n");

        clock.go(Duration.ofMinutes(3));
        assertThat(ask("production", "fail")).isInstanceOfSatisfying(InventoryRefresh.Outcome.Failed.class, failed -> {
            assertThat(failed.why()).contains("the cloud is away");
            assertThat(failed.last()).isPresent();
        });
        assertThat(ask("production", "garbage"))
                .isInstanceOfSatisfying(
                        InventoryRefresh.Outcome.Failed.class,
                        failed -> assertThat(failed.why()).isEqualTo("the output is not an inventory in JSON"));
        var kept = environment("production");
        assertThat(kept.hosts()).isEqualTo(fetched.hosts());
        assertThat(kept.fetched().orElseThrow().age(clock.instant()))
                .isEqualTo("fetched 3 min ago; refresh failed just now: the output is not an inventory in JSON");
        assertThat(hash.of(in("production"))).as("only the result is sealed").isEqualTo(sealed);
        assertThat(run("production", "run-2")).contains("the refresh at").contains("failed: the output");

        assertThat(ask("production", "vm-1 vm-3")).isInstanceOf(InventoryRefresh.Outcome.Fetched.class);
        assertThat(hash.of(in("production")).differing(sealed).keySet())
                .containsExactly("inventory/production/fetched.json");

        write("cloud/mode.txt", "vm-9");
        refresh.beforeRun("production");
        assertThat(environment("production").hosts()).as("it is new enough").contains("vm-3");
        clock.go(Duration.ofMinutes(10));
        refresh.beforeRun("production");
        assertThat(environment("production").hosts()).contains("vm-9").doesNotContain("vm-3");
        write("cloud/10-hosts.yml", "all: { hosts: { static-2: } }\n");
        refresh.beforeRun("production");
        assertThat(environment("production").hosts())
                .as("its files have changed")
                .contains("static-2");
    }

    @Test
    void aSourceThatHangsIsGivenUp() throws Exception {
        assertThat(ask("slow", "hang"))
                .isEqualTo(new InventoryRefresh.Outcome.Failed(
                        "its plugins and scripts did not answer in 1 s", Optional.empty()));
        assertThat(environment("slow").fetched().orElseThrow().age(clock.instant()))
                .startsWith("never fetched; refresh failed just now: its plugins");
    }

    @Test
    void anEnvironmentMayBeOneGroupOfAFile() throws Exception {
        var shared = environment("shared");
        assertThat(shared.hosts()).containsExactly("web-1");
        assertThat(shared.groups()).containsOnlyKeys("shared", "spare", "web");
        assertThat(shared.groups().get("spare")).isEqualTo(List.of("web-1"));

        run("shared", "run-1");
        assertThat(home.resolve("out/web-1"))
                .hasContent("shared,spare,web of web-1\n" + home.getFileName() + " of shared -\n");
        assertThat(home.resolve("out/other-1")).doesNotExist();
    }
}
