package dev.playcall.bench;

import dev.playcall.boot.Application;
import dev.playcall.boot.GatewayMode;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.config.runtime.ConfigFile;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.EventStore.RunCompletion;
import dev.playcall.journal.RunJournal;
import dev.playcall.store.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the pages cost: many hosts, many runs, a long log, many who watch one run. The gateway, whoever asks and the browser
 * share this machine.
 */
public final class PageBench {
    private static final int HOSTS = 1000;
    private static final int LINES = 1_000_000;
    private static final int TIMES = 30;
    private static final int WARM = 5;

    private final PrintWriter out;
    private final int runs;
    private final HttpClient http = HttpClient.newHttpClient();

    public PageBench(PrintWriter out, int runs) {
        this.out = out;
        this.runs = runs;
    }

    public void run() throws IOException, InterruptedException {
        var home = Files.createTempDirectory("playcall-page");
        fill(home);
        var config = ConfigFile.load(home, Optional.empty(), new TreeMap<>(System.getenv()));
        invent(home);
        try (var application = Application.open(config, GatewayMode.READING, true)) {
            application.start();
            var journal = application.journal();
            hosts(journal, "ping");
            hosts(journal, "provision");
            hosts(journal, "deploy");
            var log = log(journal, home);
            pages(application, log);
            paint(application, log);
            new WatchBench(out, application, journal, home.resolve("logs")).run(begun(journal, "watched"));
        }
    }

    private static void fill(Path home) throws IOException {
        var text = new StringBuilder("all:\n  hosts:\n");
        names().forEach(h -> text.append("    ").append(h).append(":\n"));
        var folder = Files.createDirectories(home.resolve("inventory/production"));
        Files.writeString(folder.resolve("hosts.yml"), text);
        Files.createDirectories(home.resolve("playbooks"));
        for (var name : List.of("ping", "provision", "deploy", "watched", "long")) {
            Files.writeString(home.resolve("playbooks/" + name + ".yml"), "- hosts: all\n  tasks: []\n");
        }
    }

    private static List<String> names() {
        return IntStream.rangeClosed(1, HOSTS).mapToObj(i -> "web-" + i).toList();
    }

    private void invent(Path home) throws IOException {
        var data = Files.createDirectories(home.resolve("data"));
        var file = data.resolve("playcall.db");
        Database.open("jdbc:sqlite:" + file, Clock.systemUTC()).close();
        InventedRuns.make(file, runs, Instant.now());
    }

    /** A run that works, without anybody who works on it. */
    private static Run begun(RunJournal journal, String name) {
        journal.create(new RunEvent.Requested(BenchRequest.of(name), new Person("web:bench"), Origin.of("api")));
        return journal.claim(
                        name,
                        100,
                        "bench",
                        (run, _) -> run.request().environment() + "/" + run.id().value() + ".log")
                .orElseThrow();
    }

    /** Every hundredth host is in trouble, so that there are errors to show. */
    private static void hosts(RunJournal journal, String name) {
        var run = begun(journal, name);
        var results = new ArrayList<HostResult>();
        int bad = 0;
        for (var host : names()) {
            boolean fails = host.endsWith("00");
            bad += fails ? 1 : 0;
            results.add(new HostResult(
                    host,
                    fails ? HostOutcome.FAILED : HostOutcome.OK,
                    new HostStats(6, 0, 0, fails ? 1 : 0, 0, 0, 0),
                    fails ? Optional.of("Health check") : Optional.empty(),
                    fails ? Optional.of("Status code was 503 and not [200]") : Optional.empty(),
                    Duration.ofMillis(800)));
        }
        var progress = new Progress(HOSTS, HOSTS, "All", "Health check", HOSTS, HOSTS - bad, 0, bad, 0, 0);
        journal.progress(run, progress, results, Intake.NONE);
        journal.end(run.id(), new RunEvent.Finished(new Outcome.Failed(2, bad + " hosts failed")), RunCompletion.NONE);
    }

    private static Run log(RunJournal journal, Path home) throws IOException {
        var run = begun(journal, "long");
        var file = home.resolve("logs").resolve(run.log());
        Files.createDirectories(file.getParent());
        try (var text = Files.newBufferedWriter(file)) {
            for (int i = 1; i <= LINES; i++) {
                text.write(
                        "\u001b[0;32mok: [web-" + i % HOSTS + "] => (item=" + i + ") the answer of a task\u001b[0m\n");
            }
        }
        journal.end(run.id(), new RunEvent.Finished(new Outcome.Success()), RunCompletion.NONE);
        return run;
    }

    private void pages(Application application, Run log) throws IOException, InterruptedException {
        var one = "/runs/" + log.id().value();
        var api = "/api/v1" + one + "/log/";
        Map<String, String> all = new java.util.LinkedHashMap<>();
        all.put("Operations, " + HOSTS + " hosts", "/");
        all.put("Operations, every host shown", "/?environment=production&all=1");
        all.put("Runs, " + runs + " runs", "/runs");
        all.put("Runs, a word of the log", "/runs?q=refused");
        all.put("Run with a log of " + LINES + " lines", one);
        all.put("its log from the middle, 500 lines", api + "lines?limit=500&from=" + LINES / 2);
        all.put("its log at the end, 500 lines", api + "lines?limit=500&from=" + (LINES - 500));
        all.put("a word that is nowhere in it", api + "search?q=nowhere");
        out.println("| page | p50 ms | p99 ms | bytes | compressed |");
        out.println("|---|---|---|---|---|");
        for (var page : all.entrySet()) {
            var times = new ArrayList<Double>();
            boolean slow = page.getValue().contains("search");
            int warm = slow ? 1 : WARM;
            for (int i = 0; i < (slow ? 3 : TIMES) + warm; i++) {
                long begun = System.nanoTime();
                get(application, page.getValue(), "identity");
                if (i >= warm) {
                    times.add((System.nanoTime() - begun) / 1e6);
                }
            }
            var sorted = Percentiles.of(times);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %d | %d |%n",
                    page.getKey(),
                    sorted.at(0.5),
                    sorted.at(0.99),
                    get(application, page.getValue(), "identity"),
                    get(application, page.getValue(), "gzip"));
            out.flush();
        }
    }

    private int get(Application application, String path, String encoding) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(application.address().resolve(path))
                .header("Accept", path.startsWith("/api/") ? "*/*" : "text/html")
                .header("Accept-Encoding", encoding)
                .build();
        var answer = http.send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new RefusedException(path + " answered " + answer.statusCode());
        }
        return answer.body().length;
    }

    private void paint(Application application, Run log) throws IOException, InterruptedException {
        var browser = BenchBrowser.open();
        if (browser.isEmpty()) {
            out.println("no chromium here, so nothing was painted");
            return;
        }
        try (var open = browser.get()) {
            out.println("| page in a browser | first paint, median ms | bytes with styles and scripts |");
            out.println("|---|---|---|");
            for (var path : List.of("/", "/runs", "/runs/" + log.id().value())) {
                var paints = new ArrayList<Double>();
                for (int i = 0; i < 7; i++) {
                    paints.add(open.paint(application.address().resolve(path).toString()));
                }
                out.printf(
                        Locale.ROOT,
                        "| %s | %.0f | %.0f |%n",
                        path,
                        Percentiles.of(paints).at(0.5),
                        open.weight());
                out.flush();
            }
            var scrolls = new ArrayList<Double>();
            for (int i = 0; i < 10; i++) {
                scrolls.add(open.scroll());
            }
            out.printf(
                    Locale.ROOT,
                    "scrolled up in the log until the lines before are there: median %.0f ms, longest %.0f ms%n",
                    Percentiles.of(scrolls).at(0.5),
                    Percentiles.of(scrolls).at(1));
            out.flush();
        }
    }
}
