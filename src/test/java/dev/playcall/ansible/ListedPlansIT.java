package dev.playcall.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.catalog.file.RolesPath;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.RunIsolation;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real Ansible says a run would do. */
class ListedPlansIT {
    @TempDir
    Path home;

    private ListedPlans plans;

    @BeforeEach
    void open() throws IOException {
        write(
                "inventory/production/hosts.yml",
                "all: { children: { web: { hosts: { web-1: , web-2: } }, db: { hosts: { db-1: } } } }\n");
        write("data/plans/plan-old/vars.json", "{}");
        var config = ConfigFile.load(home, Optional.empty(), Map.of());
        var settings = new AnsibleSettings(
                home,
                config.paths().inventory(),
                config.paths().playbooks(),
                config.paths().project(),
                RolesPath.of(config.paths(), Map.of()),
                5,
                AnsibleTuning.DEFAULT,
                home.resolve("data/facts"),
                true,
                Duration.ofSeconds(1),
                RunIsolation.NONE,
                System.getenv());
        plans = new ListedPlans(
                () -> settings,
                new ProgramPaths(System.getenv().getOrDefault("PATH", "")),
                PythonFiles.unpack(home.resolve("data/lib")),
                new DiskCatalogs(config, Clock.systemUTC()),
                MemorySecrets.emptyVault(),
                home.resolve("data/plans"),
                text -> text.replace("hunter2", "[secret]"),
                ContentSource.FIXED);
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void hostsAndTasksAreListedAndNothingIsLeftBehind() throws IOException {
        write("playbooks/deploy.yml", """
            - name: Roll out
              hosts: web
              tasks:
                - name: Copy the release
                  ansible.builtin.debug:
                - name: Log in with hunter2
                  ansible.builtin.debug:
            """);
        var plan = plans.of(Runs.request("deploy"));
        assertThat(plan.listingError()).isEmpty();
        assertThat(plan.hosts()).containsExactly("web-1", "web-2");
        assertThat(plan.tasks()).containsExactly("Roll out (web)", "  Copy the release", "  Log in with [secret]");
        assertThat(home.resolve("data/plans")).isEmptyDirectory();
    }

    @Test
    void whatAnsibleCannotReadIsSaid() throws IOException {
        write("playbooks/deploy.yml", "- hosts: web\n  tasks:\n    - include_nothing_like_it: x\n");
        var plan = plans.of(Runs.request("deploy"));
        assertThat(plan.listingError()).startsWith("the tasks could not be listed: ");
        assertThat(plan.hosts()).containsExactly("web-1", "web-2", "db-1");
    }
}
