package dev.playcall.venv;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.content.ExternalProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why an environment cannot be made, in one line: of pip on this machine, and of the program that works on a host. */
class VenvProgramsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError('<x>: Failed to establish a new connection: [Errno 111] Connection refused')': /simple/a/ | the package index cannot be reached: Connection refused
        WARNING: after connection broken by 'NewConnectionError('<x>: Failed to establish a new connection: [Errno -2] Name or service not known')' | the package index cannot be reached: Name or service not known
        WARNING: after connection broken by "ReadTimeoutError('Read timed out. (read timeout=15)')" | the package index cannot be reached: Read timed out
        ERROR: Could not find a version that satisfies the requirement a | No matching distribution found for a
        """)
    void anIndexThatIsNotReachedIsNoPackageThatDoesNotExist(String said, String why) {
        var ended = new ExternalProgram.Ended(1, "", said + "\nERROR: No matching distribution found for a\n");
        assertThat(VenvBuilder.failed("pip", ended, "").why()).isEqualTo("pip: " + why);
    }

    private ObjectNode request() {
        return new ObjectMapper()
                .createObjectNode()
                .put("root", folder.resolve("venvs").toString())
                .put("name", "site_00000000")
                .put("requirements", "aa")
                .put("python", "")
                .put("force", false)
                .put("space", 1L << 20);
    }

    private String check(ObjectNode request) throws IOException, InterruptedException {
        return check(request, "");
    }

    /** @param before what Python executes first */
    private String check(ObjectNode request, String before) throws IOException, InterruptedException {
        var program = HostDeployment.program(request, folder);
        Files.writeString(program, before + Files.readString(program));
        var process = new ProcessBuilder("/usr/bin/python3", "-I", "-", "check")
                .redirectInput(program.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said.strip();
    }

    @Test
    void aHostWithoutSpaceOrWithAnotherPythonIsRefusedInOneLine() throws Exception {
        assertThat(check(request().put("space", 1L << 60)))
                .matches("site_00000000 cannot be made: only \\d+ MB are free in .*/venvs, and an environment takes"
                        + " about \\d+ MB");
        assertThat(check(request().put("python", ">=4.0")))
                .matches("site_00000000 cannot be made: it needs Python >=4.0, and this host has 3\\.\\d+");
        assertThat(check(request(), "import sys; sys.executable = '/bin/false'\n"))
                .isEqualTo(
                        "site_00000000 cannot be made: python3 cannot make environments on this host (apt-get install"
                                + " python3-venv)");
        var venvs = folder.resolve("venvs");
        assertThat(venvs).doesNotExist();
        for (var python : List.of("", ">=3.5,<4,!=3.6,~=3.5")) {
            var place = check(request().put("python", python)).replaceFirst("^absent ", "");
            assertThat(Path.of(place)).isEmptyDirectory().hasParent(venvs);
        }
    }
}
