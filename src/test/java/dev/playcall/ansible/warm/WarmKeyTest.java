package dev.playcall.ansible.warm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.runner.directory.RunDirectory.Launch;
import dev.playcall.runner.directory.RunUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmKeyTest {
    @TempDir
    private Path folder;

    private Path program;

    @BeforeEach
    void programs() throws IOException {
        program = program("one", "#! /opt/venv/bin/python3 -s\nfrom ansible.cli.playbook import main\n");
    }

    @Test
    void runsThatDifferOnlyInWhatEachRunHasOfItsOwnShareAnImport() throws IOException {
        var one = key(Map.of("PLAYCALL_EVENTS", "/runs/1/events", "ANSIBLE_LOCAL_TEMP", "/runs/1/tmp"), "[defaults]\n");
        var two = key(
                Map.of("PLAYCALL_EVENTS", "/runs/2/events", "ANSIBLE_VAULT_IDENTITY_LIST", "a@/runs/2/a"),
                "[defaults]\n");
        assertThat(one).isEqualTo(two);
        assertThat(one.interpreter()).containsExactly("/opt/venv/bin/python3", "-s");
        assertThat(one.environment()).containsOnlyKeys("PATH");
    }

    @Test
    void anotherSettingOrFileOrProgramOrFolderNeedsAnotherImport() throws IOException {
        var key = key(Map.of(), "[defaults]\n");
        assertThat(key(Map.of("ANSIBLE_ROLES_PATH", "/roles"), "[defaults]\n")).isNotEqualTo(key);
        assertThat(key(Map.of("ANSIBLE_CALLBACK_PLUGINS", "/lib/newer"), "[defaults]\n"))
                .isNotEqualTo(key);
        assertThat(key(Map.of(), "[defaults]\nforks = 3\n")).isNotEqualTo(key);
        var other = program("two", "#!/opt/other/bin/python3\n");
        assertThat(WarmKey.of(launch(other, Map.of(), "[defaults]\n", Optional.empty())))
                .isPresent()
                .isNotEqualTo(Optional.of(key));
    }

    @Test
    void aRunOfAnotherUserOrOfAProgramThatIsNoPythonStartsCold() throws IOException {
        var user = new RunUser("ansible", List.of(), List.of(), List.of(), List.of());
        assertThat(WarmKey.of(launch(program, Map.of(), "", Optional.of(user)))).isEmpty();
        for (var first : List.of("#!/bin/sh\n", "#!/usr/bin/env python3\n", "#!python3\n", "\u007fELF", "", "#!")) {
            var other = program("other", first);
            assertThat(WarmKey.of(launch(other, Map.of(), "", Optional.empty())))
                    .as(first)
                    .isEmpty();
        }
        assertThat(WarmKey.of(launch(folder.resolve("gone/ansible-playbook"), Map.of(), "", Optional.empty())))
                .isEmpty();
    }

    @Test
    void theMemoryThatIsFreeIsKnownHere() {
        assertThat(FreeMemory.now().orElseThrow()).isGreaterThan(1L << 20);
    }

    private WarmKey key(Map<String, String> more, String config) throws IOException {
        return WarmKey.of(launch(program, more, config, Optional.empty())).orElseThrow();
    }

    private Path program(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name));
        return Files.writeString(folder.resolve(name).resolve("ansible-playbook"), text);
    }

    private Launch launch(Path program, Map<String, String> more, String config, Optional<RunUser> user)
            throws IOException {
        var file = Files.writeString(Files.createTempFile(folder, "ansible", ".cfg"), config);
        var environment = new LinkedHashMap<>(Map.of("PATH", "/usr/bin", "ANSIBLE_CONFIG", file.toString()));
        environment.putAll(more);
        return new Launch(
                List.of(program.toString(), "site.yml"),
                environment,
                Optional.empty(),
                folder,
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                folder.resolve("cp"),
                List.of(),
                user,
                Map.of());
    }
}
