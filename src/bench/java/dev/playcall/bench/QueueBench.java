package dev.playcall.bench;

import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** A long queue: how fast runs are accepted, what showing the queue costs, and how long it takes to cancel it. */
final class QueueBench {
    private static final int TIMES = 15;

    private final PrintWriter out;
    private final int runs;
    private final BenchClients clients = new BenchClients();

    /** @param runs in the queue */
    QueueBench(PrintWriter out, int runs) {
        this.out = out;
        this.runs = runs;
    }

    void run() throws IOException, InterruptedException, ExecutionException {
        var home = Files.createTempDirectory("playcall-queue");
        fill(home);
        var environment = new TreeMap<>(System.getenv());
        environment.put("PLAYCALL_ACCESS_LIMITS_RUNS", "0");
        var config = ConfigFile.load(home, Optional.empty(), environment);
        try (clients;
                var application = Application.open(config, GatewayMode.WORKING, true)) {
            application.start();
            post(application, "/api/v1/queue/pause", "{\"what\":\"queue\",\"reason\":\"benchmark\"}");
            out.println("| " + runs + " queued runs | |");
            out.println("|---|---|");
            accept(application);
            for (var path : List.of("/queue", "/api/v1/queue", "/", "/runs")) {
                read(application, path);
            }
            long begun = System.nanoTime();
            post(application, "/api/v1/queue/cancel", "{}");
            say("cancel all, s", "%.2f", (System.nanoTime() - begun) / 1e9);
        }
    }

    private static void fill(Path home) throws IOException {
        var folder = Files.createDirectories(home.resolve("inventory/production"));
        Files.writeString(folder.resolve("hosts.yml"), "all: { hosts: { web-1: , web-2: , web-3: } }\n");
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(home.resolve("playbooks/update.yml"), "- hosts: all\n  tasks: []\n");
    }

    private void accept(Application application) throws InterruptedException, ExecutionException {
        double accepted = BenchClients.together(
                runs,
                _ -> post(application, "/api/v1/runs", "{\"operation\":\"update\",\"environment\":\"production\"}"));
        say("accepted a second, " + BenchClients.CLIENTS + " clients", "%.0f", accepted);
    }

    private void read(Application application, String path) throws IOException, InterruptedException {
        var times = new ArrayList<Double>();
        int bytes = 0;
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            bytes = clients.read(application.address().resolve(path)).length;
            times.add((System.nanoTime() - begun) / 1e6);
        }
        say(path + ", p50 ms", "%.1f", Percentiles.of(times).at(0.5));
        say(path + ", kB", "%.0f", bytes / 1000.0);
    }

    private void say(String what, String format, double value) {
        out.println("| " + what + " | " + String.format(Locale.ROOT, format, value) + " |");
        out.flush();
    }

    private void post(Application application, String path, String body) throws IOException, InterruptedException {
        clients.post(application.address().resolve(path), body);
    }
}
