package dev.playcall.bench;

import dev.playcall.bench.AnsibleBench.Cost;
import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.cli.client.HttpGateway;
import dev.playcall.config.runtime.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** One run over thousands of hosts that are not there, alone, under Playcall, and in slices, in turn, with the same forks. */
final class FleetBench {
    private static final int FORKS = 100;
    private static final int UNCOUNTED = 3;
    private static final int SLICES = 2;
    private static final long MEGABYTE = 1 << 20;

    private static final String PLAYBOOK = """
        - name: Fleet
          hosts: all
          gather_facts: false
          tasks:
            - name: First
              ansible.builtin.raw: 'true'
              changed_when: false
            - name: Second
              ansible.builtin.raw: 'true'
              changed_when: false
        """;

    /** Answers each command after a tenth of a second, as a host far away does. */
    private static final String CONNECTION = """
        import time

        from ansible.plugins.connection import ConnectionBase

        DOCUMENTATION = "name: fleet\\nshort_description: hosts that are not there\\ndescription: [for bench fleet]\\noptions: {}"


        class Connection(ConnectionBase):
            transport = "fleet"

            def _connect(self):
                self._connected = True
                return self

            def exec_command(self, cmd, in_data=None, sudoable=True):
                time.sleep(0.1)
                return 0, b"", b""

            def put_file(self, in_path, out_path):
                pass

            def fetch_file(self, in_path, out_path):
                pass

            def close(self):
                self._connected = False
        """;

    private final PrintWriter out;
    private final int rounds;
    private final List<Integer> hosts;

    FleetBench(PrintWriter out, int rounds, List<Integer> hosts) {
        this.out = out;
        this.rounds = rounds;
        this.hosts = List.copyOf(hosts);
    }

    void run() throws IOException, InterruptedException {
        var home = Files.createTempDirectory("playcall-fleet");
        Files.createDirectories(home.resolve("playbooks/connection_plugins"));
        Files.writeString(home.resolve("playbooks/bench.yml"), PLAYBOOK);
        Files.writeString(home.resolve("playbooks/connection_plugins/fleet.py"), CONNECTION);
        for (int n : hosts) {
            AnsibleBench.inventory(home, n, "fleet");
            AnsibleBench.inventory(home, sliced(n), n, "fleet");
        }
        configure(home);
        AnsibleBench.inventory(home, UNCOUNTED, "fleet");
        var load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        out.println("load before: " + load + " on " + Runtime.getRuntime().availableProcessors() + " processors");
        out.println("medians of " + rounds + " rounds in turn, " + FORKS + " forks; two tasks, 0.1 s each on a host");
        out.println("| hosts | alone: CPU s / wall s | Playcall: CPU | wall | " + SLICES
                + " slices: CPU | wall | gateway, benchmark included, MB | Ansible, largest process, MB |");
        out.println("|---|---|---|---|---|---|---|---|");
        try (var application = application(home)) {
            application.start();
            try (var gateway = new HttpGateway(application.found())) {
                AnsibleBench.play(gateway, UNCOUNTED); // in which code is compiled
                for (int n : hosts) {
                    measure(home, n, gateway);
                }
            }
        }
    }

    private static String sliced(int n) {
        return "bench" + n + "-sliced";
    }

    private void configure(Path home) throws IOException {
        var text = new StringBuilder("ansible:\n  environments:\n");
        for (int n : hosts) {
            text.append("    ")
                    .append(sliced(n))
                    .append(": {slices: ")
                    .append(SLICES)
                    .append("}\n");
        }
        Files.createDirectories(home.resolve("config"));
        Files.writeString(home.resolve("config/playcall.yml"), text);
    }

    private static Application application(Path home) throws IOException {
        var environment = new TreeMap<>(System.getenv());
        environment.put("PLAYCALL_ANSIBLE_FORKS", Integer.toString(FORKS));
        environment.put("PLAYCALL_SERVER_PORT", "0");
        return Application.open(ConfigFile.load(home, Optional.empty(), environment), GatewayMode.WORKING, true);
    }

    private void measure(Path home, int n, HttpGateway gateway) throws IOException, InterruptedException {
        var alone = new ArrayList<Cost>();
        var ours = new ArrayList<Cost>();
        var inSlices = new ArrayList<Cost>();
        long run = 0;
        for (int i = 0; i < rounds; i++) {
            alone.add(Cost.of(() -> alone(home, n)));
            var last = new long[1];
            ours.add(Cost.of(() -> last[0] = AnsibleBench.play(gateway, n)));
            run = last[0];
            inSlices.add(Cost.of(() -> AnsibleBench.play(gateway, sliced(n))));
        }
        var bare = Cost.median(alone);
        var with = Cost.median(ours);
        var divided = Cost.median(inSlices);
        out.printf(
                "| %d | %.1f / %.1f | ×%.2f | ×%.2f | ×%.2f | ×%.2f | %d | %d |%n",
                n,
                bare.cpu(),
                bare.wall(),
                with.cpu() / bare.cpu(),
                with.wall() / bare.wall(),
                divided.cpu() / bare.cpu(),
                divided.wall() / bare.wall(),
                number(Path.of("/proc/self/status"), "VmHWM:\\s+(\\d+)") / 1024,
                number(home.resolve("data/runs/" + run + "/exit.json"), "\"max_rss\": ?(\\d+)") / MEGABYTE);
        out.flush();
    }

    private static void alone(Path home, int n) throws IOException, InterruptedException {
        AnsibleBench.execute(
                home,
                "ansible-playbook",
                "-i",
                home.resolve("inventory/bench" + n + "/hosts.yml").toString(),
                "--forks=" + FORKS,
                home.resolve("playbooks/bench.yml").toString());
    }

    private static long number(Path file, String pattern) throws IOException {
        var found = Pattern.compile(pattern).matcher(Files.readString(file));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }
}
