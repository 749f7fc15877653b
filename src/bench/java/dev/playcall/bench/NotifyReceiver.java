package dev.playcall.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Where the messages of a benchmark arrive: remembers when each alert was first told, and counts what else there was. */
final class NotifyReceiver implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("\"instance\":\"([^\"]+)\"");

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Long> first = new ConcurrentHashMap<>();
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicInteger named = new AtomicInteger();
    private final AtomicLong largest = new AtomicLong();
    private volatile int status = 200;

    NotifyReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(workers);
        server.createContext("/", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        int said = status;
        if (said == 200) {
            long now = System.nanoTime();
            messages.incrementAndGet();
            largest.accumulateAndGet(body.length, Math::max);
            // Group labels and the labels of each alert say the same names: a message tells of each once.
            NAME.matcher(new String(body, StandardCharsets.UTF_8))
                    .results()
                    .map(m -> m.group(1))
                    .distinct()
                    .forEach(name -> {
                        named.incrementAndGet();
                        first.putIfAbsent(name, now);
                    });
        }
        exchange.sendResponseHeaders(said, -1);
        exchange.close();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
    }

    /** What it answers from now on. */
    void answers(int code) {
        status = code;
    }

    /** When it was first told of this alert, by the clock that only goes on. */
    Optional<Long> toldAt(String name) {
        return Optional.ofNullable(first.get(name));
    }

    /** How many different alerts it was told of by name. */
    int alerts() {
        return first.size();
    }

    int messages() {
        return messages.get();
    }

    /** How often an alert was told, beyond the first time. */
    int doubled() {
        return named.get() - first.size();
    }

    long largest() {
        return largest.get();
    }

    void forget() {
        first.clear();
        messages.set(0);
        named.set(0);
        largest.set(0);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
