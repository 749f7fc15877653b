package dev.playcall.bench;

import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.cli.client.RunFollower;
import dev.playcall.cli.client.Terminal;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The same playbook alone, under Playcall and under ansible-runner, in turn. */
final class AnsibleBench {
    private static final String PLAYBOOK = """
        - name: Bench
          hosts: all
          gather_facts: false
          tasks:
            - name: Say
              ansible.builtin.debug: {msg: hello}
            - name: Set
              ansible.builtin.set_fact: {x: 1}
            - name: Execute
              ansible.builtin.raw: 'true'
              changed_when: false
        """;

    private static final int UNCOUNTED = 2;

    private final PrintWriter out;
    private final int rounds;
    private final List<Integer> hosts;

    AnsibleBench(PrintWriter out, int rounds, List<Integer> hosts) {
        this.out = out;
        this.rounds = rounds;
        this.hosts = List.copyOf(hosts);
    }

    void run() throws IOException, InterruptedException {
        var home = Files.createTempDirectory("playcall-bench");
        Files.createDirectories(home.resolve("playbooks"));
        Files.writeString(home.resolve("playbooks/bench.yml"), PLAYBOOK);
        for (int n : hosts) {
            inventory(home, n);
        }
        var load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        out.println("load before: " + load + " on " + Runtime.getRuntime().availableProcessors() + " processors");
        out.println("medians of " + rounds + " rounds in turn; CPU counts every process, the gateway's own included");
        out.println("| hosts | alone: CPU s / wall s | Playcall: CPU | wall | warm: CPU | wall | ansible-runner: CPU |"
                + " wall |");
        out.println("|---|---|---|---|---|---|---|---|");
        try (var cold = application(home, "off");
                var warm = application(home, "auto")) {
            cold.start();
            warm.start();
            try (var gateway = new HttpGateway(cold.found());
                    var warmGateway = new HttpGateway(warm.found())) {
                for (int n : hosts) {
                    measure(home, n, gateway, warmGateway);
                }
            }
        }
    }

    /** Two gateways with the same files, but each with data of its own. */
    private static Application application(Path home, String warm) throws IOException {
        var environment = new TreeMap<>(System.getenv());
        environment.put("PLAYCALL_ANSIBLE_FORKS", "10");
        environment.put("PLAYCALL_ANSIBLE_WARM", warm);
        environment.put("PLAYCALL_PATHS_DATA", "data-" + warm);
        environment.put("PLAYCALL_PATHS_LOGS", "logs-" + warm);
        environment.put("PLAYCALL_STORE_URL", "jdbc:sqlite:data-" + warm + "/playcall.db");
        environment.put("PLAYCALL_SERVER_PORT", "0");
        return Application.open(ConfigFile.load(home, Optional.empty(), environment), GatewayMode.WORKING, true);
    }

    private static void inventory(Path home, int n) throws IOException {
        inventory(home, n, "local");
    }

    static void inventory(Path home, int n, String connection) throws IOException {
        inventory(home, "bench" + n, n, connection);
    }

    static void inventory(Path home, String environment, int n, String connection) throws IOException {
        var text = new StringBuilder("all:\n  vars: {ansible_connection: " + connection + "}\n  hosts:\n");
        for (int i = 1; i <= n; i++) {
            text.append("    h").append(i).append(":\n");
        }
        var folder = Files.createDirectories(home.resolve("inventory/" + environment));
        Files.writeString(folder.resolve("hosts.yml"), text);
    }

    /** The first two rounds do not count: in them code is compiled and Ansible is imported ahead. */
    private void measure(Path home, int n, HttpGateway gateway, HttpGateway warm)
            throws IOException, InterruptedException {
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        for (int i = 0; i < rounds + UNCOUNTED; i++) {
            for (var way : List.of("alone", "playcall", "warm", "runner")) {
                var cost = Cost.of(
                        switch (way) {
                            case "alone" -> () -> alone(home, n);
                            case "playcall" -> () -> play(gateway, n);
                            case "warm" -> () -> play(warm, n);
                            default -> () -> runner(home, n);
                        });
                if (i >= UNCOUNTED) {
                    costs.computeIfAbsent(way, _ -> new ArrayList<>()).add(cost);
                }
            }
        }
        var alone = Cost.median(costs.getOrDefault("alone", List.of()));
        var ours = Cost.median(costs.getOrDefault("playcall", List.of()));
        var warmed = Cost.median(costs.getOrDefault("warm", List.of()));
        var runner = Cost.median(costs.getOrDefault("runner", List.of()));
        out.printf(
                "| %d | %.1f / %.1f | ×%.2f | ×%.2f | ×%.2f | ×%.2f | ×%.2f | ×%.2f |%n",
                n,
                alone.cpu(),
                alone.wall(),
                ours.cpu() / alone.cpu(),
                ours.wall() / alone.wall(),
                warmed.cpu() / alone.cpu(),
                warmed.wall() / alone.wall(),
                runner.cpu() / alone.cpu(),
                runner.wall() / alone.wall());
        out.flush();
    }

    private static void alone(Path home, int n) throws IOException, InterruptedException {
        execute(
                home,
                "ansible-playbook",
                "-i",
                home.resolve("inventory/bench" + n + "/hosts.yml").toString(),
                "--forks=10",
                home.resolve("playbooks/bench.yml").toString());
    }

    /** Runs the playbook bench in the environment of so many hosts, to its end. */
    static long play(HttpGateway gateway, int n) {
        return play(gateway, "bench" + n);
    }

    static long play(HttpGateway gateway, String environment) {
        var said = gateway.run("play bench " + environment, new Terminal(100, false, false));
        if (said.run().isEmpty()) {
            throw new RefusedException(said.text().strip());
        }
        var nowhere = new PrintWriter(java.io.Writer.nullWriter());
        var status = new RunFollower(gateway::card, nowhere, new Terminal(100, false, false))
                .follow(said.run().getAsLong());
        if (!status.equals("success")) {
            throw new RefusedException("the measured run ended as " + status);
        }
        return said.run().getAsLong();
    }

    private static void runner(Path home, int n) throws IOException, InterruptedException {
        var data = Files.createTempDirectory(home, "runner");
        execute(
                home,
                "ansible-runner",
                "run",
                data.toString(),
                "-q",
                "-p",
                home.resolve("playbooks/bench.yml").toString(),
                "--inventory",
                home.resolve("inventory/bench" + n + "/hosts.yml").toString(),
                "--forks",
                "10");
    }

    static void execute(Path home, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile());
        builder.environment().put("PYTHONUNBUFFERED", "1");
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new RefusedException(
                    command[0] + " ended with " + code + ": " + Files.readString(home.resolve("output")));
        }
    }

    /** Seconds. */
    record Cost(double cpu, double wall) {

        interface Work {
            void run() throws IOException, InterruptedException;
        }

        static Cost of(Work work) throws IOException, InterruptedException {
            double before = cpuSeconds();
            var start = Instant.now();
            work.run();
            return new Cost(
                    cpuSeconds() - before,
                    Duration.between(start, Instant.now()).toMillis() / 1000.0);
        }

        static Cost median(List<Cost> costs) {
            return new Cost(
                    costs.stream()
                            .mapToDouble(Cost::cpu)
                            .sorted()
                            .skip(costs.size() / 2)
                            .findFirst()
                            .orElse(0),
                    costs.stream()
                            .mapToDouble(Cost::wall)
                            .sorted()
                            .skip(costs.size() / 2)
                            .findFirst()
                            .orElse(0));
        }

        /** Ours and that of every process below us, whether it goes on or has ended. */
        private static double cpuSeconds() {
            return Stream.concat(
                                    Stream.of(ProcessHandle.current()),
                                    ProcessHandle.current().descendants())
                            .mapToLong(p -> ticks(p.pid()))
                            .sum()
                    / 100.0;
        }

        /** With those of the children it has waited for: fields 14 to 17 of its stat, in hundredths. */
        private static long ticks(long process) {
            try {
                var stat = Files.readString(Path.of("/proc/" + process + "/stat"));
                var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
                return fields.subList(11, 15).stream()
                        .mapToLong(Long::parseLong)
                        .sum();
            } catch (IOException e) {
                return 0; // whoever started it has just waited for it
            }
        }
    }
}
