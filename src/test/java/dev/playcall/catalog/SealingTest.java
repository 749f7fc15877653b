package dev.playcall.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.AnsibleTuning.AnsibleOverrides;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.RunRequest;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A seal changes with everything that would run, and with nothing else. */
class SealingTest {
    @TempDir
    Path home;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
    private final RunRequest request = Runs.request("deploy");
    private ContentHash contentHash;
    private Path user;
    private AnsibleTuning tuning = AnsibleTuning.DEFAULT;

    @BeforeEach
    void open() throws IOException {
        write("inventory/production/hosts.yml", "all: { hosts: { web-1: } }\n");
        write("inventory/staging/hosts.yml", "all: { hosts: { s-1: } }\n");
        write("playbooks/deploy.yml", "- hosts: all\n");
        write("playbooks/roles/web/tasks/main.yml", "- debug:\n");
        user = home.resolve("home-of-user");
        contentHash = new ContentHash(
                new DiskCatalogs(ConfigFile.load(home, Optional.empty(), Map.of()), clock),
                new RolesPath(home, Optional.of(user)),
                Optional::empty,
                () -> tuning,
                false);
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private interface Edit {
        void make() throws IOException;
    }

    private Iterable<String> changedBy(Edit edit) throws IOException {
        var before = contentHash.of(request);
        edit.make();
        clock.go(Duration.ofSeconds(1));
        return before.differing(contentHash.of(request)).keySet();
    }

    @Test
    void whateverThePlaybookCanReachCounts() throws IOException {
        assertThat(changedBy(() -> write("playbooks/deploy.yml", "- hosts: web\n")))
                .containsExactly("playbooks/deploy.yml");
        assertThat(changedBy(() -> write("playbooks/roles/web/tasks/main.yml", "- shell: x\n")))
                .containsExactly("playbooks/roles");
        assertThat(changedBy(() -> write("playbooks/library/own.py", "x"))).containsExactly("playbooks/library");
        assertThat(changedBy(() -> Files.delete(home.resolve("playbooks/roles/web/tasks/main.yml"))))
                .containsExactly("playbooks/roles");
        assertThat(changedBy(() -> write("inventory/production/host_vars/web-1.yml", "a: 1\n")))
                .containsExactly("inventory/production/host_vars");
    }

    @Test
    void howAnsibleIsRunForThisEnvironmentOrOperationAloneCounts() throws IOException {
        var general = AnsibleTuning.DEFAULT;
        var forks = new AnsibleOverrides(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(2),
                Optional.empty());
        var environment = request.environment().value();
        var operation = request.operation().value();
        assertThat(changedBy(() -> tuning = general.with(Map.of(operation, AnsibleOverrides.NONE, "other", forks))))
                .isEmpty();
        assertThat(changedBy(() -> tuning = general.with(Map.of(operation, forks))))
                .containsExactly("operations." + operation + ".ansible");
        assertThat(changedBy(() -> tuning = new AnsibleTuning(
                        general.pipelining(),
                        general.gathering(),
                        general.factCache(),
                        general.sshTimeout(),
                        general.slices(),
                        Map.of(environment, forks, "other", forks),
                        Map.of(operation, forks))))
                .containsExactly("ansible.environments." + environment);
    }

    @Test
    void rolesAndCollectionsBesideThePlaybooksCount() throws IOException {
        assertThat(changedBy(() -> write("roles/db/templates/my.cnf.j2", "a\n")))
                .containsExactly("roles/db");
        assertThat(changedBy(() -> write("roles/db/templates/my.cnf.j2", "b\n")))
                .containsExactly("roles/db");
        assertThat(changedBy(() -> write("collections/ansible_collections/our/own/plugins/modules/x.py", "x")))
                .containsExactly("collections/ansible_collections");
    }

    @Test
    void whatIsInstalledOnThisMachineCounts() throws IOException {
        var role = user.resolve(".ansible/roles/geerlingguy.nginx/tasks/main.yml");
        Files.createDirectories(role.getParent());
        Files.writeString(role, "- debug:\n");
        var part = user.resolve(".ansible/roles").toString();
        assertThat(changedBy(() -> {
                    var before = Files.getLastModifiedTime(role);
                    Files.writeString(role, "- shell:\n");
                    Files.setLastModifiedTime(role, before);
                }))
                .containsExactly(part);
        assertThat(changedBy(() -> {})).isEmpty();
    }

    @Test
    void theRequestItselfCounts() {
        var variables = new TreeMap<String, Value>(request.variables());
        variables.put("version", new Value.Text("v2"));
        var other = new RunRequest(
                request.operation(),
                request.environment(),
                request.playbook(),
                request.lock(),
                request.limit(),
                request.hosts(),
                request.tags(),
                request.check(),
                request.diff(),
                variables,
                request.priority(),
                request.timeout(),
                request.name(),
                request.description(),
                request.retryOf(),
                request.servers(),
                AnsibleOptions.NONE,
                Optional.empty());
        assertThat(contentHash.of(request).differing(contentHash.of(other)).keySet())
                .containsExactly("the request");
    }

    @Test
    void whatIsNotRunDoesNotCount() throws IOException {
        assertThat(changedBy(() -> write("inventory/production/status.yml", "x: 1\n")))
                .isEmpty();
        assertThat(changedBy(() -> write("inventory/production/.status.yml.new", "x: 1\n")))
                .isEmpty();
        assertThat(changedBy(() -> write("inventory/staging/group_vars/all.yml", "x: 1\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "playbooks/status.yml",
                "playbooks/status.yml.old",
                "playbooks/.status.j2",
                "playbooks/.check-1.yml",
                "playbooks/tasks/status.yml",
                "playbooks/.git/index",
                "playbooks/roles/web/.git/objects/ab/cdef",
                "playbooks/filter_plugins/__pycache__/x.cpython-311.pyc",
                "playbooks/library/x.pyc",
                "roles/db/__pycache__/x.pyc",
                "collections/ansible_collections/our/own/plugins/filter/__pycache__/x.pyc",
                "inventory/production/status.yml.d",
                "inventory/production/group_vars/db/status.yml",
                "inventory/production/host_vars/status.yml",
                "home-of-user/.ansible/plugins/filter/__pycache__/x.pyc"
            })
    void noNameIsLeftOut(String file) throws IOException {
        assertThat(changedBy(() -> write(file, "one"))).as("made").isNotEmpty();
        assertThat(changedBy(() -> write(file, "two"))).as("changed").isNotEmpty();
        assertThat(changedBy(() -> Files.delete(home.resolve(file)))).as("gone").isNotEmpty();
    }

    @Test
    void modesCountAndWhereLinksLead() throws IOException {
        var file = home.resolve("playbooks/roles/web/tasks/main.yml");
        assertThat(changedBy(() -> Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"))))
                .containsExactly("playbooks/roles");
        write("elsewhere/a.yml", "a: 1\n");
        write("elsewhere/b.yml", "a: 1\n");
        var link = home.resolve("playbooks/vars.yml");
        assertThat(changedBy(() -> Files.createSymbolicLink(link, Path.of("../elsewhere/a.yml"))))
                .containsExactly("playbooks/vars.yml");
        assertThat(changedBy(() -> write("elsewhere/a.yml", "a: 2\n"))).containsExactly("playbooks/vars.yml");
        assertThat(changedBy(() -> write("elsewhere/a.yml", "a: 1\n"))).containsExactly("playbooks/vars.yml");
        assertThat(changedBy(() -> {
                    Files.delete(link);
                    Files.createSymbolicLink(link, Path.of("../elsewhere/b.yml"));
                }))
                .containsExactly("playbooks/vars.yml");
    }

    @Test
    void movingAFileIsAChange() throws IOException {
        assertThat(changedBy(() -> Files.move(
                        home.resolve("playbooks/roles/web/tasks/main.yml"),
                        home.resolve("playbooks/roles/web/tasks/other.yml"))))
                .containsExactly("playbooks/roles");
    }

    @Test
    void aPlaybookThatIsGoneIsTold() throws IOException {
        assertThat(changedBy(() -> Files.delete(home.resolve("playbooks/deploy.yml"))))
                .contains("the playbook deploy");
    }

    @Test
    void whichEnvironmentsAHostHasDoesNotCountAndEverythingBesidesDoes() throws IOException {
        var hosts = "all:\n  hosts:\n    web-1:\n      a: 1\n    web-2: { a: 1 }\n";
        write("inventory/production/hosts.yml", hosts);
        write("inventory/production/old.ini", "[old]\nweb-3 a=1\n");
        clock.go(Duration.ofSeconds(1));
        var synced = hosts.replace("a: 1\n", "a: 1\n      installed_venvs: [deploy_a1b2c3d4]\n")
                .replace("a: 1 }", "a: 1, installed_venvs: [deploy_a1b2c3d4, other_00112233] }");
        assertThat(changedBy(() -> {
                    write("inventory/production/hosts.yml", synced);
                    write("inventory/production/old.ini", "[old]\nweb-3 a=1 installed_venvs='[\"deploy_a1b2c3d4\"]'\n");
                    write("inventory/production/host_vars/web-4.yml", "installed_venvs: []\n");
                }))
                .isEmpty();
        assertThat(changedBy(() -> write(
                        "inventory/production/hosts.yml",
                        synced.replace("[deploy_a1b2c3d4]", "['{{ lookup(\"pipe\", \"id\") }}']"))))
                .containsExactly("inventory/production/hosts.yml");
        assertThat(changedBy(() -> write("inventory/production/hosts.yml", synced.replace("a: 1\n", "a: 2\n"))))
                .containsExactly("inventory/production/hosts.yml");
        assertThat(changedBy(
                        () -> write("inventory/production/host_vars/web-4.yml", "installed_venvs: []\nother: 1\n")))
                .containsExactly("inventory/production/host_vars");
    }
}
