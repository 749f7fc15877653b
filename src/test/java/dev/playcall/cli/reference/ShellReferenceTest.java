package dev.playcall.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.cli.CommandInProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shells and {@code man} are told of the command line. */
class ShellReferenceTest {
    @TempDir
    private Path home;

    private String printed(String... words) {
        var result = CommandInProcess.run(home, Map.of(), "", words);
        assertThat(result.code()).as(result.err()).isZero();
        return result.out();
    }

    @Test
    void bashReadsItsScriptAndCompletesACommand() throws Exception {
        var script = Files.writeString(home.resolve("playcall.bash"), printed("completion", "bash"));
        var bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source " + script
                                + "; COMP_WORDS=(playcall comp); COMP_CWORD=1; _complete_playcall; printf '%s\\n"
                                + "' ${COMPREPLY[@]}")
                .redirectErrorStream(true)
                .start();
        assertThat(bash.inputReader().readAllAsString()).contains("completion", "compare");
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void fishKnowsCommandsAndTheirOptions() {
        assertThat(printed("completion", "fish"))
                .contains("-a doctor", "__fish_seen_subcommand_from demo' -l exit")
                .doesNotContain("man-page");
    }

    @Test
    void zshFindsItsScriptInAFolderOfFunctions() {
        assertThat(printed("completion", "zsh")).startsWith("#compdef playcall\n");
    }

    @Test
    void theManualPageNamesEveryCommand() {
        var page = printed("man-page");
        assertThat(page).startsWith(".TH PLAYCALL 1\n").contains(".SS playcall doctor", ".SH EXIT STATUS");
        assertThat(page.lines().filter(l -> l.startsWith("."))).allMatch(l -> l.matches("\\.(TH|SH|SS|TP|B|I)( .*)?"));
    }

    @Test
    void anUnknownShellIsRefused() {
        var result = CommandInProcess.run(home, Map.of(), "", "completion", "tcsh");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("tcsh", "bash, zsh, fish");
    }

    @Test
    void theSchemaOfEachFileIsPrinted() throws IOException {
        for (var file : List.of("playcall", "meta", "environment")) {
            assertThat(printed("schema", file))
                    .isEqualTo(Files.readString(
                            Path.of("src/main/resources/dev/playcall/config/schema", file + ".schema.json")));
        }
        assertThat(CommandInProcess.run(home, Map.of(), "", "schema", "hosts").err())
                .contains("playcall, meta, environment");
    }
}
