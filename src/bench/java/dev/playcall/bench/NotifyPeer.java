package dev.playcall.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.settings.RefusedException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A notification gateway in a process of its own, ours or Alertmanager, that takes alerts over HTTP. */
final class NotifyPeer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final String TOKEN = "bench-t0ken-0123456789";

    /**
     * What tells the two apart.
     *
     * @param says the body that hands in these alerts
     */
    private record Shape(
            String name, Path home, List<String> command, URI ready, URI post, Function<List<Alert>, Object> says) {}

    /** One alert: what it is called and which route it takes. */
    record Alert(String name, String way) {}

    private final Shape shape;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;

    private NotifyPeer(Shape shape) {
        this.shape = shape;
    }

    /** Debian's Alertmanager, which writes to this receiver. */
    static NotifyPeer alertmanager(Path home, URI receiver) throws IOException {
        int port = port();
        var base = URI.create("http://127.0.0.1:" + port + "/");
        var config = Files.createDirectories(home).resolve("alertmanager.yml");
        Files.writeString(config, """
            route:
              receiver: out
              group_by: [alertname]
              group_wait: 0s
              group_interval: 1s
              repeat_interval: 1h
              routes:
                - { matchers: ['way="each"'], group_by: [instance] }
                - { matchers: ['way="storm"'], group_by: [instance] }
                - { matchers: ['way="one"'], group_wait: 1s }
            receivers:
              - { name: out, webhook_configs: [{ url: "%s", send_resolved: false }] }
            """.formatted(receiver));
        var command = List.of(
                "prometheus-alertmanager",
                "--config.file=" + config,
                "--storage.path=" + home.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=");
        return new NotifyPeer(new Shape(
                "Alertmanager",
                home,
                command,
                base.resolve("-/ready"),
                base.resolve("api/v2/alerts"),
                alerts -> alerts.stream().map(NotifyPeer::fact).toList()));
    }

    /** This Playcall, as it is run here, with the same routes. */
    static NotifyPeer playcall(Path home, URI receiver) throws IOException {
        int port = port();
        var base = URI.create("http://127.0.0.1:" + port + "/");
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("inventory"));
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(home.resolve("config/playcall.yml"), """
            server: { port: %d }
            notify:
              receivers:
                out: { webhook: "%s", secret: bench-s3cret-0123456789, allow_private: true }
              route:
                receiver: out
                group_by: [alertname]
                wait: 0s
                interval: 1s
                repeat: 1h
                storm: 0
                routes:
                  - { match: ['way="each"'], group_by: [instance] }
                  - { match: ['way="storm"'], group_by: [instance], storm: 10 }
                  - { match: ['way="one"'], wait: 1s }
              sources:
                alertmanager: { kind: alertmanager, token: %s }
            """.formatted(port, receiver, TOKEN));
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(a -> !a.startsWith("-Dplaycall.home"))
                .toList());
        command.addAll(List.of(
                "-Dplaycall.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.playcall.cli.Main",
                "serve"));
        return new NotifyPeer(new Shape(
                "Playcall",
                home,
                command,
                base.resolve("readyz"),
                base.resolve("hooks/alertmanager"),
                alerts -> Map.of(
                        "version",
                        "4",
                        "alerts",
                        alerts.stream().map(NotifyPeer::fact).toList())));
    }

    private static int port() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Map<String, Object> fact(Alert alert) {
        return Map.of(
                "labels",
                Map.of(
                        "alertname",
                        "Bench",
                        "instance",
                        alert.name(),
                        "way",
                        alert.way(),
                        "severity",
                        "warning",
                        "job",
                        "node",
                        "datacenter",
                        "ber1"),
                "annotations",
                Map.of(
                        "summary",
                        alert.name() + " is out of disk space",
                        "description",
                        "97 % of /var are in use and it grows by 1 % an hour."),
                "startsAt",
                Instant.now().toString(),
                "status",
                "firing");
    }

    String name() {
        return shape.name();
    }

    /** Starts it, or starts it again on what it left. */
    void start() throws IOException, InterruptedException {
        process = new ProcessBuilder(shape.command())
                .directory(shape.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        shape.home().resolve("output").toFile()))
                .start();
        var end = Instant.now().plus(STARTING);
        while (!isReady()) {
            if (Instant.now().isAfter(end) || !process.isAlive()) {
                throw new RefusedException(shape.name() + " did not start: "
                        + Files.readString(shape.home().resolve("output")).strip());
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(shape.ready()).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Hands alerts in; whether it said that it has them. */
    boolean post(List<Alert> alerts) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(shape.post())
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(shape.says().apply(alerts))))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
    }

    private static byte[] bytes(Object body) throws JsonProcessingException {
        return JSON.writeValueAsBytes(body);
    }

    /** Resident memory, as the kernel counts it. */
    long megabytes() throws IOException {
        var status = Files.readString(Path.of("/proc/" + running().pid() + "/status"));
        return status.lines()
                        .filter(l -> l.startsWith("VmRSS:"))
                        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    /** Seconds of processor time so far. */
    double cpu() throws IOException {
        var stat = Files.readString(Path.of("/proc/" + running().pid() + "/stat"));
        var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        return (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / 100.0;
    }

    private Process running() {
        return Objects.requireNonNull(process, "not started");
    }

    /** kill −9. */
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
        http.close();
    }
}
