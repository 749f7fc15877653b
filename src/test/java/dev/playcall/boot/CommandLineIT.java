package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.testing.CommandTranscript;
import dev.playcall.testing.Gateway;
import dev.playcall.testing.Gateway.Told;
import dev.playcall.web.Described;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What scripts rely on: exit codes, what is on standard output, and the environment. */
class CommandLineIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAY = "- hosts: all\n  gather_facts: false\n  tasks:\n    - ansible.builtin.raw: ";

    @TempDir
    static Path home;

    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = Gateway.warm(home);
        project(gateway);
        gateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static void project(Gateway of) {
        of.environment("prod", List.of("h1"));
        of.file("playbooks/deploy.yml", PLAY + "\"true\"\n");
        of.file("playbooks/deploy.meta.yml", "title: Deploy\nvariables: {version: {type: version}}\n");
        of.file("playbooks/provision.yml", PLAY + "\"false\"\n");
        of.file("playbooks/update.yml", PLAY + "sleep 600\n");
    }

    private static Told tell(String... arguments) {
        return gateway.command(Map.of(), arguments).join();
    }

    /** Without a process of its own: of those the others start enough. */
    private static Told inProcess(String... arguments) {
        return gateway.inProcess(Map.of(), arguments);
    }

    @Test
    void aRunThatEndsWellIsNoughtAndIsToldAsItGoes() {
        var told = tell("run", "deploy", "prod", "version=v1.2.3", "--limit", "h1");
        assertThat(told.code()).as(told.out() + told.err()).isZero();
        assertThat(told.out()).contains("v1.2.3", "prod", "succeeded");
        assertThat(told.err()).isEmpty();
    }

    @Test
    void aRunThatFailsIsOne() {
        var told = tell("run", "provision", "prod");
        assertThat(told.code()).isEqualTo(1);
        assertThat(told.out()).contains("failed", "h1");
    }

    @Test
    void forMachinesThereIsTheFinishedRunAndNothingElse() throws Exception {
        var told = tell("run", "--json", "provision", "prod");
        assertThat(told.code()).isEqualTo(1);
        var run = JSON.readTree(told.out());
        assertThat(told.out().strip().lines()).hasSize(1);
        assertThat(run.path("status").asText()).isEqualTo("failed");
        assertThat(run.path("exit_code").asInt()).isEqualTo(2);
        assertThat(run.path("failed").path(0).asText()).isEqualTo("h1");
        assertThat(run.path("stats").path("h1").path("failed").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsWrongOrRefusedIsTwoAndStartsNothing() {
        long before = gateway.get("/api/v1/runs?limit=500").path("runs").size();
        assertThat(tell("run", "depoly", "prod"))
                .satisfies(t -> assertThat(t.code()).isEqualTo(2))
                .satisfies(t -> assertThat(t.err()).hasLineCount(1).contains("did you mean deploy?"));
        assertThat(inProcess("run", "deploy", "nowhere").code()).isEqualTo(2);
        assertThat(inProcess("run", "deploy", "prod", "--limit", "h9").code()).isEqualTo(2);
        assertThat(inProcess("run").code()).isEqualTo(2);
        assertThat(inProcess("dance").code()).isEqualTo(2);
        assertThat(inProcess("show", "9999").code()).isEqualTo(2);
        assertThat(gateway.get("/api/v1/runs?limit=500").path("runs")).hasSize((int) before);
    }

    @Test
    void aRunThatSomebodyCancelsIsThree() {
        var following = gateway.command(Map.of(), "run", "update", "prod");
        await().atMost(Duration.ofSeconds(60)).until(() -> !running("update").isEmpty());
        var cancelled = inProcess("cancel", running("update"));
        assertThat(cancelled.code()).as(cancelled.out()).isZero();
        var told = following.join();
        assertThat(told.code()).isEqualTo(3);
        assertThat(told.out()).contains("cancelled");
    }

    private static String running(String operation) {
        return gateway.get("/api/v1/runs?status=running&operation=" + operation)
                .path("runs")
                .path(0)
                .path("id")
                .asText();
    }

    @Test
    void aGatewayThatDoesNotAnswerIsFour(@TempDir Path other) throws Exception {
        var silent = new Gateway(other);
        project(silent);
        silent.file("data/gateway.json", "{\"url\":\"http://127.0.0.1:1\"}");
        try (var channel = FileChannel.open(
                        other.resolve("data/gateway.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            var told = silent.command(Map.of(), "run", "deploy", "prod").join();
            assertThat(told.code()).isEqualTo(4);
            assertThat(told.err()).contains("is not responding").doesNotContain("\tat ");
        }
    }

    @Test
    void withoutAGatewayTheCommandSaysSoAndIsItsOwnWhenItIsToldTo(@TempDir Path other) {
        var alone = new Gateway(other);
        project(alone);
        for (var words : List.of(
                List.of("run", "deploy", "prod"),
                List.of("cancel", "1"),
                List.of("reload"),
                List.of("queue"),
                List.of("runs", "-o", "json"))) {
            var none = alone.inProcess(Map.of(), words.toArray(String[]::new));
            assertThat(none.code()).isEqualTo(4);
            assertThat(none.err()).contains("no gateway is running on " + other, "./playcall serve", "--embedded");
        }
        assertThat(alone.inProcess(Map.of(), "runs", "--embedded").out()).contains("No runs yet");
        var told = alone.command(Map.of("PLAYCALL_SERVER_PORT", "1"), "run", "deploy", "prod", "--embedded")
                .join();
        assertThat(told.code()).as(told.out() + told.err()).isZero();
        assertThat(told.out()).contains("succeeded");
    }

    @Test
    void aGatewayElsewhereIsReachedWithATokenAndNothingOfThisMachineIsRead(@TempDir Path empty) throws Exception {
        var address = gateway.address().toString();
        var token = inProcess("token", "create", "elsewhere", "--scope", "view,start");
        assertThat(token.code()).as(token.out() + token.err()).isZero();
        var file = Files.writeString(empty.resolve("token"), token.out().strip() + "\n");
        var here = new Gateway(empty);
        var run = here.inProcess(
                Map.of("PLAYCALL_URL", address), "run", "deploy", "prod", "--token-file", file.toString());
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        var listed = here.inProcess(Map.of("PLAYCALL_TOKEN", token.out().strip()), "runs", "--server", address);
        assertThat(listed.out()).contains("deploy");
        assertThat(here.inProcess(Map.of(), "backup", "x", "--server", address).err())
                .contains("works on the files of this machine");
        assertThat(here.inProcess(Map.of("PLAYCALL_TOKEN", "nonsense"), "runs", "--server", address)
                        .err())
                .contains("unknown token");
        assertThat(here.inProcess(Map.of(), "runs", "--server", "playcall.example.com")
                        .err())
                .contains("is not the address of a gateway");
        assertThat(here.inProcess(Map.of(), "runs", "--server", "http://127.0.0.1:1")
                        .code())
                .isEqualTo(4);
        assertThat(empty.resolve("data")).doesNotExist();
    }

    @Test
    void whatTheChatUnderstandsIsACommandWithItsOptionsInAnyPlace() {
        var locked = inProcess("lock", "prod", "restore of the database", "--for", "10m");
        assertThat(locked.code()).as(locked.out() + locked.err()).isZero();
        assertThat(inProcess("locks").out()).contains("prod is locked", "restore of");
        assertThat(inProcess("unlock", "prod").code()).isZero();
        assertThat(inProcess("versions", "prod").code()).isZero();
        assertThat(inProcess("lock", "nowhere", "x").code()).isEqualTo(2);
        assertThat(inProcess("lock", "--help").out()).contains("Usage: playcall lock <env>");
    }

    @Test
    void anOperationIsACommandWithTheOptionsOfTheChat() {
        var told = inProcess("deploy", "prod", "version=v2", "-l", "h1", "--check", "-o", "json");
        assertThat(told.code()).as(told.out() + told.err()).isZero();
        var run = json(told.out());
        assertThat(run.path("check").asBoolean()).isTrue();
        assertThat(run.path("limit").asText()).isEqualTo("h1");
        var failed = inProcess("provision", "prod");
        assertThat(failed.code()).isEqualTo(1);
        var number = json(inProcess("runs", "--json").out()).at("/runs/0/id").asText();
        var followed = inProcess("logs", number, "-f");
        assertThat(followed.code()).isEqualTo(1);
        assertThat(followed.out()).contains("PLAY RECAP");
        assertThat(inProcess("logs", number, "--follow", "--host", "h1").out()).contains("h1");
    }

    @Test
    void whatIsRefusedSaysWhatWouldBeRight() throws Exception {
        CommandTranscript.repeat(
                Path.of("src/test/resources/cli/refusals.txt"), words -> inProcess(words.toArray(String[]::new)));
    }

    /** The records are those of the API, with its schemas. */
    @Test
    void whatReadsCanBeReadByPrograms() throws Exception {
        var described = new Described(gateway.get("/api/v1/openapi.json").toString());
        var run = finished();
        var other = json(inProcess("deploy", "prod", "--json").out()).path("id").asText();
        assertThat(json(inProcess("whoami", "--json").out()).path("person").asText())
                .startsWith("console:");
        var paths = new java.util.LinkedHashMap<List<String>, String>();
        paths.put(List.of("runs", "prod", "host=h1"), "runs?environment=prod&host=h1");
        paths.put(List.of("show", run), "runs/" + run);
        paths.put(List.of("compare", run, other), "runs/" + run + "/compare/" + other);
        paths.put(List.of("stats", "30d", "prod"), "stats?period=30d&environment=prod");
        paths.put(List.of("logs", run), "runs/" + run + "/log/filter?tail=30");
        paths.put(List.of("status"), "environments");
        paths.put(List.of("status", "prod"), "environments/prod");
        paths.put(List.of("versions", "prod"), "environments/prod/versions");
        paths.put(List.of("hosts", "prod"), "inventory/prod");
        paths.put(List.of("audit", "prod", "done"), "audit?environment=prod&decision=done");
        paths.put(List.of("deployments", "agent"), "deployments?search=agent");
        paths.put(List.of("playbook", "show", "deploy"), "playbooks/deploy");
        for (var name :
                List.of("queue", "alerts", "mutes", "locks", "deliveries", "deployments", "playbooks", "settings")) {
            paths.put(List.of(name), name);
        }
        paths.put(List.of("schedule", "list"), "schedules");
        paths.put(List.of("env", "list"), "environments");
        paths.forEach((words, path) -> {
            var asJson = inProcess(
                    Stream.concat(words.stream(), Stream.of("-o", "json")).toArray(String[]::new));
            assertThat(asJson.code()).as(words + asJson.err()).isZero();
            assertThat(json(asJson.out())).as(path).isEqualTo(gateway.get("/api/v1/" + path));
            var route = described.route("GET", "/api/v1/" + path.replaceFirst("\\?.*", ""));
            assertThat(described.faultsOfRecord(route, json(asJson.out())))
                    .as(path)
                    .isEmpty();
            var asYaml = inProcess(
                    Stream.concat(words.stream(), Stream.of("--output=yaml")).toArray(String[]::new));
            assertThat(new ObjectMapper()
                            .<JsonNode>valueToTree(new Yaml().load(asYaml.out()))
                            .size())
                    .isEqualTo(json(asJson.out()).size());
        });
        for (var name : List.of("user", "token", "secret")) {
            var listed = json(inProcess(name, "list", "--json").out());
            assertThat(described.faultsOfRecord("GET /api/v1/" + name + "s", listed))
                    .isEmpty();
        }
        var none = inProcess("venv", "analyze", "deploy", "--json");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).hasLineCount(1).contains("has no JSON or YAML");
    }

    /** The number of a run that nothing changes any more. */
    private static String finished() {
        var last = gateway.get("/api/v1/runs?status=success&limit=1").at("/runs/0/id");
        return last.isMissingNode()
                ? json(inProcess("deploy", "prod", "--json").out()).path("id").asText()
                : last.asText();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    /** No Java is on the path of this process: the launcher asks the gateway itself. */
    @Test
    void theLauncherAsksTheGatewayWithoutAJavaOfItsOwn() throws Exception {
        Files.copy(Path.of("playcall"), home.resolve("playcall"));
        var run = finished();
        for (var words : List.of(
                List.of("show", run),
                List.of("runs", "--json", "--host", "h1"),
                List.of("queue", "-o", "yaml"),
                List.of("runs", "--server", gateway.address().toString()))) {
            var quick = launched(words);
            assertThat(quick.code()).as(words + quick.err()).isZero();
            assertThat(timeless(quick.out()))
                    .isEqualTo(timeless(inProcess(words.toArray(String[]::new)).out()));
        }
        var refused = launched(List.of("status", "prd"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .isEqualTo(inProcess("status", "prd").err())
                .isEqualTo("playcall: there is no environment \"prd\"; did you mean prod?\n");
        var record = launched(List.of("show", "9999", "-o", "json"));
        assertThat(record.code()).isEqualTo(2);
        assertThat(record.err())
                .isEqualTo(inProcess("show", "9999", "--json").err())
                .isEqualTo("{\"error\":\"there is no run #9999\"}\n");
    }

    /** Between two questions time goes on. */
    private static String timeless(String text) {
        return text.replaceAll("(\\d+ (s|min) ago|just now)\\s+", "… ");
    }

    private static Told launched(List<String> words) throws Exception {
        var command = new java.util.ArrayList<>(List.of(
                "env",
                "-i",
                "PATH=/usr/bin:/bin",
                "LC_ALL=C.UTF-8",
                home.resolve("playcall").toString()));
        command.addAll(words);
        var process = new ProcessBuilder(command).start();
        var out = process.inputReader().readAllAsString();
        var err = process.errorReader().readAllAsString();
        return new Told(process.waitFor(), out, err);
    }

    @Test
    void theFirstLineSaysWhereItIsAndPortNoughtIsAFreeOne() {
        assertThat(gateway.address().toString()).matches("http://127\\.0\\.0\\.1:[1-9]\\d{3,4}");
        assertThat(gateway.get("/readyz").path("ready").asBoolean()).isTrue();
    }

    @Test
    void theEnvironmentWinsOverTheFileAndANameThatMeansNothingIsTold(@TempDir Path other) {
        var elsewhere = new Gateway(other);
        project(elsewhere);
        elsewhere.file("config/playcall.yml", "paths: { playbooks: nothing-here }\n");
        elsewhere.file("config/other.yml", "paths: { playbooks: playbooks }\nsrver: {}\n");
        var listed = elsewhere
                .command(Map.of("PLAYCALL_PATHS_PLAYBOOKS", "playbooks"), "run", "deploy", "prod", "--embedded")
                .join();
        assertThat(listed.code()).as(listed.out() + listed.err()).isZero();
        var wrong = elsewhere.inProcess(Map.of("PLAYCALL_SERVER_PROT", "1"), "runs");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("PLAYCALL_SERVER_PROT", "did you mean PLAYCALL_SERVER_PORT?");
        for (var told : List.of(
                elsewhere.command(Map.of("PLAYCALL_CONFIG", "config/other.yml"), "runs"),
                elsewhere.command(Map.of(), "runs", "--config", "config/other.yml"))) {
            assertThat(told.join().code()).isEqualTo(2);
            assertThat(told.join().err()).contains("config/other.yml:2", "srver");
        }
    }

    @Test
    void aCopyOfTheDatabaseIsWholeWhileTheGatewayWorks(@TempDir Path other) {
        var run = gateway.run("deploy", "prod", Map.of());
        var copy = other.resolve("copy.zip");
        var told = inProcess("backup", copy.toString());
        assertThat(told.code()).as(told.err()).isZero();
        assertThat(told.out()).contains(copy.toString());
        var again = inProcess("backup", copy.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("exists already");
        var restored = new Gateway(other);
        project(restored);
        assertThat(restored.inProcess(Map.of(), "restore", "/nowhere").code()).isEqualTo(2);
        var back = restored.inProcess(Map.of(), "restore", copy.toString());
        assertThat(back.code()).as(back.out() + back.err()).isZero();
        assertThat(back.out()).contains("and the keys", "audit log verified");
        assertThat(restored.inProcess(Map.of(), "restore", copy.toString()).err())
                .contains("--force");
        var shown = restored.inProcess(Map.of(), "show", Long.toString(run), "--embedded");
        assertThat(shown.code()).as(shown.out() + shown.err()).isZero();
        assertThat(shown.out()).contains("#" + run, "prod");
        assertThat(restored.inProcess(Map.of(), "audit", "verify").code()).isZero();
        assertThat(Files.exists(home.resolve("data/playcall.db"))).isTrue();
    }
}
