package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.Catalog;
import dev.playcall.catalog.ContentHash;
import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.RunIsolation;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.name.RunId;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was approved is what runs: Python itself tells which files a real Ansible opens for a run, and each of them counts. */
class SealedFilesIT {
    private static final List<String> ROOTS = List.of("playbooks", "roles", "collections", "inventory/production");

    /** Told by every Python of the run, the modules and the workers too. */
    private static final String WATCH = """
        import os, sys
        told = os.open(os.environ["OPENED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        def hook(event, args):
            if event == "open" and isinstance(args[0], (str, bytes)) and not (args[2] or 0) & (os.O_WRONLY | os.O_RDWR):
                os.write(told, os.path.abspath(os.fsencode(args[0])) + b"\\n")
        sys.addaudithook(hook)
        """;

    private static final String PLAYBOOK = """
        - name: Read everything
          hosts: web
          connection: local
          gather_facts: false
          vars_files: [status.yml]
          roles: [inner, outer]
          vars:
            out: "{{ playbook_dir }}/../out"
          tasks:
            - ansible.builtin.include_tasks: tasks/status.yml
            - ansible.builtin.copy: { src: app/, dest: "{{ out }}/app/", mode: preserve }
            - ansible.builtin.template: { src: page.j2, dest: "{{ out }}/page", mode: "0600" }
            - ansible.builtin.script: files/run.sh
            - own:
            - our.own.other:
            - ansible.builtin.assert:
                that:
                  - ('x' | status) == 'x filtered'
                  - lookup('ansible.builtin.file', 'note.txt') == 'note'
                  - of_status_file == 1
                  - of_group_directory == 1
                  - beside_the_playbook == 1
                  - of_host == 1
        """;

    private static final String MODULE = """
        from ansible.module_utils.basic import AnsibleModule
        from ansible.module_utils.helper import WORD
        AnsibleModule(argument_spec={}).exit_json(msg=WORD)
        """;

    @TempDir
    private Path home;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final RunRequest request = Runs.request("deploy");

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void project() throws IOException {
        write("inventory/production/hosts.yml", "all: { children: { web: { hosts: { web-1: } } } }\n");
        write("inventory/production/group_vars/web/status.yml", "of_group_directory: 1\n");
        write("inventory/production/host_vars/web-1.yml", "of_host: 1\n");
        write("inventory/production/config.yml", "{}\n");
        write("playbooks/deploy.yml", PLAYBOOK);
        write("playbooks/status.yml", "of_status_file: 1\n");
        write("playbooks/.check-1.yml", "- debug:\n");
        write("playbooks/group_vars/all.yml", "beside_the_playbook: 1\n");
        write("playbooks/tasks/status.yml", "- ansible.builtin.debug: { msg: included }\n");
        write("playbooks/files/app/__pycache__/x.pyc", "x");
        write("playbooks/files/app/.git/config", "x");
        write("playbooks/files/app/status.yml.d", "x");
        write("playbooks/files/note.txt", "note");
        write("playbooks/files/run.sh", "#!/bin/sh\ntrue\n");
        write("playbooks/templates/page.j2", "{% include 'part.j2' %}\n");
        write("playbooks/templates/part.j2", "part\n");
        write("playbooks/library/own.py", MODULE);
        write("playbooks/module_utils/helper.py", "WORD = 'own'\n");
        write("playbooks/filter_plugins/status.py", """
            class FilterModule:
                def filters(self):
                    return {"status": lambda x: x + " filtered"}
            """);
        // Nobody has compiled this one, and a run must not leave its byte code behind.
        write("playbooks/filter_plugins/second.py", "class FilterModule:\n    def filters(self):\n        return {}\n");
        write("playbooks/roles/inner/tasks/main.yml", "- ansible.builtin.debug: { msg: '{{ word }}' }\n");
        write("playbooks/roles/inner/defaults/main.yml", "word: inner\n");
        write("playbooks/roles/inner/meta/main.yml", "dependencies: []\n");
        write("roles/outer/tasks/main.yml", "- ansible.builtin.debug: { msg: '{{ word }}' }\n");
        write("roles/outer/vars/main.yml", "word: outer\n");
        write(
                "collections/ansible_collections/our/own/plugins/modules/other.py",
                MODULE.replace(
                        "ansible.module_utils.helper", "ansible_collections.our.own.plugins.module_utils.words"));
        write("collections/ansible_collections/our/own/plugins/module_utils/words.py", "WORD = 'of a collection'\n");
        write("elsewhere/linked.yml", "linked: 1\n");
        Files.createSymbolicLink(home.resolve("playbooks/group_vars/web.yml"), Path.of("../../elsewhere/linked.yml"));
        Files.createDirectories(home.resolve("out"));
        write("watch/sitecustomize.py", WATCH);
    }

    private void program(Map<String, String> environment, List<String> argv) throws IOException, InterruptedException {
        var said = Files.createTempFile(home, "said", "");
        var builder = new ProcessBuilder(argv).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.directory(home.resolve("playbooks").toFile()).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    }

    private SortedSet<String> opened(AnsibleLauncher launcher) throws Exception {
        var run = Run.of(new RunId(1), Runs.asked(request), Instant.EPOCH);
        var launch = launcher.prepare(run, Files.createDirectories(home.resolve("run")));
        var environment = new java.util.HashMap<>(launch.environment());
        environment.put("PYTHONPATH", home.resolve("watch").toString());
        environment.put("OPENED", home.resolve("opened").toString());
        program(environment, launch.argv());
        return Files.readAllLines(home.resolve("opened")).stream()
                .filter(f -> ROOTS.stream().anyMatch(r -> f.startsWith(home.resolve(r) + "/")))
                .filter(f -> Files.isRegularFile(Path.of(f)))
                .map(f -> home.relativize(Path.of(f)).toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedSet<String> all() throws IOException {
        var all = new TreeSet<String>();
        for (var root : ROOTS) {
            try (Stream<Path> found = Files.walk(home.resolve(root))) {
                found.filter(Files::isRegularFile)
                        .map(f -> home.relativize(f).toString())
                        .forEach(all::add);
            }
        }
        return all;
    }

    @Test
    void everyFileThatAnsibleReadsForARunVoidsItsApprovalWhenItChanges() throws Exception {
        project();
        var path = System.getenv().getOrDefault("PATH", "");
        program(Map.of("PATH", path), List.of("/usr/bin/python3", "-m", "py_compile", "filter_plugins/status.py"));
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var rolesPath = new RolesPath(home, Optional.of(home.resolve("user")));
        var settings = new AnsibleSettings(
                home,
                config.paths().inventory(),
                config.paths().playbooks(),
                config.paths().project(),
                rolesPath,
                5,
                AnsibleTuning.DEFAULT,
                home.resolve("data/facts"),
                true,
                Duration.ofSeconds(1),
                RunIsolation.NONE,
                Map.of("HOME", home.resolve("user").toString()));
        var contentHash = new ContentHash(new DiskCatalogs(config, clock), rolesPath);
        var agreed = contentHash.of(request);

        var opened = opened(new AnsibleLauncher(
                () -> settings,
                new ProgramPaths(path),
                PythonFiles.unpack(home.resolve("data/lib")),
                MemorySecrets.emptyVault(),
                ContentSource.FIXED,
                () -> Catalog.EMPTY));
        assertThat(opened)
                .as("what Ansible opened")
                .contains(
                        "playbooks/status.yml",
                        "playbooks/tasks/status.yml",
                        "playbooks/files/app/__pycache__/x.pyc",
                        "playbooks/files/app/.git/config",
                        "playbooks/templates/part.j2",
                        "playbooks/module_utils/helper.py",
                        "playbooks/group_vars/web.yml",
                        "roles/outer/vars/main.yml",
                        "collections/ansible_collections/our/own/plugins/module_utils/words.py",
                        "inventory/production/group_vars/web/status.yml")
                .anyMatch(f -> f.matches("playbooks/filter_plugins/__pycache__/status\\..*\\.pyc"));
        assertThat(contentHash.of(request))
                .as("a run by itself changes nothing")
                .isEqualTo(agreed);

        var mustCount = new TreeSet<>(opened);
        mustCount.addAll(all());
        for (var name : mustCount) {
            var file = home.resolve(name);
            var before = Files.readAllBytes(file);
            Files.writeString(file, "\n# changed", StandardOpenOption.APPEND);
            assertThat(contentHash.of(request)).as(name).isNotEqualTo(agreed);
            Files.write(file, before);
        }
        assertThat(contentHash.of(request)).as("all as it was").isEqualTo(agreed);

        var script = home.resolve("playbooks/files/run.sh");
        var modes = Files.getPosixFilePermissions(script);
        modes.add(PosixFilePermission.OWNER_EXECUTE);
        Files.setPosixFilePermissions(script, modes);
        assertThat(contentHash.of(request)).as("copied with its mode").isNotEqualTo(agreed);
    }
}
