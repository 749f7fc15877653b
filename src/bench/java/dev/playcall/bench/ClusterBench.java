package dev.playcall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A long queue worked on by one, two and three gateways on one PostgreSQL database, all on this machine: how many runs they do,
 * how they share them, and how long a run waits when a place is free.
 */
final class ClusterBench implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NODES = 3;
    private static final int PLAYBOOKS = 40;
    private static final int PLACES = 2;
    private static final int PROBES = 100;
    private static final Duration LOOK = Duration.ofMillis(250);

    private static final String WORK = """
        - hosts: h1
          gather_facts: false
          tasks:
            - ansible.builtin.raw: sleep %s
              changed_when: false
        """;

    private final PrintWriter out;
    private final int runs;
    private final Path folder;
    private final Deque<Application> nodes = new ArrayDeque<>();
    private final BenchClients clients = new BenchClients();

    /** @param runs in the queue each time */
    ClusterBench(PrintWriter out, int runs) throws IOException {
        this.out = out;
        this.runs = runs;
        this.folder = Files.createTempDirectory("playcall-cluster");
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        if (!System.getenv().getOrDefault("PLAYCALL_STORE_URL", "").startsWith("jdbc:postgresql:")) {
            throw new RefusedException("bench cluster needs an empty PostgreSQL database: set PLAYCALL_STORE_URL, and"
                    + " PLAYCALL_STORE_USER and PLAYCALL_STORE_PASSWORD where it asks for them");
        }
        var load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        out.println("load before: " + load + " on " + Runtime.getRuntime().availableProcessors() + " processors");
        out.println(runs + " queued runs of " + PLAYBOOKS + " playbooks that sleep for 0.3 s; " + PLACES
                + " places on each gateway");
        out.println("| gateways | accepted a second | runs a second | by gateway | started later than its turn, places:"
                + " p99 | enqueue to first process, ms: p50 | p99 |");
        out.println("|---|---|---|---|---|---|---|");
        for (int n = 1; n <= NODES; n++) {
            nodes.add(start("node-" + n));
            measure();
        }
    }

    private Application start(String name) throws IOException {
        var home = folder.resolve(name);
        var inventory = Files.createDirectories(home.resolve("inventory/prod"));
        Files.writeString(
                inventory.resolve("hosts.yml"), "all: { vars: { ansible_connection: local }, hosts: { h1: } }\n");
        Files.createDirectories(home.resolve("playbooks"));
        for (int i = 1; i <= PLAYBOOKS; i++) {
            Files.writeString(home.resolve("playbooks/p" + i + ".yml"), WORK.formatted("0.3"));
        }
        Files.writeString(home.resolve("playbooks/hold.yml"), WORK.formatted("3600"));
        if (!nodes.isEmpty()) {
            copy(folder.resolve("node-1/data/keys"), home.resolve("data/keys"));
        }
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.put("PLAYCALL_ACCESS_LIMITS_RUNS", "0");
        environment.put("PLAYCALL_ANSIBLE_MAX_PARALLEL_RUNS", Integer.toString(PLACES));
        environment.put("PLAYCALL_ANSIBLE_WARM", "auto");
        environment.put("PLAYCALL_CLUSTER_ENABLED", "true");
        environment.put("PLAYCALL_CLUSTER_NODE", name);
        environment.put("PLAYCALL_SERVER_PORT", "0");
        var application =
                Application.open(ConfigFile.load(home, Optional.empty(), environment), GatewayMode.WORKING, true);
        application.start();
        return application;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void measure() throws IOException, InterruptedException, ExecutionException {
        post("/api/v1/queue/pause", "{\"what\":\"queue\",\"reason\":\"benchmark\"}");
        long before = newest();
        double accepted = BenchClients.together(runs, i -> play("p" + (1 + i % PLAYBOOKS), i));
        long begun = System.nanoTime();
        post("/api/v1/queue/resume", "{\"what\":\"queue\"}");
        awaitEmpty();
        double done = runs / ((System.nanoTime() - begun) / 1e9);
        var ended = after(before);
        var shares = ended.stream()
                .collect(Collectors.groupingBy(r -> r.path("node").asText(), TreeMap::new, Collectors.counting()));
        var later = later(ended);
        BenchClients.together(runs, i -> play("hold", i));
        var waited = probes();
        post("/api/v1/queue/cancel", "{}");
        for (var run : get("/api/v1/queue").path("running")) {
            post("/api/v1/runs/" + run.path("id").asLong() + "/cancel", "{}");
        }
        awaitEmpty();
        out.println(String.format(
                Locale.ROOT,
                "| %d | %.0f | %.1f | %s | %.0f | %.0f | %.0f |",
                nodes.size(),
                accepted,
                done,
                shares.values().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                Percentiles.of(later).at(0.99),
                Percentiles.of(waited).at(0.5),
                Percentiles.of(waited).at(0.99)));
        out.flush();
    }

    private long play(String playbook, int n) throws IOException, InterruptedException {
        var door = List.copyOf(nodes).get(n % nodes.size());
        return clients.post(
                        door.address().resolve("/api/v1/runs"),
                        "{\"operation\":\"play\",\"environment\":\"prod\",\"playbook\":\"" + playbook + "\"}")
                .path("id")
                .asLong();
    }

    /** With the queue full of runs of another playbook: from each acceptance to the start of Ansible, in milliseconds. */
    private List<Double> probes() throws IOException, InterruptedException {
        var times = new ArrayList<Double>();
        for (int i = 0; i < PROBES; i++) {
            long run = play("p" + (1 + i % PLAYBOOKS), i);
            var ended = get("/api/v1/runs/" + run);
            while (!ended.path("end_time").isTextual()) {
                LockSupport.parkNanos(LOOK.toNanos());
                ended = get("/api/v1/runs/" + run);
            }
            var exit = JSON.readTree(folder.resolve(ended.path("node").asText() + "/data/runs/" + run + "/exit.json")
                    .toFile());
            times.add((double) (exit.path("started").asLong()
                    - Instant.parse(ended.path("queued_at").asText()).toEpochMilli()));
        }
        return times;
    }

    /** By how many places each run began later than it was asked for, beside the others. */
    private static List<Double> later(List<JsonNode> runs) {
        var begun = runs.stream()
                .sorted(Comparator.comparing(
                        (JsonNode r) -> r.path("start_time").asText()))
                .map(r -> r.path("id").asLong())
                .toList();
        var asked = begun.stream().sorted().toList();
        return IntStream.range(0, begun.size())
                .mapToObj(i -> (double) Math.max(0, i - asked.indexOf(begun.get(i))))
                .toList();
    }

    private long newest() throws IOException, InterruptedException {
        return get("/api/v1/runs?limit=1").path("runs").path(0).path("id").asLong();
    }

    private List<JsonNode> after(long run) throws IOException, InterruptedException {
        var found = new ArrayList<JsonNode>();
        for (long id = run + 1; id <= run + runs; id++) {
            found.add(get("/api/v1/runs/" + id));
        }
        return found;
    }

    private void awaitEmpty() throws IOException, InterruptedException {
        while (true) {
            var queue = get("/api/v1/queue?limit=1");
            if (queue.path("running").isEmpty() && queue.path("waiting_total").asInt() == 0) {
                return;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return clients.get(nodes.getFirst().address().resolve(path));
    }

    private void post(String path, String body) throws IOException, InterruptedException {
        clients.post(nodes.getFirst().address().resolve(path), body);
    }

    @Override
    public void close() {
        nodes.descendingIterator().forEachRemaining(Application::close);
        clients.close();
    }
}
