package dev.playcall.venv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.playcall.catalog.file.RolesPath;
import dev.playcall.catalog.playbook.Playbook;
import dev.playcall.catalog.playbook.PlaybookVenv;
import dev.playcall.catalog.playbook.Prompts;
import dev.playcall.config.Config;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.content.ContentException;
import dev.playcall.domain.name.PlaybookName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked before a specification is written, and what stops it. */
class PlaybookSpecsTest {
    private static final String MISSING =
            "playbooks/site.yml:3: couldn't resolve module/action 'community.general.ufw'. This often indicates";

    @TempDir
    Path home;

    private Optional<String> syntax = Optional.empty();
    private PlaybookSpecs specs;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(home.resolve("bin"));
        write("playbooks/site.yml", "- hosts: all\n  tasks:\n    - community.general.ufw: { state: enabled }\n");
        specs = new PlaybookSpecs(
                this::config,
                () -> new RolesPath(home, Optional.empty()),
                (_, _) -> syntax,
                Map.of("PATH", home.resolve("bin") + ":/usr/bin:/bin"),
                Clock.systemUTC());
    }

    private Config config() {
        return ConfigFile.load(home, Optional.empty(), Map.of());
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Playbook playbook() {
        return playbook("site", false);
    }

    private Playbook playbook(String name, boolean share) {
        var file = home.resolve("playbooks/" + name + ".yml");
        return new Playbook(
                new PlaybookName(name),
                file,
                name,
                "",
                Optional.empty(),
                Optional.empty(),
                Playbook.Danger.NORMAL,
                new Playbook.Inputs(List.of(), new Prompts(List.of(), java.util.Set.of()), new java.util.TreeMap<>()),
                new PlaybookVenv("auto", List.of("acme.tools"), List.of("jmespath>=1.0"), "", share),
                Optional.empty(),
                Optional.empty(),
                java.util.Collections.emptySortedSet());
    }

    /** Says what ansible-lint 6 says with {@code -f json}, and where it was asked. */
    private void lint(String findings, int code) throws IOException {
        write(
                "bin/ansible-lint",
                "#!/bin/sh\necho \"$@\" > " + home + "/asked\ncat <<'E'\n" + findings + "\nE\nexit " + code + "\n");
        Files.setPosixFilePermissions(home.resolve("bin/ansible-lint"), PosixFilePermissions.fromString("rwx------"));
    }

    private static String finding(String description) {
        return "[{\"type\": \"issue\", \"check_name\": \"syntax-check[specific]\", \"severity\": \"blocker\","
                + " \"location\": {\"path\": \"playbooks/site.yml\", \"lines\": {\"begin\": 3}},"
                + " \"description\": \"" + description
                + "\"}]";
    }

    @Test
    void whatIsDeclaredBelongsToTheSpecification() throws Exception {
        var spec = specs.analyze(playbook(), true);
        assertThat(spec.needs().collections()).containsExactly("acme.tools", "community.general");
        assertThat(spec.needs().pythonPackages()).containsExactly("ansible-core>=2.14", "jmespath>=1.0");
        assertThat(specs.find(spec.name())).contains(spec);
        assertThat(specs.names()).containsExactly(spec.name());
    }

    @Test
    void aPlaybookWithAMistakeIsRefusedInOneLineAndNothingIsWritten() throws Exception {
        syntax = Optional.of("site.yml:3: conflicting action statements: ping, setup");
        assertThatThrownBy(() -> specs.analyze(playbook(), true))
                .isInstanceOf(ContentException.class)
                .hasMessage("site.yml:3: conflicting action statements: ping, setup");
        assertThat(specs.names()).isEmpty();
        assertThat(specs.analyze(playbook(), false).name()).startsWith("site_");
    }

    @Test
    void aCollectionThatTheEnvironmentGetsNeedNotBeOnThisMachine() throws Exception {
        syntax = Optional.of(MISSING);
        assertThat(specs.analyze(playbook(), true).name()).startsWith("site_");
        syntax = Optional.of(MISSING.replace("community.general", "other.one"));
        assertThatThrownBy(() -> specs.analyze(playbook(), true)).hasMessageContaining("other.one.ufw");
    }

    @Test
    void ansibleLintIsAskedWhereItIsInstalledAndOnlyForWhatStopsAPlaybook() throws Exception {
        syntax = Optional.of("not asked");
        lint(finding("couldn't resolve module/action 'community.general.ufw'."), 2);
        assertThat(specs.analyze(playbook(), true).name()).startsWith("site_");
        assertThat(home.resolve("asked"))
                .content()
                .contains("--offline", "-c", home.resolve("playbooks/site.yml").toString());
        lint(finding("conflicting action statements"), 2);
        assertThatThrownBy(() -> specs.analyze(playbook(), true))
                .hasMessage("playbooks/site.yml:3: conflicting action statements");
        lint("no JSON", 3);
        assertThatThrownBy(() -> specs.analyze(playbook(), true)).hasMessageStartingWith("ansible-lint ended with 3");
        write("config/playcall.yml", "venv: { lint: false }\n");
        assertThatThrownBy(() -> specs.analyze(playbook(), true)).hasMessage("not asked");
    }

    /** Only where it is installed: its package is no part of Ansible's. */
    @Test
    void theProgramItselfSaysWhereAPlaybookIsWrongAndExecutesNothing() throws Exception {
        assumeThat(new LintProgram(System.getenv()).find())
                .as("ansible-lint is installed")
                .isPresent();
        specs = new PlaybookSpecs(
                this::config,
                () -> new RolesPath(home, Optional.empty()),
                (_, _) -> Optional.of("not asked"),
                System.getenv(),
                Clock.systemUTC());
        write("callback_plugins/loud.py", "open('" + home + "/executed', 'w')\n");
        write("playbooks/filter_plugins/loud.py", "open('" + home + "/executed', 'w')\n");
        assertThat(specs.analyze(playbook(), true).name()).startsWith("site_");
        write("playbooks/site.yml", "- hosts: all\n  tasks:\n    - ping:\n      setup:\n");
        assertThatThrownBy(() -> specs.analyze(playbook(), true))
                .hasMessageMatching("(playbooks/)?site\\.yml:3: [Cc]onflicting action statements: ping, setup.*");
        assertThat(home.resolve("executed")).doesNotExist();
    }

    @Test
    void playbooksThatNeedTheSameShareASpecificationWhereTheySaySo() throws Exception {
        var site = playbook("site", true);
        var other = playbook("other", true);
        write("playbooks/other.yml", "- hosts: db\n  tasks:\n    - community.general.ufw: { state: disabled }\n");
        var first = specs.analyze(site, false);
        assertThat(first.name()).matches("shared_[0-9a-f]{8}");
        var file = home.resolve("data/venv_specs/" + first.name() + ".yml");
        var written = Files.readString(file);
        assertThat(written).contains("source_playbook: \"site.yml\"", "files: []");
        assertThat(specs.analyze(other, false).name()).isEqualTo(first.name());
        assertThat(Files.readString(file)).isEqualTo(written);
        assertThat(specs.users(first.name(), List.of(site, other))).containsExactly(site, other);
        write("playbooks/site.yml", "- hosts: all\n  tasks:\n    - community.general.ufw: { state: reloaded }\n");
        assertThat(specs.analyze(site, false).name()).isEqualTo(first.name());
        write("playbooks/other.yml", "- hosts: db\n  tasks:\n    - community.docker.docker_host_info:\n");
        assertThat(specs.analyze(other, false).name()).isNotEqualTo(first.name());
        assertThat(specs.isCurrent(first.name(), List.of(other, playbook("site", false))))
                .isFalse();
        assertThat(specs.isCurrent(first.name(), List.of(other, site))).isTrue();
    }

    @Test
    void aPlaybookThatIsNotYamlIsNamedWithItsLine() throws Exception {
        write("playbooks/site.yml", "- hosts: all\n  tasks: [\n");
        assertThatThrownBy(() -> specs.analyze(playbook(), true)).hasMessageMatching("(?s)site\\.yml:\\d+: .*");
    }
}
