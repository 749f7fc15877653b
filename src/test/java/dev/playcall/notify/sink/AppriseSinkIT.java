package dev.playcall.notify.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.notify.NotificationSamples;
import dev.playcall.notify.dispatch.Sink.Result;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.notify.template.NotificationTemplates;
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

    private final List<Apprise> opened = new CopyOnWriteArrayList<>();
    private Receiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        opened.forEach(Apprise::close);
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
        return new AppriseSink(url, apprise(environment, Duration.ofSeconds(30)), NotificationTemplates.USUAL);
    }

    private Apprise apprise(Map<String, String> environment, Duration timeout) {
        var apprise = new Apprise(home.resolve("apprise"), environment, timeout);
        opened.add(apprise);
        return apprise;
    }

    @Test
    void theProgramIsToldEverythingAndNothingIsLeftBehind() throws Exception {
        needApprise();
        var title = "→ диск \"full\" $(touch PWNED) `id` -b --config=/etc/passwd";
        assertThat(sink(url("/in"), System.getenv()).deliver(NotificationSamples.open(title, "97 %\n\n$HOME 🔥")))
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
        var over = NotificationSamples.content(
                NotificationSamples.item(NotificationEvent.Status.RESOLVED, Severity.ERROR, "back", "", ""));
        sink(url("/in"), System.getenv()).deliver(NotificationSamples.of(over));
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
                new Row(404, Result.Rejected.class))) {
            receiver.says(row.status(), Map.of());
            var result = sink(url("/in"), System.getenv()).deliver(NotificationSamples.open("t", ""));
            assertThat(result).as("%d", row.status()).isInstanceOf(row.result());
            assertThat(result.toString()).contains("" + row.status()).doesNotContain("s3cr3t", "127.0.0.1", "robot");
        }
        assertThat(sink("nonsense://robot:s3cr3t@x", System.getenv()).deliver(NotificationSamples.open("t", "")))
                .isInstanceOf(Result.Refused.class)
                .asString()
                .doesNotContain("s3cr3t");
        var gone = receiver.address("/").getPort();
        receiver.close();
        assertThat(sink("json://s3cr3t@127.0.0.1:" + gone, System.getenv()).deliver(NotificationSamples.open("t", "")))
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
                "{ echo \"$@\"; env; for a in \"$@\"; do case $a in --config=*) stat -c %a \"${a#*=}\" \"$(dirname"
                        + " \"${a#*=}\")\"; cat"
                        + " \"${a#*=}\""
                        + " >" + home.resolve("config") + ";; esac; done; } >" + seen + "\n");
        assertThat(sink(url("/in"), environment).deliver(NotificationSamples.open("t", "the body")))
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
                new AppriseSink(url("/in"), apprise(environment, Duration.ofSeconds(1)), NotificationTemplates.USUAL);
        assertThat(sink.deliver(NotificationSamples.open("t", ""))).isInstanceOf(Result.Retry.class);
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
        assertThat(sink(url("/in"), Map.of("PATH", bin.toString())).deliver(NotificationSamples.open("t", "")))
                .isEqualTo(new Result.Retry(
                        "apprise is not installed (apt-get install apprise)", Optional.of(Duration.ofMinutes(10))));
    }

    @Test
    void oneProcessTakesAllMessagesAndNoSecretIsInItsArgumentsOrItsEnvironment() throws Exception {
        needApprise();
        var environment = new HashMap<>(System.getenv());
        environment.put("OUR_OWN_SECRET", "never-for-apprise");
        var apprise = apprise(environment, Duration.ofSeconds(30));
        var sink = new AppriseSink(url("/in"), apprise, NotificationTemplates.USUAL);
        try (var people = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(n -> people.submit(() -> sink.deliver(NotificationSamples.open("m" + n, "<b> & 🔥"))))
                    .toList();
            for (var one : sent) {
                assertThat(one.get()).isEqualTo(new Result.Delivered(""));
            }
        }
        assertThat(receiver.got()).hasSize(20).allMatch(g -> g.text().contains("<b> & \\ud83d\\udd25"));
        long pid = apprise.pid().orElseThrow();
        assertThat(Files.readString(Path.of("/proc/" + pid + "/cmdline"))).doesNotContain("s3cr3t", "robot", "m1");
        assertThat(Files.readString(Path.of("/proc/" + pid + "/environ")))
                .doesNotContain("s3cr3t", "never-for-apprise");
        try (var left = Files.list(home.resolve("apprise"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whenTheProcessDiesTheMessageIsTriedAgainAndAnotherProcessTakesIt() throws Exception {
        needApprise();
        var apprise = apprise(System.getenv(), Duration.ofSeconds(30));
        var sink = new AppriseSink(url("/in"), apprise, NotificationTemplates.USUAL);
        sink.deliver(NotificationSamples.open("one", ""));
        long first = apprise.pid().orElseThrow();
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> !(sink.deliver(NotificationSamples.open("two", "")) instanceof Result.Retry));
        assertThat(apprise.pid().orElseThrow()).isNotEqualTo(first);
        assertThat(receiver.got().getLast().text()).contains("two");
        long second = apprise.pid().orElseThrow();
        apprise.close();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() ->
                        !ProcessHandle.of(second).map(ProcessHandle::isAlive).orElse(false));
    }

    /** Instead of Python: says that it has apprise, notes its number, and then does as it is told here. */
    private Map<String, String> python(String script) throws IOException {
        var python = Files.createDirectories(home.resolve("bin")).resolve("python-of-ours");
        Files.writeString(
                python,
                "#!/bin/sh\n[ \"$1\" = -c ] || { echo program >>" + home.resolve("started") + "; exit 0; }\necho $$ >>"
                        + home.resolve("started") + "\n" + script);
        Files.setPosixFilePermissions(python, PosixFilePermissions.fromString("rwxr-xr-x"));
        var environment = instead("");
        Files.writeString(home.resolve("bin/apprise"), "#!" + python + "\n");
        return environment;
    }

    @Test
    void aProcessThatSaysNothingIsReplacedAndEnded() throws Exception {
        var apprise = apprise(python("echo '{\"ready\": true}'; exec sleep 300\n"), Duration.ofMillis(300));
        var sink = new AppriseSink(url("/in"), apprise, NotificationTemplates.USUAL);
        for (int i = 0; i < 2; i++) {
            assertThat(sink.deliver(NotificationSamples.open("t", "")))
                    .isEqualTo(new Result.Retry("apprise did not end within 0 s", Optional.empty()));
        }
        var pids = Files.readAllLines(home.resolve("started"));
        assertThat(pids).as("a new one each time").hasSize(2).doesNotContain("program");
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> pids.stream()
                        .noneMatch(p -> ProcessHandle.of(Long.parseLong(p))
                                .map(ProcessHandle::isAlive)
                                .orElse(false)));
    }

    @Test
    void wherePythonHasNoAppriseTheProgramIsStartedForEachMessage() throws IOException {
        var sink = sink(url("/in"), python("echo '{\"ready\": false}'\n"));
        for (int i = 0; i < 3; i++) {
            assertThat(sink.deliver(NotificationSamples.open("t", ""))).isEqualTo(new Result.Delivered(""));
        }
        assertThat(Files.readAllLines(home.resolve("started")))
                .as("it was tried once to keep a process")
                .hasSize(4)
                .filteredOn("program"::equals)
                .hasSize(3);
    }
}
