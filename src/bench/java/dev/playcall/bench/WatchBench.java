package dev.playcall.bench;

import dev.playcall.boot.Application;
import dev.playcall.boot.settings.RefusedException;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.RunJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Many who watch one run: how long news are on their way to each of them, and what they cost in memory. */
final class WatchBench {
    private static final int WATCHERS = 500;
    /** One person may have a hundred streams. */
    private static final int OF_ONE = 80;

    private static final int NEWS = 20;

    private final PrintWriter out;
    private final Application application;
    private final RunJournal journal;
    private final Path logs;

    WatchBench(PrintWriter out, Application application, RunJournal journal, Path logs) {
        this.out = out;
        this.application = application;
        this.journal = journal;
        this.logs = logs;
    }

    void run(Run run) throws IOException, InterruptedException {
        var file = logs.resolve(run.log());
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        long before = memory();
        events(run, before);
        long again = memory();
        lines(run, file, again);
    }

    /** What is alive on both ends: those who watch are in this process too. */
    private static long memory() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void tell(String what, Queue<Double> times, long bytes) {
        var percentiles = Percentiles.of(List.copyOf(times));
        out.printf(
                Locale.ROOT,
                "%s: %d watchers, %d of %d arrived, p50 %.0f ms, p99 %.0f ms, longest %.0f ms, %d kB each (both"
                        + " ends)%n",
                what,
                WATCHERS,
                times.size(),
                WATCHERS * NEWS,
                percentiles.at(0.5),
                percentiles.at(0.99),
                percentiles.at(1),
                bytes / WATCHERS / 1024);
        out.flush();
    }

    private String token() {
        return "Bearer " + application.found().secret().reveal();
    }

    private void events(Run run, long before) throws IOException, InterruptedException {
        var times = new ConcurrentLinkedQueue<Double>();
        var ready = new CountDownLatch(WATCHERS);
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < WATCHERS; i++) {
            var socket = new Socket(
                    application.address().getHost(), application.address().getPort());
            sockets.add(socket);
            socket.getOutputStream().write(request(run, i).getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(() -> read(socket, ready, times));
        }
        await(ready);
        long bytes = memory() - before;
        for (int i = 1; i <= NEWS; i++) {
            var progress = new Progress(i, NEWS, "Watched", "at " + System.nanoTime() + " ", 1, 1, 0, 0, 0, 0);
            journal.progress(run, progress, List.of(), Intake.NONE);
            arrived(times, i);
        }
        tell("a change to those who watch by server-sent events", times, bytes);
        for (var socket : sockets) {
            socket.close();
        }
        // That somebody has gone is noticed when they are told again that it goes on.
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(20));
    }

    private String request(Run run, int i) {
        return "GET /api/v1/runs/" + run.id().value() + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: "
                + token() + "\r\nPlaycall-User: watcher" + i / OF_ONE + "\r\n\r\n";
    }

    private static void read(Socket socket, CountDownLatch ready, Queue<Double> times) {
        try (var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data: ") && line.contains("\"task\":\"at ")) {
                    times.add(since(line));
                } else if (line.equals("event: run")) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            // The bench closes it when it has seen enough.
        }
    }

    private static double since(String text) {
        int from = text.indexOf("at ") + 3;
        return (System.nanoTime() - Long.parseLong(text.substring(from, text.indexOf(' ', from)))) / 1e6;
    }

    private static void await(CountDownLatch ready) throws InterruptedException {
        if (!ready.await(60, TimeUnit.SECONDS)) {
            throw new RefusedException(ready.getCount() + " watchers were not let in");
        }
    }

    private static void arrived(Queue<Double> times, int news) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (times.size() < WATCHERS * news && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }

    private void lines(Run run, Path file, long before) throws IOException, InterruptedException {
        var times = new ConcurrentLinkedQueue<Double>();
        var ready = new CountDownLatch(WATCHERS);
        try (var http = HttpClient.newHttpClient()) {
            var address = application.address() + "/api/v1/runs/" + run.id().value() + "/stream";
            var open = new ArrayList<WebSocket>();
            for (int i = 0; i < WATCHERS; i++) {
                open.add(http.newWebSocketBuilder()
                        .header("Authorization", token())
                        .header("Playcall-User", "reader" + i / OF_ONE)
                        .buildAsync(URI.create(address.replace("http:", "ws:")), new Reader(ready, times))
                        .join());
            }
            await(ready);
            long bytes = memory() - before;
            for (int i = 1; i <= NEWS; i++) {
                Files.writeString(file, "at " + System.nanoTime() + " \n", StandardOpenOption.APPEND);
                arrived(times, i);
            }
            tell("a line of the log to those who watch by WebSocket", times, bytes);
            open.forEach(WebSocket::abort);
        }
    }

    /** Notes when a line of the log arrived. */
    private static final class Reader implements WebSocket.Listener {
        private final CountDownLatch ready;
        private final Queue<Double> times;
        private final StringBuilder part = new StringBuilder();

        private Reader(CountDownLatch ready, Queue<Double> times) {
            this.ready = ready;
            this.times = times;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                var text = part.toString();
                part.setLength(0);
                if (text.contains("\"type\":\"log\"")) {
                    times.add(since(text));
                } else if (text.contains("\"type\":\"run\"")) {
                    ready.countDown();
                }
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
