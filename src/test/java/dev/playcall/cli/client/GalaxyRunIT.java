package dev.playcall.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.Settings;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.testing.GalaxyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A playbook that needs a collection nobody has installed. */
class GalaxyRunIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    @TempDir
    Path home;

    private Application application;
    private HttpGateway gateway;

    @BeforeEach
    void start() throws IOException {
        home = home.toRealPath();
        write("playbooks/deploy.yml", "- hosts: all\n  gather_facts: false\n  roles: [acme.tools.hello]\n");
        write("inventory/prod/hosts.yml", "all: { hosts: { h1: { ansible_connection: local } } }\n");
        write("playbooks/requirements.yml", "collections: [{ name: ./acme-tools-1.0.0.tar.gz, type: file }]\n");
        GalaxyFixture.collection(home.resolve("playbooks"), "1.0.0", "hello-from-acme");
        write("config/playcall.yml", "galaxy: { before_runs: refuse }\n");
        application = Application.open(
                new Settings(() -> ConfigFile.read(home, Optional.empty(), Map.of())), GatewayMode.WORKING, true);
        application.start();
        gateway = new HttpGateway(application.found());
    }

    @AfterEach
    void stop() {
        gateway.close();
        application.close();
    }

    private void write(String file, String text) throws IOException {
        var path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private JsonNode ended(String line) {
        var run = gateway.run(line, new Terminal(80, false, false)).run().orElseThrow();
        return await().atMost(TIMEOUT)
                .until(() -> gateway.run(run), r -> !r.path("end_time").isNull());
    }

    private String say(String line) {
        return gateway.run(line, new Terminal(200, false, false)).text();
    }

    @Test
    void aRunHasInstalledWhatItNeedsOrSaysWhatToDo() throws Exception {
        assertThat(say("playbooks")).doesNotContain("requirements");
        var refused = ended("deploy prod");
        assertThat(refused.path("status").asText()).isEqualTo("failed");
        assertThat(refused.path("reason").asText())
                .contains("1 collection of playbooks/requirements.yml", "galaxy install");
        assertThat(say("galaxy")).contains("not installed: galaxy install; runs are refused until then");

        write("config/playcall.yml", "");
        assertThat(say("reload")).contains("galaxy.before_runs");
        var first = ended("deploy prod");
        assertThat(first.path("status").asText()).isEqualTo("success");
        assertThat(first.path("galaxy").asText()).hasSize(16);
        assertThat(say("logs " + first.path("id").asLong()))
                .contains(
                        "Playcall installed 1 collection of playbooks/requirements.yml before this run",
                        "hello-from-acme");
        var second = ended("deploy prod");
        assertThat(say("logs " + second.path("id").asLong()))
                .contains("hello-from-acme")
                .doesNotContain("Playcall installed");
        assertThat(gateway.ask("GET", "/api/v1/galaxy", Map.of())
                        .path("message")
                        .asText())
                .contains("already installed", first.path("galaxy").asText());
        assertThat(ended("validate prod").path("status").asText()).isEqualTo("success");
        assertThat(say("galaxy install")).contains("already installed");

        write("playbooks/requirements.yml", "collections: [{ name: ./gone-1.0.0.tar.gz, type: file }]\n");
        assertThat(ended("deploy prod").path("reason").asText())
                .contains("playbooks/requirements.yml cannot be installed", "gone-1.0.0.tar.gz");
    }
}
