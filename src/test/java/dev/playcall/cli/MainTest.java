package dev.playcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What the command line says to those who do not know it yet. */
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int said(String... words) {
        return Main.execute(new PrintWriter(out), new PrintWriter(err), words);
    }

    @Test
    void helpIsACommandToo() {
        assertThat(said("help")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("Usage: playcall", "retry", "only the hosts that did not end well");
        assertThat(said("help", "retry")).isEqualTo(Main.OK);
        assertThat(out.toString()).contains("Usage: playcall retry");
    }

    @Test
    void whoTypesAnOperationIsToldHowToStartIt() {
        assertThat(said("deploy", "production", "version=v1")).isEqualTo(Main.USAGE);
        assertThat(err.toString())
                .contains("there is no command deploy", "./playcall run deploy production version=v1")
                .hasLineCount(1);
    }

    @Test
    void aWrongOptionOfACommandIsStillThatCommandsMatter() {
        assertThat(said("backup")).isEqualTo(Main.USAGE);
        assertThat(err.toString()).contains("Missing required parameter", "Usage: playcall backup");
    }
}
