package dev.playcall.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.cli.client.NextWord;
import dev.playcall.cli.client.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person at the keyboard of the console. */
class ShellTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String UP = "\u001bOA";

    @TempDir
    private Path home;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private LineDisciplineTerminal screen;
    private Path history;
    private Thread shell;

    @BeforeEach
    void open() throws IOException {
        screen = new LineDisciplineTerminal("test", "xterm", shown, StandardCharsets.UTF_8);
        screen.setSize(Size.of(80, 24));
        history = ShellHistory.file(home, Optional.empty());
        shell = Thread.ofVirtual().unstarted(new Shell(screen, false, history, new Gateway())::run);
        shell.start();
        sees("playcall> ");
    }

    @AfterEach
    void close() throws IOException {
        type(CTRL_D);
        leaves();
        screen.close();
    }

    /** Follows a run for as long as somebody looks. */
    private final class Gateway implements Shell.Lines {
        @Override
        public boolean run(String line, Terminal terminal, PrintWriter out, BooleanSupplier left) {
            ran.add(line);
            if (line.startsWith("follow")) {
                await().atMost(SOON).until(left::getAsBoolean);
                out.println("no longer followed");
            }
            return !line.contains("password");
        }

        @Override
        public List<NextWord> suggestions(String line) {
            return line.endsWith(" ")
                    ? List.of(new NextWord("staging", "used last"), new NextWord("production", "production"))
                    : List.of(new NextWord("deploy", "Deploy the application"));
        }
    }

    private void type(String keys) throws IOException {
        screen.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    private void sees(String text) {
        await().atMost(SOON).until(() -> shown.toString(StandardCharsets.UTF_8).contains(text));
        shown.reset();
    }

    private void runs(String... lines) {
        await().atMost(SOON).until(() -> ran.equals(List.of(lines)));
        sees("playcall> ");
    }

    private void leaves() {
        await().atMost(SOON).until(() -> !shell.isAlive());
    }

    @Test
    void whatWasTypedIsKeptForItsUserAloneAndSecretsAreNot() throws IOException {
        type("deploy staging\r");
        runs("deploy staging");
        type("deploy staging db_password=hunter2\r");
        runs("deploy staging", "deploy staging db_password=hunter2");
        type(UP + "\r");
        runs("deploy staging", "deploy staging db_password=hunter2", "deploy staging");
        type(CTRL_D);
        leaves();
        assertThat(Files.readString(history)).contains("deploy staging").doesNotContain("hunter2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
                .isEqualTo("rw-------");
    }

    @Test
    void wordsAreCompletedAndAQuestionMarkListsWhatCanFollow() throws IOException {
        type("dep\t");
        sees("deploy ");
        type("?");
        sees("staging     used last");
        type("st\t\r");
        runs("deploy st");
        type("note why?\r");
        runs("deploy st", "note why?");
    }

    @Test
    void ctrlCClearsTheLineAndLeavesWhenEmptyTwice() throws IOException {
        type("deploy prod");
        sees("deploy prod");
        type(CTRL_C);
        sees("playcall> ");
        type(CTRL_C);
        sees("Press Ctrl-C again");
        type(CTRL_C);
        leaves();
        assertThat(ran).isEmpty();
    }

    @Test
    void ctrlCStopsFollowingARun() throws IOException {
        type("follow 1\r");
        await().atMost(SOON).until(() -> ran.contains("follow 1"));
        type(CTRL_C);
        sees("no longer followed");
        type("status\r");
        runs("follow 1", "status");
    }
}
