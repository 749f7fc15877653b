package dev.playcall.bench;

import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.EventStore.RunCompletion;
import dev.playcall.journal.QueueForecast.Forecast;
import dev.playcall.journal.RunJournal;
import dev.playcall.journal.RunQuery;
import dev.playcall.journal.Stats;
import dev.playcall.runner.retention.Retention;
import dev.playcall.runner.retention.RunnerSettings;
import dev.playcall.store.Database;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * What questions to a long history cost against the same ones to a short one, and how long the start of a run is kept
 * waiting while half of the history is forgotten.
 */
public final class HistoryBench {
    private static final int SMALL = 1_000;
    private static final int PAGE = 50;
    private static final int WARM = 5;
    private static final Duration BASELINE = Duration.ofSeconds(20);

    private final PrintWriter out;
    private final int large;
    private final int times;

    /** @param times how often each question is asked */
    public HistoryBench(PrintWriter out, int large, int times) {
        this.out = out;
        this.large = large;
        this.times = times;
    }

    public void run() throws IOException {
        var small = Files.createTempDirectory("playcall-history");
        var big = Files.createTempDirectory("playcall-history");
        var few = questions(open(small, SMALL), SMALL);
        var database = open(big, large);
        out.printf(
                Locale.ROOT,
                "%d runs, %d MB; %d times each, in turn%n",
                large,
                Files.size(big.resolve("playcall.db")) >> 20,
                times);
        var many = questions(database, large);
        out.println("| question | p50 ms of " + SMALL + " | p99 | p50 ms of " + large + " | p99 | p99 ratio |");
        out.println("|---|---|---|---|---|---|");
        few.forEach((name, a) -> {
            var b = many.getOrDefault(name, a);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.2f | %.1f |%n",
                    name,
                    a.at(0.5),
                    a.at(0.99),
                    b.at(0.5),
                    b.at(0.99),
                    b.at(0.99) / a.at(0.99));
        });
        out.flush();
        forget(database, big);
        database.close();
    }

    private static Database open(Path folder, int runs) {
        var file = folder.resolve("playcall.db");
        var database = Database.open("jdbc:sqlite:" + file, Clock.systemUTC());
        InventedRuns.make(file, runs, Instant.now());
        return database;
    }

    private Map<String, Percentiles> questions(Database database, int runs) {
        var all = asked(database.events(), runs);
        Map<String, List<Double>> took = new LinkedHashMap<>();
        for (int i = 0; i < times + WARM; i++) {
            for (var question : all.entrySet()) {
                long begun = System.nanoTime();
                question.getValue().run();
                double millis = (System.nanoTime() - begun) / 1e6;
                if (i >= WARM) {
                    took.computeIfAbsent(question.getKey(), _ -> new ArrayList<>())
                            .add(millis);
                }
            }
        }
        Map<String, Percentiles> sorted = new LinkedHashMap<>();
        took.forEach((name, list) -> sorted.put(name, Percentiles.of(list)));
        return sorted;
    }

    private static Map<String, Runnable> asked(EventStore store, int runs) {
        var today = LocalDate.now(ZoneOffset.UTC);
        var waiting = store.create(wish(), Instant.now()).run();
        Map<String, Runnable> all = new LinkedHashMap<>();
        all.put("list, page 1", () -> store.list(RunQuery.newest(PAGE)));
        all.put(
                "list, page 1000 (the last where there are fewer)",
                () -> store.list(RunQuery.newest(PAGE).before(Math.max(PAGE, runs - 999L * PAGE))));
        all.put("environment", () -> store.list(query(Set.of(), "", "production", "", "", "")));
        all.put(
                "environment and state",
                () -> store.list(query(Set.of(RunState.FAILED), "", "production", "", "", "")));
        all.put(
                "two states",
                () -> store.list(query(Set.of(RunState.TIMED_OUT, RunState.INTERRUPTED), "", "", "", "", "")));
        all.put("person", () -> store.list(query(Set.of(), "", "", "", "slack:U3", "")));
        all.put("host", () -> store.list(query(Set.of(), "", "", "web-17", "", "")));
        all.put(
                "playbook, state and person",
                () -> store.list(query(Set.of(RunState.FAILED), "deploy", "", "", "slack:U7", "")));
        all.put("a day, half a year ago", () -> store.list(day(query(Set.of(), "", "production", "", "", ""))));
        all.put(
                "nothing fits: two filters that never meet",
                () -> store.list(query(Set.of(RunState.REJECTED), "deploy", "staging", "", "", "")));
        all.put(
                "three environments, for rights",
                () -> store.list(
                        query(Set.of(), "", "", "", "", "").within(Optional.of(Set.of("qa", "emea", "apac")))));
        all.put("text, rare word", () -> store.list(query(Set.of(), "", "", "", "", "rack7")));
        all.put("text, in every failure", () -> store.list(query(Set.of(), "", "", "", "", "refused")));
        all.put(
                "text, phrase and environment",
                () -> store.list(query(Set.of(), "", "production", "", "", "\"connection refused\"")));
        all.put(
                "stats, 7 days",
                () -> store.history().stats(new Stats.Question(today.minusDays(6), today, Optional.empty())));
        all.put(
                "stats, 365 days",
                () -> store.history().stats(new Stats.Question(today.minusDays(364), today, Optional.empty())));
        all.put("estimate of a run", () -> new Forecast(store).of(waiting));
        return all;
    }

    private static RunQuery day(RunQuery q) {
        var to = Instant.now().minus(Duration.ofDays(180));
        return q.between(Optional.of(to.minus(Duration.ofDays(1))), Optional.of(to));
    }

    private static RunQuery query(
            Set<RunState> states, String playbook, String environment, String host, String person, String text) {
        return RunQuery.newest(PAGE)
                .states(states)
                .playbook(some(playbook))
                .environment(some(environment))
                .host(some(host))
                .requestedBy(some(person))
                .text(some(text));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(t -> !t.isEmpty());
    }

    private static RunEvent.Requested wish() {
        return new RunEvent.Requested(BenchRequest.of("deploy"), new Person("slack:U3"), Origin.of("slack:C1"));
    }

    private void forget(Database database, Path home) throws IOException {
        var journal = new RunJournal(database.events(), Clock.systemUTC());
        journal.read().queue().forEach(r -> journal.append(r.id(), new RunEvent.CancelRequested(r.requestedBy())));
        var quiet = starts(journal, new AtomicBoolean(), BASELINE);
        var settings = new RunnerSettings("bench", home.resolve("runs"), home.resolve("logs"), 1, List.of("true"));
        var limits = new Retention.Limits(
                Duration.ofDays(3650), large / 2, new Retention.LogLimits(Duration.ofDays(3650), 0, Long.MAX_VALUE));
        var retention = new Retention(() -> limits, Map::of, settings, journal, Clock.systemUTC());
        var over = new AtomicBoolean();
        long begun = System.nanoTime();
        var gone = new int[1];
        var work = Thread.ofPlatform().start(() -> {
            gone[0] = retention.tick();
            over.set(true);
        });
        var meanwhile = starts(journal, over, Duration.ofHours(2));
        try {
            work.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        out.printf(
                Locale.ROOT, "%d runs forgotten in %.0f s (%.0f in a second)%n", gone[0], seconds, gone[0] / seconds);
        tell("start of a run, nothing else going on", quiet);
        tell("start of a run, while they are forgotten", meanwhile);
        out.flush();
    }

    private void tell(String what, Percentiles times) {
        out.printf(
                Locale.ROOT,
                "%s: %d starts, p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                what,
                times.sorted().size(),
                times.at(0.5),
                times.at(0.99),
                times.at(1));
    }

    /** From the request to the claim, both written through to the disk; each run ends before the next begins. */
    private static Percentiles starts(RunJournal journal, AtomicBoolean over, Duration most) {
        var times = new ArrayList<Double>();
        long end = System.nanoTime() + most.toNanos();
        while (!over.get() && System.nanoTime() < end) {
            long begun = System.nanoTime();
            var run = journal.create(wish()).run();
            journal.claim("deploy", 4, "bench", (_, _) -> "production/bench.log");
            times.add((System.nanoTime() - begun) / 1e6);
            journal.end(run.id(), new RunEvent.Finished(new Outcome.Success()), RunCompletion.NONE);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return Percentiles.of(times);
    }
}
