package dev.playcall.chat.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.testing.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogsTest {
    private static final Instant T = Instant.parse("2026-01-31T09:30:00Z");

    @TempDir
    private Path folder;

    private FileLogs logs;

    @BeforeEach
    void open() throws IOException {
        logs = new FileLogs(folder.resolve("logs"));
        Files.createDirectories(folder.resolve("logs/production"));
    }

    private static Run run(String log) {
        return Run.of(new RunId(1), Runs.asked("deploy"), T)
                .after(new RunEvent.Started("n", log), T)
                .orElseThrow();
    }

    private Run written(String text) throws IOException {
        Files.writeString(folder.resolve("logs/production/x.log"), text);
        return run("production/x.log");
    }

    @Test
    void theLastLinesAreGivenInTheirOrder() throws IOException {
        var run = written("one\ntwo\nthrée\nno line feed");
        assertThat(logs.tail(run, 2, Optional.empty())).containsExactly("thrée", "no line feed");
        assertThat(logs.tail(run, 100, Optional.empty())).hasSize(4);
    }

    @Test
    void whatATaskChangedBelongsToTheHostThatIsNamedAfterIt() throws IOException {
        var run = written("""
                TASK [Write] ****
                --- before: /etc/motd
                +++ after: /etc/motd
                @@ -1 +1 @@
                -one
                +of web-1

                changed: [web-1]
                --- before: /etc/motd
                +++ after: /etc/motd
                @@ -1 +1 @@
                -one
                +of web-2

                changed: [web-2]
                --- before: /etc/motd
                +++ after: /etc/motd
                +of nobody that is asked for
                changed: [web-3]
                TASK [Next] ****
                """);
        assertThat(logs.tail(run, 100, Optional.of("web-2")))
                .containsExactly(
                        "TASK [Write] ****",
                        "--- before: /etc/motd",
                        "+++ after: /etc/motd",
                        "@@ -1 +1 @@",
                        "-one",
                        "+of web-2",
                        "",
                        "changed: [web-2]",
                        "TASK [Next] ****");
    }

    @Test
    void ofOneHostItsLinesAreGivenWithTheHeadlinesAbove() throws IOException {
        var run = written("""
                PLAY [Deploy] ****
                TASK [Unpack] ****
                ok: [web-1]
                ok: [web-2]
                TASK [Health check] ****
                FAILED - RETRYING: [web-2]: Health check (1 retries left).
                fatal: [web-2]: FAILED! => {
                    "msg": "answered 503"
                }
                ok: [web-10] => {"msg": "said [web-2] and more"}
                    web-10's own words
                changed: [web-2 -> db-1(10.0.0.1)]
                RUNNING HANDLER [Restart] ****
                skipping: [web-1]
                PLAY RECAP ****
                web-1   : ok=2    changed=0
                web-2   : ok=1    changed=1
                """);
        assertThat(logs.tail(run, 100, Optional.of("web-2")))
                .containsExactly("""
                PLAY [Deploy] ****
                TASK [Unpack] ****
                ok: [web-2]
                TASK [Health check] ****
                FAILED - RETRYING: [web-2]: Health check (1 retries left).
                fatal: [web-2]: FAILED! => {
                    "msg": "answered 503"
                }
                changed: [web-2 -> db-1(10.0.0.1)]
                RUNNING HANDLER [Restart] ****
                PLAY RECAP ****
                web-2   : ok=1    changed=1
                """.lines().toArray(String[]::new));
    }

    @Test
    void ofALongLogOnlyTheLastMegabyteIsReadAndNoHalfLine() throws IOException {
        var line = "é".repeat(49) + "\n";
        var run = written("first\n" + line.repeat(20_000) + "last\n");
        var tail = logs.tail(run, 1_000_000, Optional.empty());
        assertThat(tail).doesNotContain("first").endsWith("last");
        assertThat(tail.size()).isBetween(10_000, (1 << 20) / 99 + 1);
        assertThat(tail.subList(0, tail.size() - 1)).containsOnly("é".repeat(49));
    }

    @Test
    void whatIsNotInTheFolderIsNoLog() throws IOException {
        Files.writeString(folder.resolve("secret"), "secret\n");
        for (var log : List.of("../secret", folder.resolve("secret").toString(), "production/../../secret")) {
            assertThat(logs.tail(run(log), 10, Optional.empty())).as(log).isEmpty();
            assertThat(logs.file(run(log))).as(log).isEmpty();
        }
    }

    @Test
    void aLogThatIsGoneOrWasNeverWrittenIsNone() throws IOException {
        assertThat(logs.tail(run("production/gone.log"), 10, Optional.empty())).isEmpty();
        assertThat(logs.tail(run(""), 10, Optional.empty())).isEmpty();
        assertThat(logs.file(run("production"))).isEmpty();
        assertThat(logs.file(written(""))).isPresent();
    }
}
