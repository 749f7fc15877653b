package dev.playcall.bench;

import dev.playcall.boot.settings.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures what Playcall costs: the same playbook alone, under Playcall and under ansible-runner, in turn. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "bench ansible: the same playbook alone, under Playcall and under ansible-runner",
            "bench cli: what a command of the shell costs while a gateway is running",
            "bench chat: a burst of commands and many live cards",
            "bench cluster: a long queue worked on by one, two and three gateways on PostgreSQL",
            "bench fleet: one run over thousands of hosts that are not there, alone and under Playcall",
            "bench history: questions to a million runs, and forgetting half of them",
            "bench page: what the pages cost with many hosts, runs, lines and watchers",
            "bench queue: accepting, showing and cancelling a long queue",
            "bench notify: alerts through Playcall and through Alertmanager, messages through apprise",
            "bench all: each of them but cli, cluster and fleet, as one report in Markdown and JSON",
            "bench check: what the newest report has worse than the one before it"
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Parameters(arity = "1", paramLabel = "all|ansible|chat|check|cli|cluster|fleet|history|notify|page|queue")
    @Nullable
    String what;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "measured rounds (default 3; one or two more warm up)")
    int rounds;

    @Option(names = "--runs", defaultValue = "1000000", description = "runs in the history (default 1000000)")
    int runs;

    @Option(names = "--times", defaultValue = "200", description = "how often each question is asked (default 200)")
    int times;

    @Option(names = "--commands", defaultValue = "1000", description = "commands at once in a chat (default 1000)")
    int commands;

    @Option(names = "--queued", description = "runs in the queue (default 4000; bench cluster: 1000)")
    @Nullable
    Integer queued;

    @Option(
            names = "--hosts",
            split = ",",
            defaultValue = "1,10,100",
            description = "numbers of hosts (default 1,10,100)")
    List<Integer> hosts = List.of();

    @Option(
            names = "--fleet",
            split = ",",
            defaultValue = "1000,5000",
            description = "numbers of hosts of bench fleet (default 1000,5000)")
    List<Integer> fleet = List.of();

    @Option(names = "--reports", paramLabel = "FOLDER", description = "folder of the reports (default logs/bench)")
    @Nullable
    Path reports;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        switch (Objects.requireNonNull(what)) {
            case "ansible" -> new AnsibleBench(out, rounds, hosts).run();
            case "chat" -> new ChatBench(out, commands).run();
            case "cli" -> new CliBench(out, Math.max(rounds, 7)).run();
            case "cluster" -> {
                try (var bench = new ClusterBench(out, Objects.requireNonNullElse(queued, 1000))) {
                    bench.run();
                }
            }
            case "fleet" -> new FleetBench(out, rounds, fleet).run();
            case "history" -> new HistoryBench(out, runs, times).run();
            case "page" -> new PageBench(out, runs).run();
            case "queue" -> new QueueBench(out, Objects.requireNonNullElse(queued, 4000)).run();
            case "notify" -> new NotifyBench(out, rounds).run();
            case "all" -> new AllBenches(out, reports()).run(options());
            case "check" -> {
                return new AllBenches(out, reports()).check() ? 0 : 1;
            }
            default ->
                throw new RefusedException("there is no benchmark \"" + what
                        + "\" (try bench ansible, bench chat, bench cli, bench cluster, bench fleet, bench"
                        + " history, bench notify, bench page, bench queue or bench all)");
        }
        return 0;
    }

    private Path reports() {
        return Optional.ofNullable(reports)
                .orElseGet(() -> Path.of(System.getProperty("playcall.home", "."))
                        .toAbsolutePath()
                        .resolve("logs")
                        .resolve("bench"));
    }

    /** As they were given, for the benchmarks themselves. */
    private List<String> options() {
        return Objects.requireNonNull(spec).commandLine().getParseResult().matchedOptions().stream()
                .filter(o -> !o.longestName().equals("--reports"))
                .flatMap(o -> Stream.of(o.longestName(), String.join(",", o.originalStringValues())))
                .toList();
    }
}
