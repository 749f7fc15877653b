package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.testing.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A run as large as they come, through a gateway that has 48 MB of heap: what grows with lines would not fit. */
class BigRunIT {
    private static final int LINES = 1_000_000;
    /** Writes what Ansible and the callback plugin would for 1000 hosts and 20 tasks, and a million lines of output. */
    private static final String STAND_IN = """
        #!/usr/bin/python3
        import json, os, sys
        n = 0
        with open(os.environ["PLAYCALL_EVENTS"], "a") as f:
            def emit(**e):
                global n
                n += 1
                f.write(json.dumps(dict(n=n, t=1000 + n, **e)) + "\\n")
            hosts = ["h%d" % i for i in range(1000)]
            emit(e="start", v=1)
            emit(e="play", p=1, name="Big", names=hosts, hosts=1000, total=1000)
            for k in range(20):
                emit(e="task", k=k, p=1, name="Task %d" % k)
                for h in hosts:
                    emit(e="run", h=h, k=k)
                    emit(e="ok", h=h, k=k, chg=k == 3, r={"stdout": "x" * 300})
            for h in hosts:
                emit(e="recap", h=h, s=[20, 1, 0, 0, 0, 0, 0])
            emit(e="stats", hosts=1000, failed=0, unreachable=0, changed=1000)
        for i in range(1000000):
            sys.stdout.write("line %07d of a log that is longer than anybody will ever read to its end\\n" % i)
        """;

    @TempDir(factory = TempDirFactory.Standard.class)
    private Path home;

    @Test
    void aMillionLinesAndAThousandHostsFitIntoASmallHeap() throws Exception {
        var environment = Map.of("PATH", home.resolve("bin") + ":" + System.getenv("PATH"), "GATEWAY_HEAP", "48m");
        try (var gateway = new Gateway(home, environment)) {
            gateway.environment(
                    "prod", IntStream.range(0, 1000).mapToObj(i -> "h" + i).toList());
            gateway.file("playbooks/deploy.yml", "- hosts: all\n");
            gateway.file("bin/ansible-playbook", STAND_IN);
            Files.setPosixFilePermissions(
                    home.resolve("bin/ansible-playbook"), PosixFilePermissions.fromString("rwxr-xr-x"));
            gateway.start();
            long run = gateway.run("deploy", "prod", Map.of());
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> gateway.isOver(run));
            var ended = gateway.get("/api/v1/runs/" + run);
            assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("success");
            assertThat(ended.path("progress").path("results").asInt()).isEqualTo(20_000);
            assertThat(ended.path("successful_servers").asInt()).isEqualTo(1000);
            try (var lines =
                    Files.lines(home.resolve("logs").resolve(ended.path("log").asText()))) {
                assertThat(lines.count()).isEqualTo(LINES);
            }
            var tail = Gateway.json(
                    gateway.post("/api/v1/console", Map.of("text", "logs " + run + " --tail 3", "width", 200)));
            assertThat(tail.path("text").asText()).contains("line 0999999");
            System.out.println(
                    "resident memory of the gateway: " + rss(gateway.process().pid()));
        }
    }

    private static List<String> rss(long pid) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(l -> l.startsWith("VmRSS") || l.startsWith("VmHWM"))
                .map(l -> l.replaceAll("\\s+", " "))
                .toList();
    }
}
