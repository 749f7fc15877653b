package dev.playcall.catalog.ansiblecfg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.ansiblecfg.AnsibleCfg.Note;
import dev.playcall.config.AnsibleTuning;
import dev.playcall.config.AnsibleTuning.AnsibleOverrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an ansible.cfg counts, and that the rest is said. */
class AnsibleCfgTest {
    @TempDir
    Path project;

    private AnsibleCfg read(String text) throws IOException {
        Files.writeString(project.resolve("ansible.cfg"), text);
        return AnsibleCfg.read(project);
    }

    private static List<String> notes(AnsibleCfg cfg) {
        return cfg.notes().stream().map(Note::toString).toList();
    }

    @Test
    void whatIsSafeCountsWithPathsFromItsFolder() throws IOException {
        var cfg = read("""
            # of the team
            [defaults]
            Roles_Path = vendor/roles:./roles ; ours first
            library: library
            hash_behaviour = merge
            forks = 7
            fact_caching = jsonfile
            fact_caching_connection = .facts
            vault_identity_list = dev@vault/dev

            [ssh_connection]
            ssh_args = -C
                -o ControlPersist=5m
            """);
        assertThat(cfg.notes()).isEmpty();
        assertThat(cfg.roles())
                .containsExactly(
                        project + "/vendor/roles", project.resolve("roles").toString());
        assertThat(cfg.folders())
                .containsExactly(project.resolve("vendor/roles"), project.resolve("roles"), project.resolve("library"));
        assertThat(cfg.secrets()).containsExactly(project.resolve("vault/dev"));
        assertThat(cfg.forks(50)).isEqualTo(7);
        assertThat(cfg.forks(5)).as("a ceiling").isEqualTo(5);
        assertThat(text(cfg, AnsibleTuning.DEFAULT)).isEqualTo("""
            [defaults]
            fact_caching = jsonfile
            fact_caching_connection = %1$s/.facts
            gathering = smart
            hash_behaviour = merge
            library = %1$s/library
            timeout = 30
            vault_identity_list = dev@%1$s/vault/dev
            [ssh_connection]
            pipelining = True
            ssh_args = -C -o ControlPersist=5m
            """.formatted(project));
    }

    private static String text(AnsibleCfg cfg, AnsibleTuning tuning) {
        return cfg.text(RunTuning.general(cfg, tuning, 50), Optional.empty());
    }

    @Test
    void anOperationAndAnEnvironmentCountBeforeTheRepositoryAndEachValueSaysWhereItIsFrom() throws IOException {
        var slow = new AnsibleOverrides(
                Optional.of(false),
                Optional.empty(),
                Optional.of(Duration.ofHours(24)),
                Optional.empty(),
                Optional.of(100),
                Optional.of(AnsibleTuning.AUTO));
        var few = new AnsibleOverrides(
                Optional.empty(),
                Optional.of("explicit"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(5),
                Optional.empty());
        var tuning = new AnsibleTuning(
                true, "smart", Duration.ZERO, Duration.ofSeconds(30), 2, Map.of("prod", slow), Map.of("deploy", few));
        var cfg = read("[defaults]\npipelining = yes\ntimeout = 10\n");
        var run = RunTuning.of(cfg, tuning, 50, "prod", "deploy");
        assertThat(run.line())
                .isEqualTo("pipelining false (ansible.environments.prod.pipelining), "
                        + "gathering explicit (operations.deploy.ansible.gathering), "
                        + "fact_cache 1d (ansible.environments.prod.fact_cache), ssh_timeout 10 (ansible.cfg), "
                        + "forks 5 (operations.deploy.ansible.forks), "
                        + "slices auto (ansible.environments.prod.slices)");
        assertThat(cfg.text(run, Optional.of(Path.of("/data/facts/prod")))).isEqualTo("""
            [defaults]
            fact_caching = jsonfile
            fact_caching_connection = /data/facts/prod
            fact_caching_timeout = 86400
            gathering = explicit
            timeout = 10
            [ssh_connection]
            pipelining = False
            """);
        assertThat(RunTuning.of(cfg, tuning, 50, "prod", "other").hostsAtATime())
                .isEqualTo(100);
        assertThat(RunTuning.of(cfg, tuning, 50, "test", "other").line())
                .isEqualTo("pipelining yes (ansible.cfg), gathering smart (ansible.gathering), "
                        + "fact_cache off (ansible.fact_cache), ssh_timeout 10 (ansible.cfg), forks 50 (ansible.forks), "
                        + "slices 2 (ansible.slices)");
    }

    @Test
    void whatTheRepositorySaysCountsBeforeTheConfiguration() throws IOException {
        var tuning = new AnsibleTuning(false, "explicit", Duration.ofMinutes(1));
        assertThat(text(read("[defaults]\ngathering = implicit\n"), tuning))
                .isEqualTo("[defaults]\ngathering = implicit\ntimeout = 60\n[ssh_connection]\npipelining = False\n");
        assertThat(text(read("[connection]\npipelining = no\n[ssh_connection]\ntimeout = 5\n"), AnsibleTuning.DEFAULT))
                .isEqualTo("[connection]\n"
                        + "pipelining = no\n"
                        + "[defaults]\n"
                        + "gathering = smart\n"
                        + "[ssh_connection]\n"
                        + "timeout = 5\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        defaults|log_path = a.log|log_path is not used: Playcall keeps the log of each run
        defaults|stdout_callback = yaml|stdout_callback is not used: Playcall reads a run with a callback of its own
        defaults|retry_files_enabled = no|retry_files_enabled is not used: retry repeats the hosts that failed
        ssh_connection|control_path = /tmp/x|control_path is not used: each run has connections of its own
        inventory|enable_plugins = ini|enable_plugins is not used: the environment decides which inventory is read (paths.inventory, environments)
        defaults|local_tmp = /tmp|local_tmp is not used: each run has a folder of its own
        defaults|hash_behavior = merge|hash_behavior is not a setting that is known, and not used; did you mean hash_behaviour?
        defaults|roles_path = ../x|roles_path names ../x, which is not in the repository, and is not used; put it into the repository, or set paths.project to a folder that holds both
        defaults|vault_password_file = ~/.v|vault_password_file names ~/.v, which is not in the repository, and is not used; keep the password as a secret: ./playcall secret set vault --kind vault_password
        defaults|vault_identity_list = a@prompt|vault_identity_list asks for the password of a@prompt, and nobody is there to be asked; keep it as a secret: ./playcall secret set vault --kind vault_password
        privilege_escalation|become_ask_pass = yes|become_ask_pass is not used: nobody is there to be asked; keep it as a secret (docs/secrets.md)
        """)
    void whatDoesNotCountIsSaidWithItsLineAndTheReason(String section, String line, String note) throws IOException {
        var cfg = read("[" + section + "]\n" + line + "\n");
        assertThat(notes(cfg)).containsExactly("ansible.cfg:2: [" + section + "] " + note);
        assertThat(cfg.settings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a = 1                          | ansible.cfg:1: a setting has to be below a [section]; Ansible refuses such a file
        [defaults]%forks = 1%FORKS = 2 | ansible.cfg:3: forks is here twice in [defaults]; Ansible refuses such a file
        [a]%[a]                        | ansible.cfg:2: the section [a] is here twice; Ansible refuses such a file
        [defaults]%forks               | ansible.cfg:2: "forks" is not a setting (key = value); Ansible refuses such a file
        """)
    void whatAnsibleRefusesIsRefused(String text, String why) throws IOException {
        assertThat(read(text.replace('%', '\n')).broken()).map(Note::toString).contains(why);
    }

    @Test
    void aLinkOutOfTheRepositoryDoesNotCount(@TempDir Path elsewhere) throws IOException {
        Files.createSymbolicLink(project.resolve("roles"), elsewhere);
        assertThat(read("[defaults]\nroles_path = roles\n").folders()).isEmpty();
    }
}
