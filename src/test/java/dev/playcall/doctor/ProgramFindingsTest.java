package dev.playcall.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.ansible.ProgramPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramFindingsTest {
    @TempDir
    private Path bin;

    private String ansible(String script) throws IOException {
        var program = Files.writeString(bin.resolve("ansible-playbook"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        var finding = ProgramFindings.of(new ProgramPaths(bin.toString())).get(1);
        return finding.level().name().toLowerCase(Locale.ROOT) + ": " + finding.text();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        2.13.13  | error: ansible-core 2.13.13 is too old; Playcall needs 2.14 or newer: pipx install ansible-core
        2.14.18  | ok: ansible-playbook (ansible-core 2.14.18)
        2.19.11  | ok: ansible-playbook (ansible-core 2.19.11)
        2.22.0b2 | warning: ansible-core 2.22.0b2 is a pre-release; use a release in production
        2.23.0   | warning: ansible-core 2.23.0 is newer than 2.22, the newest version that Playcall was tested with
        3.0.1    | warning: ansible-core 3.0.1 is newer than 2.22, the newest version that Playcall was tested with
        """)
    void theVersionOfAnsibleIsNamedAndJudged(String version, String finding) throws IOException {
        assertThat(ansible("echo 'ansible-playbook [core " + version + "]'")).isEqualTo(finding);
    }

    @Test
    void oneThatDoesNotStartIsNotCalledInstalled() throws IOException {
        assertThat(ansible("echo 'ModuleNotFoundError: No module named ansible' >&2; exit 1"))
                .isEqualTo("error: ansible-playbook does not work: ModuleNotFoundError: No module named ansible");
        assertThat(ansible("exit 1")).isEqualTo("error: ansible-playbook does not work: it says nothing");
    }
}
