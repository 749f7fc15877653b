package dev.playcall.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.Settings;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration is read anew while the gateway works: whole or not at all. */
class ReloadIT {
    private static final String SOURCE = """
        notify:
          receivers: { ops: { webhook: "http://127.0.0.1:9/x", allow_private: true } }
          route: { receiver: ops }
          sources: { %s: { kind: notices, token: tok-en-4711 } }
        """;

    @TempDir
    Path home;

    private Application application;
    private HttpGateway gateway;

    @BeforeEach
    void start() throws IOException {
        Files.createDirectories(home.resolve("playbooks"));
        Files.createDirectories(home.resolve("inventory/prod"));
        Files.writeString(
                home.resolve("inventory/prod/hosts.yml"), "all: { hosts: { h1: { ansible_connection: local } } }\n");
        Files.writeString(
                home.resolve("playbooks/deploy.yml"),
                "- hosts: all\n  gather_facts: false\n  tasks: [{ debug: { msg: 'forks {{ ansible_forks }}' } }]\n");
        config("ansible: { forks: 5 }\n");
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

    private void config(String yaml) throws IOException {
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/playcall.yml"), yaml);
    }

    private String reload() {
        return gateway.ask("POST", "/api/v1/reload", Map.of()).path("message").asText();
    }

    private int post(String path, String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(application.address() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"title\":\"disk full\",\"key\":\"k\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void aSourceThatIsNewIsHeardAndOneThatIsGoneIsNot() throws Exception {
        config(SOURCE.formatted("first"));
        assertThat(reload()).contains("notify.sources.first.token").doesNotContain("4711");
        assertThat(post("/hooks/first", "tok-en-4711")).isLessThan(300);
        assertThat(post("/hooks/first", "wrong")).isEqualTo(401);
        config(SOURCE.formatted("second"));
        assertThat(reload()).contains("notify.sources.second.kind");
        assertThat(post("/hooks/second", "tok-en-4711")).isLessThan(300);
        assertThat(post("/hooks/first", "tok-en-4711")).isGreaterThanOrEqualTo(400);
    }

    @Test
    void aSettingHoldsForWhatBeginsAfterwards() throws Exception {
        config("ansible: { forks: 9 }\n");
        assertThat(reload()).contains("ansible.forks");
        var run =
                gateway.run("deploy prod", new Terminal(80, false, false)).run().orElseThrow();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.run(run).path("status").asText().equals("success"));
        assertThat(gateway.run("logs " + run, new Terminal(200, false, false)).text())
                .contains("forks 9");
    }

    @Test
    void whatIsSetInChatCountsMoreThanTheFileAndIsInTheAudit() throws Exception {
        var terminal = new Terminal(200, false, false);
        assertThat(gateway.run("settings set ansible.forks 11", terminal).text())
                .contains("is 11 now, was 5");
        config("ansible: { forks: 9 }\n");
        reload();
        var run =
                gateway.run("deploy prod", new Terminal(80, false, false)).run().orElseThrow();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.run(run).path("status").asText().equals("success"));
        assertThat(gateway.run("logs " + run, terminal).text()).contains("forks 11");
        assertThat(gateway.run("settings", terminal).text())
                .contains("1 set here", "ansible.forks", "11", "config/playcall.yml:1: 9");
        assertThat(gateway.run("settings set ansible.forks many", terminal).text())
                .contains("not a number", "1 to 1000");
        assertThat(gateway.run("settings set", terminal).refused()).isTrue();
        assertThat(gateway.ask("GET", "/api/v1/audit", Map.of()).toString())
                .contains("settings.set", "ansible.forks 11");
        assertThat(gateway.ask("DELETE", "/api/v1/settings/ansible.forks", Map.of())
                        .path("message")
                        .asText())
                .contains("is 9 again");
    }

    @Test
    void aBadFileKeepsTheOldConfigurationAndIsInTheAudit() throws Exception {
        config("ansible:\n  forks: many\n");
        assertThatThrownBy(this::reload)
                .hasMessageContaining("config/playcall.yml:2")
                .hasMessageContaining("ansible.forks")
                .hasMessageContaining("the previous configuration stays active");
        assertThat(gateway.ask("GET", "/api/v1/audit", Map.of()).toString())
                .contains("reload", "config/playcall.yml:2", "ansible.forks");
        assertThat(application.settings().config().ansible().forks()).isEqualTo(5);
    }

    @Test
    void aUserThatRunsCannotHaveIsNamedAsLongAsItIsConfigured() throws Exception {
        config("ansible: { run_as: no-such-user, limits: { open_files: 1024 } }\n");
        var warning = "warning: ansible.run_as: there is no user no-such-user on this machine: useradd --system"
                + " --create-home no-such-user";
        assertThat(reload()).contains("ansible.run_as").endsWith(warning);
        assertThat(reload()).startsWith("no changes").endsWith(warning);
        config("ansible: { limits: { open_files: 1024 } }\n");
        assertThat(reload()).doesNotContain("warning");
    }

    @Test
    void anEnvironmentThatIsNotThereIsNamed() throws Exception {
        config("ansible: { environments: { nowhere: { forks: 9 } } }\n");
        assertThat(reload()).endsWith("warning: ansible.environments.nowhere: there is no environment nowhere");
        config("ansible: { forks: 5 }\n");
        assertThat(reload()).doesNotContain("warning");
    }

    @Test
    void nothingIsTakenThatWouldOpenTheHouse() throws Exception {
        config("access: { bindings: [{ role: admin, people: [\"console:*\", \"web:ada\"] }] }\n");
        assertThat(reload()).contains("access.bindings");
        config("ansible: { forks: 9 }\n");
        assertThatThrownBy(this::reload).hasMessageContaining("no admin is configured");
        assertThat(application.settings().config().access().bindings()).hasSize(1);
        assertThat(application.settings().config().ansible().forks()).isNotEqualTo(9);
    }

    @Test
    void anOperationWithoutItsPlaybookIsRefused() throws Exception {
        config("operations: { restart: { playbook: restart.yml } }\n");
        assertThatThrownBy(this::reload).hasMessageContaining("restart");
        Files.writeString(home.resolve("playbooks/restart.yml"), "- hosts: all\n  tasks: []\n");
        assertThat(reload()).contains("operations.restart.playbook");
        assertThat(gateway.run("help restart", new Terminal(80, false, false)).refused())
                .isFalse();
    }

    @Test
    void whatNeedsARestartIsNamedEveryTimeUntilThen() throws Exception {
        config("ansible: { forks: 5 }\nserver: { port: 9999 }\npaths: { logs: elsewhere }\n");
        assertThat(reload())
                .contains("needs a restart: paths.logs, server.port")
                .doesNotContain("ansible");
        assertThat(reload()).contains("no changes", "needs a restart: paths.logs, server.port");
        assertThat(application.settings().config().paths().logs()).isEqualTo(home.resolve("logs"));
    }
}
