package dev.playcall.notify.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.notify.Notice;
import dev.playcall.notify.Parcels;
import dev.playcall.notify.Severity;
import dev.playcall.notify.Sink.Result;
import dev.playcall.notify.wording.Wording;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real apprise program speaks to a receiver on this machine. */
class AppriseSinkIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path home;

    private Receiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private static void needApprise() {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(p -> Files.isExecutable(Path.of(p, "apprise")));
        assumeThat(there)
                .as("apprise is not installed: apt-get install apprise")
                .isTrue();
    }

    private String url(String more) {
        return "json://robot:s3cr3t-t0ken@127.0.0.1:" + receiver.address("/").getPort() + more;
    }

    private AppriseSink sink(String url, Map<String, String> environment) {
        return new AppriseSink(url, home.resolve("apprise"), environment, Wording.USUAL);
    }

    @Test
    void theProgramIsToldEverythingAndNothingIsLeftBehind() throws Exception {
        needApprise();
        var title = "→ диск \"full\" $(touch PWNED) `id` -b --config=/etc/passwd";
        assertThat(sink(url("/in"), System.getenv()).deliver(Parcels.open(title, "97 %\n\n$HOME 🔥")))
                .isEqualTo(new Result.Delivered(""));
        var got = receiver.got().getFirst();
        var json = JSON.readTree(got.text());
        assertThat(json.path("title").asText()).isEqualTo("ERROR: " + title);
        assertThat(json.path("message").asText()).contains("97 %", "$HOME 🔥");
        assertThat(json.path("type").asText()).isEqualTo("failure");
        assertThat(got.header("Authorization")).startsWith("Basic ");
        try (var left = Files.list(home.resolve("apprise"))) {
            assertThat(left).isEmpty();
        }
        assertThat(home.resolve("PWNED")).doesNotExist();
    }

    @Test
    void anEndIsASuccess() throws Exception {
        needApprise();
        var over = Parcels.content(Parcels.item(Notice.Status.RESOLVED, Severity.ERROR, "back", "", ""));
        sink(url("/in"), System.getenv()).deliver(Parcels.of(over));
        assertThat(JSON.readTree(receiver.got().getFirst().text()).path("type").asText())
                .isEqualTo("success");
    }

    @Test
    void itsAnswersAreTakenForWhatTheyMeanAndItsWordsAreNotRepeated() {
        needApprise();
        record Row(int status, Class<? extends Result> result) {}
        for (var row : List.of(
                new Row(500, Result.Retry.class),
                new Row(429, Result.Retry.class),
                new Row(404, Result.Refused.class))) {
            receiver.says(row.status(), Map.of());
            var result = sink(url("/in"), System.getenv()).deliver(Parcels.open("t", ""));
            assertThat(result).as("%d", row.status()).isInstanceOf(row.result());
            assertThat(result.toString()).contains("" + row.status()).doesNotContain("s3cr3t", "127.0.0.1", "robot");
        }
        assertThat(sink("nonsense://robot:s3cr3t@x", System.getenv()).deliver(Parcels.open("t", "")))
                .isInstanceOf(Result.Refused.class)
                .asString()
                .doesNotContain("s3cr3t");
        var gone = receiver.address("/").getPort();
        receiver.close();
        assertThat(sink("json://s3cr3t@127.0.0.1:" + gone, System.getenv()).deliver(Parcels.open("t", "")))
                .isInstanceOf(Result.Retry.class);
    }

    /** A program of that name which writes down how it was called. */
    private Map<String, String> instead(String script) throws IOException {
        var bin = Files.createDirectories(home.resolve("bin"));
        var program = bin.resolve("apprise");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var environment = new HashMap<String, String>();
        environment.put("PATH", bin + ":/usr/bin:/bin");
        environment.put("OUR_OWN_SECRET", "never-for-apprise");
        return environment;
    }

    @Test
    void noSecretIsInItsArgumentsAndNoneOfOursInItsEnvironment() throws IOException {
        var seen = home.resolve("seen");
        var environment = instead(
                "{ echo \"$@\"; env; for a in \"$@\"; do case $a in --config=*) stat -c %a \"${a#*=}\" \"$(dirname \"${a#*=}\")\";"
                        + " cat \"${a#*=}\" >" + home.resolve("config") + ";; esac; done; } >" + seen + "\n");
        assertThat(sink(url("/in"), environment).deliver(Parcels.open("t", "the body")))
                .isEqualTo(new Result.Delivered(""));
        assertThat(Files.readString(seen))
                .doesNotContain("s3cr3t", "never-for-apprise", "the body")
                .contains("--title=ERROR: t", "600\n700");
        assertThat(Files.readString(home.resolve("config"))).isEqualTo(url("/in") + "\n");
    }

    @Test
    void aProgramThatNeverEndsIsEndedWithItsChildren() throws Exception {
        var pids = home.resolve("pids");
        var environment = instead("sleep 300 & echo $$ $! >" + pids + "; wait\n");
        var sink =
                new AppriseSink(url("/in"), home.resolve("apprise"), environment, Wording.USUAL, Duration.ofSeconds(1));
        assertThat(sink.deliver(Parcels.open("t", ""))).isInstanceOf(Result.Retry.class);
        var alive = new CopyOnWriteArrayList<Long>();
        for (var pid : Files.readString(pids).strip().split(" ", -1)) {
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> !ProcessHandle.of(Long.parseLong(pid))
                            .map(ProcessHandle::isAlive)
                            .orElse(false));
            alive.add(Long.parseLong(pid));
        }
        assertThat(alive).hasSize(2);
    }

    @Test
    void aProgramThatIsNotThereIsWaitedFor() throws IOException {
        var bin = Files.createDirectories(home.resolve("bare"));
        Files.createSymbolicLink(bin.resolve("cat"), Path.of("/bin/cat"));
        assertThat(sink(url("/in"), Map.of("PATH", bin.toString())).deliver(Parcels.open("t", "")))
                .isEqualTo(new Result.Retry(
                        "apprise is not installed (apt-get install apprise)", Optional.of(Duration.ofMinutes(10))));
    }
}
