package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.RunId;
import dev.playcall.testing.LoggedFaults;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose data/ is a small disk of its own, as root may make one. */
class FullDiskIT {
    private static final int BLOCK = 1 << 16;

    @TempDir
    Path home;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path data;
    private Path filler;
    private boolean mounted;
    private Application application;

    @BeforeEach
    void start() throws Exception {
        data = Files.createDirectories(home.resolve("data"));
        filler = data.resolve("filler");
        mounted = run("mount", "-t", "tmpfs", "-o", "size=24m", "playcall-test", data.toString()) == 0;
        assumeTrue(mounted, "only root may mount a small disk");
        Files.createDirectories(home.resolve("playbooks"));
        Files.createDirectories(home.resolve("inventory/prod"));
        Files.writeString(
                home.resolve("inventory/prod/hosts.yml"), "all: { hosts: { h1: { ansible_connection: local } } }\n");
        Files.writeString(home.resolve("playbooks/deploy.yml"), "- hosts: all\n  tasks: []\n");
        application = Application.open(ConfigFile.load(home, Optional.empty(), Map.of()), GatewayMode.WORKING, true);
        application.start();
    }

    @AfterEach
    void stop() throws Exception {
        http.close();
        if (application != null) {
            application.close();
        }
        if (mounted) {
            run("umount", "-l", data.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void fill() throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(
                request.header(
                                "Authorization",
                                "Bearer " + application.found().secret().reveal())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode ready() {
        try {
            return new ObjectMapper()
                    .readTree(send(HttpRequest.newBuilder(application.address().resolve("/readyz")))
                            .body());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode part(JsonNode ready, String name) {
        return ready.path("parts")
                .valueStream()
                .filter(p -> p.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> deploy() throws Exception {
        var body = "{\"operation\":\"deploy\",\"environment\":\"prod\"}";
        return send(HttpRequest.newBuilder(application.address().resolve("/api/v1/runs"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aFullDiskIsInReadyzAndInTheRefusalAndPasses() throws Exception {
        assertThat(ready().path("ready").asBoolean()).isTrue();
        everyLoopIsThere();
        try (var logged = new LoggedFaults()) {
            fill();
            var refused = deploy();
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.body()).contains("nothing was done", "the disk is full");
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> !ready().path("ready").asBoolean());
            var disk = part(ready(), "disk-data");
            assertThat(disk.path("status").asText()).isEqualTo("stopped");
            assertThat(disk.path("problem").asText()).isEqualTo("data/ cannot be written: the disk is full");
            assertThat(logged.seen()).isNotEmpty().allSatisfy(l -> assertThat(l).doesNotContain(" at dev.playcall"));
        }
        Files.delete(filler);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ready().path("degraded").asBoolean())
                        .as(ready().toString())
                        .isFalse());
        var made = deploy();
        assertThat(made.statusCode()).as(made.body()).isBetween(200, 299);
        var run = new RunId(new ObjectMapper().readTree(made.body()).path("id").asLong());
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        application.journal().read().find(run).orElseThrow().state() == RunState.SUCCESS);
    }

    private void everyLoopIsThere() {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> List.of(
                                "notifications",
                                "chat-messages",
                                "git-sync",
                                "status-files",
                                "approvals",
                                "automatic-retries")
                        .forEach(loop -> assertThat(
                                        part(ready(), loop).path("last_ok").isTextual())
                                .as(loop)
                                .isTrue()));
        // Both wait for a minute before they begin.
        assertThat(part(ready(), "retention").path("status").asText()).isEqualTo("ok");
        assertThat(part(ready(), "schedules").path("status").asText()).isEqualTo("ok");
    }
}
