package dev.playcall.bench;

import dev.playcall.boot.GatewayFile;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.config.runtime.ConfigFile;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reading command of the shell costs while a gateway is running, beside what has to be paid in any case. */
final class CliBench {
    private static final String QUEUE = "queue";

    /** Prints user and system time of a command with all its children, in microseconds. */
    private static final String CLOCK = """
        import resource, subprocess, sys
        subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(round((used.ru_utime + used.ru_stime) * 1e6))
        """;

    private final PrintWriter out;
    private final int rounds;

    CliBench(PrintWriter out, int rounds) {
        this.out = out;
        this.rounds = rounds;
    }

    void run() throws IOException, InterruptedException {
        var commands = commands(Path.of(System.getProperty("playcall.home", "")).toAbsolutePath());
        Map<String, List<Long>> times = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (var command : commands.entrySet()) {
                times.computeIfAbsent(command.getKey(), _ -> new ArrayList<>()).add(micros(command.getValue()));
            }
        }
        var before = median(times.getOrDefault("java -jar playcall.jar queue", List.of(1L)));
        out.printf("%-40s %10s %10s%n", "", "CPU ms", "of java");
        times.forEach((name, all) ->
                out.printf("%-40s %10.1f %10.2f%n", name, median(all) / 1000.0, (double) median(all) / before));
        out.flush();
    }

    private static long median(List<Long> all) {
        return all.stream().sorted().toList().get(all.size() / 2);
    }

    private static Map<String, List<String>> commands(Path home) {
        var config = Optional.ofNullable(System.getenv("PLAYCALL_CONFIG")).map(Path::of);
        var data = ConfigFile.load(home, config, System.getenv()).paths().data();
        var url = GatewayFile.find(data)
                .orElseThrow(() -> new RefusedException("bench cli measures a running gateway: ./playcall serve"))
                .url();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(p -> p.endsWith("playcall.jar"))
                .findFirst()
                .orElseThrow(() -> new RefusedException("bench cli is started with ./playcall"));
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("./playcall queue", List.of(home.resolve("playcall").toString(), QUEUE));
        commands.put(
                "java -jar playcall.jar queue",
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dplaycall.home=" + home,
                        "-jar",
                        jar,
                        QUEUE));
        commands.put("java -version", List.of(java, "-version"));
        commands.put("python3 -c pass", List.of("python3", "-c", "pass"));
        commands.put(
                "python3 and one GET with urllib",
                List.of("python3", "-c", "import urllib.request as u; u.urlopen('" + url + "/healthz').read()"));
        return commands;
    }

    private static long micros(List<String> command) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("python3", "-c", CLOCK));
        words.addAll(command);
        var process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var printed = process.inputReader().readAllAsString().strip();
        if (process.waitFor() != 0) {
            throw new RefusedException(String.join(" ", command) + " failed");
        }
        return Long.parseLong(printed);
    }
}
