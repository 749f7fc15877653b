package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.rehearsal.slack.Shown;
import dev.playcall.rehearsal.slack.SlackServer;
import dev.playcall.testing.Gateway;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alertmanager posts to a running gateway, and a channel of Slack hears of it. */
class AlertmanagerIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPS = "C0OPS";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path home;

    private final SlackServer slack = SlackServer.start();
    private final HttpClient http = HttpClient.newHttpClient();
    private Gateway gateway;
    private Process alertmanager;
    private URI alerts;

    @BeforeEach
    void start() throws Exception {
        boolean there = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(p -> Files.isExecutable(Path.of(p, "prometheus-alertmanager")));
        assumeThat(there)
                .as("Alertmanager is not installed: apt-get install prometheus-alertmanager")
                .isTrue();
        slack.channel(OPS, "ops");
        slack.person("U0ALICE", "alice");
        slack.group("S0DBAS", "U0ALICE");
        gateway = new Gateway(home, SlackStage.settings(slack));
        gateway.environment("prod", List.of("h1"));
        gateway.file("playbooks/deploy.yml", "- hosts: all\n  tasks: []\n");
        gateway.file("config/playcall.yml", """
            notify:
              receivers:
                ops:
                  slack: C0OPS
                  mention: { critical: "<!subteam^S0DBAS>" }
                  templates: { title: "{{severity}}: {{title}}{{#labels.instance}} ({{labels.instance}}){{/labels.instance}}" }
              route: { receiver: ops, group_by: [alertname], wait: 0s, interval: 1s }
              sources:
                alertmanager: { kind: alertmanager, token: am-t0ken-0123456789 }
            """);
        gateway.start();
        await().atMost(SOON).until(() -> slack.openSockets() > 0);
        alertmanager(port());
    }

    private static int port() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void alertmanager(int port) throws IOException {
        var config = home.resolve("alertmanager.yml");
        Files.writeString(config, """
            route: { receiver: playcall, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h }
            receivers:
              - name: playcall
                webhook_configs:
                  - url: %s
                    send_resolved: true
                    http_config: { authorization: { credentials: am-t0ken-0123456789 } }
            """.formatted(gateway.address().resolve("/hooks/alertmanager")));
        alertmanager = new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + config,
                        "--storage.path=" + home.resolve("am"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("alertmanager.log").toFile())
                .start();
        alerts = URI.create("http://127.0.0.1:" + port + "/");
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> http.send(
                                        HttpRequest.newBuilder(alerts.resolve("-/ready"))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200);
    }

    @AfterEach
    void stop() {
        if (alertmanager != null) {
            alertmanager.destroyForcibly();
        }
        if (gateway != null) {
            gateway.close();
        }
        slack.close();
        http.close();
    }

    private void alert(Instant begins, Instant ends) throws Exception {
        var body = JSON.writeValueAsString(List.of(Map.of(
                "labels", Map.of("alertname", "DiskFull", "instance", "web-1", "severity", "critical"),
                "annotations",
                        Map.of("summary", "disk of web-1 is full <!channel> <@U0ALICE>", "description", "97 % <!here>"),
                "startsAt", begins.toString(),
                "endsAt", ends.toString(),
                "generatorURL", "http://prometheus.example.org/graph")));
        var answer = http.send(
                HttpRequest.newBuilder(alerts.resolve("api/v2/alerts"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private List<Shown> said() {
        return slack.sights().messages(OPS).stream()
                .filter(m -> m.plain().contains("disk of web-1"))
                .toList();
    }

    private int open() throws Exception {
        return gateway.get("/api/v1/alerts").path("alerts").size();
    }

    @Test
    void anAlertIsSaidOnceCallsWhoItShouldAndItsEndIsSaidInItsThread() throws Exception {
        var begun = Instant.now();
        alert(begun, begun.plus(Duration.ofHours(1)));
        await().atMost(SOON).until(() -> said().size() == 1);
        var message = said().getFirst();
        assertThat(message.plain()).contains("critical: disk of web-1 is full", "(web-1)", "97 %");
        var markup = message.blocks()
                .valueStream()
                .map(b -> b.path("text"))
                .filter(t -> t.path("type").asText().equals("mrkdwn"))
                .map(t -> t.path("text").asText())
                .toList();
        assertThat(markup).as("only the configuration calls").containsExactly("<!subteam^S0DBAS>");

        alert(begun, Instant.now());
        await().atMost(SOON).until(() -> said().getFirst().plain().contains("Resolved: "));
        assertThat(said()).as("the same message, changed").hasSize(1);
        assertThat(said().getFirst().ts()).isEqualTo(message.ts());
        await().atMost(SOON)
                .until(() -> slack.sights().thread(OPS, message.ts()).stream()
                        .anyMatch(m -> m.plain().contains("Resolved: ")));
        assertThat(slack.sights().thread(OPS, message.ts()).getLast().blocks().toString())
                .as("an end calls nobody")
                .doesNotContain("subteam");
        var ledger = gateway.get("/api/v1/deliveries");
        assertThat(ledger.at("/counts/done").asInt()).isEqualTo(2);
        assertThat(ledger.at("/counts/dead").asInt()).isZero();

        alert(begun, begun.plus(Duration.ofHours(1)));
        await().atMost(SOON).until(() -> open() == 1);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(said().getLast().plain())
                        .as("it is back with the same start")
                        .contains("critical: disk of web-1 is full")
                        .doesNotContain("Resolved"));
        alert(begun, Instant.now());
        await().atMost(SOON).until(() -> open() == 0);
        await().atMost(SOON).until(() -> said().stream().allMatch(m -> m.plain().contains("Resolved: ")));
    }
}
