package dev.playcall.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.ansible.ProgramPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramFindingsTest {
    @TempDir
    private Path bin;

    private void program(String name, String text) throws IOException {
        var program = Files.writeString(bin.resolve(name), text + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private String ansible(String script) throws IOException {
        program("ansible-playbook", "#!/bin/sh\n" + script);
        return found();
    }

    private String found() {
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

    /** @param alone what the Python says that is asked without the program */
    private String ofPython(String alone) throws IOException {
        program("ansible-playbook", "#!" + bin.resolve("python3") + "\nfrom ansible.cli.playbook import main");
        program("python3", "#!/bin/sh\ncase $1 in -c) " + alone + ";; *) echo 'ansible-playbook [core 2.16.3]';; esac");
        return found();
    }

    @Test
    void thePythonOfTheProgramIsAskedAndTheProgramWhereThatDoesNotKnow() throws IOException {
        assertThat(ofPython("echo 2.19.11")).isEqualTo("ok: ansible-playbook (ansible-core 2.19.11)");
        for (var silent : List.of("exit 1", "echo", "echo ModuleNotFoundError", ":")) {
            assertThat(ofPython(silent)).as(silent).isEqualTo("ok: ansible-playbook (ansible-core 2.16.3)");
        }
    }

    @Test
    void oneThatDoesNotStartIsNotCalledInstalled() throws IOException {
        assertThat(ansible("echo 'ModuleNotFoundError: No module named ansible' >&2; exit 1"))
                .isEqualTo("error: ansible-playbook does not work: ModuleNotFoundError: No module named ansible");
        assertThat(ansible("exit 1")).isEqualTo("error: ansible-playbook does not work: it says nothing");
    }
}
