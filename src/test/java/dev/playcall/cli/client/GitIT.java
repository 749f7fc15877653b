package dev.playcall.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.Settings;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.Revision;
import dev.playcall.notify.StandardWebhook;
import dev.playcall.testing.GitFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose playbooks come from git: what is pushed is what runs next, and each run says which commit that was. */
class GitIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    @TempDir
    Path base;

    private GitFixture fixture;
    private Application application;
    private HttpGateway gateway;

    @BeforeEach
    void start() throws IOException {
        fixture = new GitFixture(base);
        fixture.write("config/playcall.yml", "git: { webhook_secret: push-4711-secret }\n");
        fixture.write(".git/info/exclude", "config/\ndata/\nlogs/\n");
        application = Application.open(
                new Settings(() -> ConfigFile.read(fixture.home, Optional.empty(), Map.of())),
                GatewayMode.WORKING,
                true);
        application.start();
        gateway = new HttpGateway(application.found());
    }

    @AfterEach
    void stop() {
        gateway.close();
        application.close();
    }

    private String say(String line) {
        return gateway.run(line, new Terminal(200, false, false)).text();
    }

    private long run() {
        var run =
                gateway.run("deploy prod", new Terminal(80, false, false)).run().orElseThrow();
        await().atMost(TIMEOUT)
                .until(() -> gateway.run(run).path("status").asText().equals("success"));
        return run;
    }

    private int push(String secret) throws Exception {
        var body = "{\"ref\":\"refs/heads/main\"}";
        var signature = HexFormat.of()
                .formatHex(StandardWebhook.hmac(
                        secret.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8)));
        var request = HttpRequest.newBuilder(URI.create(application.address() + "/hooks/git"))
                .header("X-Hub-Signature-256", "sha256=" + signature)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    private static String deploy(String message) {
        return "- hosts: all\n  gather_facts: false\n  tasks: [{ debug: { msg: " + message + " } }]\n";
    }

    @Test
    void whatIsPushedIsWhatRuns() throws Exception {
        var first = fixture.head();
        var run = run();
        assertThat(gateway.run(run).path("commit").asText()).isEqualTo(first);
        assertThat(gateway.run(run).path("commit_edited").asBoolean()).isFalse();
        var second = fixture.push("Say second", "playbooks/deploy.yml", deploy("second"));
        var synced = gateway.ask("POST", "/api/v1/sync", Map.of());
        assertThat(synced.path("checkouts").path(0).path("commit").asText()).isEqualTo(second);
        assertThat(synced.path("checkouts").path(0).path("playbooks").path(0).asText())
                .isEqualTo("deploy");
        run = run();
        assertThat(say("logs " + run)).contains("second");
        assertThat(say("show " + run)).contains("from commit " + Revision.brief(second));
        assertThat(say("sync")).contains("origin/main at " + Revision.brief(second), "Say second", "no changes");
        assertThat(gateway.ask("GET", "/api/v1/audit", Map.of()).toString()).contains("\"sync\"");

        var third = fixture.push("Say third", "playbooks/deploy.yml", deploy("third"));
        assertThat(push("wrong")).isEqualTo(401);
        assertThat(push("push-4711-secret")).isEqualTo(202);
        await().atMost(TIMEOUT).until(() -> fixture.head().equals(third));
        await().atMost(TIMEOUT)
                .until(() ->
                        gateway.ask("GET", "/api/v1/audit", Map.of()).toString().contains("git:push"));

        fixture.write("playbooks/deploy.yml", deploy("mine"));
        assertThatThrownBy(() -> gateway.ask("POST", "/api/v1/sync", Map.of()))
                .hasMessageContaining("not committed: playbooks/deploy.yml");
        run = run();
        assertThat(gateway.run(run).path("commit_edited").asBoolean()).isTrue();
        assertThat(say("show " + run)).contains(Revision.brief(third) + ", with local edits");
    }
}
