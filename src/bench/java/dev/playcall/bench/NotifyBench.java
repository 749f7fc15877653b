package dev.playcall.bench;

import dev.playcall.bench.NotifyPeer.Alert;
import dev.playcall.boot.settings.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Ours beside Alertmanager, in turn and on the same machine: how fast alerts are taken and told, what that costs, what is
 * lost when the process is killed, and what people get in a storm. Alertmanager keeps what it took in memory, ours has it
 * on disk before it answers.
 */
public final class NotifyBench {
    private static final int QUIET = 200;
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final int EACH = 3_000;
    private static final int CONNECTIONS = 16;
    private static final int KILLED = 500;
    private static final int STORM = 10_000;
    private static final int PER_POST = 100;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final PrintWriter out;
    private final int rounds;
    private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
    private int names;

    public NotifyBench(PrintWriter out, int rounds) {
        this.out = out;
        this.rounds = rounds;
    }

    public void run() throws IOException, InterruptedException, ExecutionException {
        var home = Files.createTempDirectory("playcall-bench");
        out.println("medians of " + rounds + " rounds in turn, after one to warm up; everything on 127.0.0.1");
        try (var ofTheirs = new NotifyReceiver();
                var ofOurs = new NotifyReceiver();
                var theirs = NotifyPeer.alertmanager(home.resolve("theirs"), ofTheirs.address());
                var ours = NotifyPeer.playcall(home.resolve("ours"), ofOurs.address())) {
            // Each has its own receiver: what one tells late is not counted for the other.
            var receivers = Map.of(theirs, ofTheirs, ours, ofOurs);
            var both = List.of(theirs, ours);
            for (var peer : both) {
                peer.start();
                note(peer, "memory at rest, MB", (double) peer.megabytes());
            }
            for (int round = 0; round <= rounds; round++) {
                for (var peer : both) {
                    quiet(peer, Objects.requireNonNull(receivers.get(peer)), round > 0);
                    each(peer, Objects.requireNonNull(receivers.get(peer)), round > 0);
                }
            }
            for (var peer : both) {
                storm(peer, Objects.requireNonNull(receivers.get(peer)), "one", "one group");
                storm(peer, Objects.requireNonNull(receivers.get(peer)), "storm", "a group each");
                note(peer, "memory in the end, MB", (double) peer.megabytes());
            }
            for (int round = 0; round < rounds; round++) {
                for (var peer : both) {
                    kill(peer, Objects.requireNonNull(receivers.get(peer)));
                }
            }
            print();
            new AppriseBench(out, ofOurs).run(home);
        }
    }

    private void note(NotifyPeer peer, String what, double value) {
        figures.computeIfAbsent(what, _ -> new HashMap<>())
                .computeIfAbsent(peer.name(), _ -> new ArrayList<>())
                .add(value);
    }

    private List<Alert> alerts(int count, String way) {
        return IntStream.range(0, count)
                .mapToObj(_ -> new Alert("host" + names++, way))
                .toList();
    }

    /** One alert after another, with time between them. */
    private void quiet(NotifyPeer peer, NotifyReceiver receiver, boolean counts)
            throws IOException, InterruptedException {
        var sent = new ConcurrentHashMap<String, Long>();
        var alerts = alerts(QUIET, "each");
        receiver.forget();
        for (var alert : alerts) {
            sent.put(alert.name(), System.nanoTime());
            peer.post(List.of(alert));
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
        until(() -> receiver.alerts() >= QUIET);
        if (counts) {
            times(peer, receiver, sent, "20 a second: in → out");
        }
    }

    /** As fast as it takes them, one in a post and a message for each. */
    private void each(NotifyPeer peer, NotifyReceiver receiver, boolean counts)
            throws IOException, InterruptedException, ExecutionException {
        var sent = new ConcurrentHashMap<String, Long>();
        var alerts = alerts(EACH, "each");
        receiver.forget();
        double cpu = peer.cpu();
        long begun = System.nanoTime();
        posts(peer, alerts.stream().map(List::of).toList(), sent);
        double taken = seconds(begun);
        until(() -> receiver.alerts() >= EACH);
        if (counts) {
            note(peer, "flood: taken a second", EACH / taken);
            note(peer, "flood: told a second", receiver.alerts() / seconds(begun));
            note(peer, "flood: never told", EACH - (double) receiver.alerts());
            note(peer, "flood: processor ms an alert", (peer.cpu() - cpu) * 1000 / EACH);
            times(peer, receiver, sent, "flood: in → out");
        }
    }

    private void times(NotifyPeer peer, NotifyReceiver receiver, Map<String, Long> sent, String what) {
        var millis = sent.entrySet().stream()
                .flatMap(e -> receiver.toldAt(e.getKey()).map(t -> (t - e.getValue()) / 1e6).stream())
                .sorted()
                .toList();
        if (!millis.isEmpty()) {
            note(peer, what + " p50, ms", millis.get(millis.size() / 2));
            note(peer, what + " p99, ms", millis.get(millis.size() * 99 / 100));
        }
    }

    private void posts(NotifyPeer peer, List<List<Alert>> posts, Map<String, Long> sent)
            throws InterruptedException, ExecutionException {
        try (ExecutorService people = Executors.newFixedThreadPool(CONNECTIONS)) {
            var done = new ArrayList<Future<Boolean>>();
            for (var post : posts) {
                done.add(people.submit(() -> {
                    long now = System.nanoTime();
                    post.forEach(a -> sent.put(a.name(), now));
                    return peer.post(post);
                }));
            }
            for (var one : done) {
                if (!one.get()) {
                    throw new RefusedException(peer.name() + " did not take what it was sent");
                }
            }
        }
    }

    /** Ten thousand alerts at once: how long it takes to have them, and what comes out. */
    private void storm(NotifyPeer peer, NotifyReceiver receiver, String way, String called)
            throws InterruptedException, ExecutionException {
        receiver.forget();
        var alerts = alerts(STORM, way);
        var posts = IntStream.range(0, STORM / PER_POST)
                .mapToObj(i -> alerts.subList(i * PER_POST, (i + 1) * PER_POST))
                .toList();
        var label = String.format(Locale.ROOT, "storm of %,d, %s: ", STORM, called);
        long begun = System.nanoTime();
        posts(peer, posts, new ConcurrentHashMap<>());
        note(peer, label + "taken in, s", seconds(begun));
        settled(receiver, way.equals("storm") ? 65 : 10);
        note(peer, label + "messages", receiver.messages());
        note(peer, label + "largest message, kB", receiver.largest() / 1024.0);
    }

    /** Nothing new has come for so long that nothing will: longer than any pause that is configured here. */
    private static void settled(NotifyReceiver receiver, int quiet) {
        int before = -1;
        long since = System.nanoTime();
        long end = System.nanoTime() + 2 * LONGEST.toNanos();
        while (System.nanoTime() < end && seconds(since) < quiet) {
            if (receiver.messages() != before) {
                before = receiver.messages();
                since = System.nanoTime();
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    /** What it said it has, and then it is killed while the receiver is down; nobody sends it again. */
    private void kill(NotifyPeer peer, NotifyReceiver receiver)
            throws IOException, InterruptedException, ExecutionException {
        receiver.forget();
        receiver.answers(503);
        posts(peer, alerts(KILLED, "each").stream().map(List::of).toList(), new ConcurrentHashMap<>());
        peer.kill();
        receiver.answers(200);
        peer.start();
        until(() -> receiver.alerts() >= KILLED, Duration.ofSeconds(30));
        note(peer, "kill −9, " + KILLED + " taken and not yet told: lost", KILLED - (double) receiver.alerts());
        note(peer, "kill −9: told twice", receiver.doubled());
    }

    private static void until(BooleanSupplier done) {
        until(done, LONGEST);
    }

    private static void until(BooleanSupplier done, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void print() {
        out.println("| | Alertmanager (in memory) | Playcall (on disk) |");
        out.println("|---|---|---|");
        figures.forEach(
                (what, by) -> out.println("| " + what + " | " + shown(by.getOrDefault("Alertmanager", List.of()))
                        + " | " + shown(by.getOrDefault("Playcall", List.of())) + " |"));
        out.flush();
    }

    private static String shown(List<Double> values) {
        if (values.isEmpty()) {
            return "–";
        }
        var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = sorted[sorted.length / 2];
        var spread = sorted.length > 1 && Arrays.stream(sorted).anyMatch(v -> v != median)
                ? " (" + number(sorted[0]) + " – " + number(sorted[sorted.length - 1]) + ")"
                : "";
        return number(median) + spread;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) || value >= 100 ? "%,.0f" : "%.1f", value);
    }
}
