package dev.playcall.notify.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Somebody who is told, over HTTP; answers as it is told to, then 200. */
public final class Receiver implements AutoCloseable {
    /** One request as it came, and whether the answer was good. */
    public record Got(String path, Map<String, List<String>> headers, String text, boolean taken) {
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(e -> e.getKey().equalsIgnoreCase(name))
                    .map(e -> e.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    /** What is answered. */
    record Says(int status, Map<String, String> headers, String body) {}

    private final HttpServer server;
    private volatile Map.Entry<String, Integer> rejected = Map.entry("\0", 0);
    private volatile Says always = new Says(200, Map.of(), "");
    private final Deque<Says> next = new ArrayDeque<>();
    private final List<Got> got = new CopyOnWriteArrayList<>();

    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var text = new String(body, StandardCharsets.UTF_8);
        Says says;
        synchronized (next) {
            says = next.isEmpty() ? always : next.poll();
        }
        if (text.contains(rejected.getKey())) {
            says = new Says(rejected.getValue(), Map.of(), "");
        }
        got.add(new Got(
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders()),
                text,
                says.status() >= 200 && says.status() < 300));
        says.headers().forEach((k, v) -> exchange.getResponseHeaders().set(k, v));
        var said = says.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(says.status(), said.length == 0 ? -1 : said.length);
        if (said.length > 0) {
            exchange.getResponseBody().write(said);
        }
        exchange.close();
    }

    public void says(int status, Map<String, String> headers) {
        synchronized (next) {
            next.add(new Says(status, headers, ""));
        }
    }

    /** From now on, when nothing else was said. */
    public void always(int status, String body) {
        always = new Says(status, Map.of(), body);
    }

    /** The same with headers. */
    public void always(int status, Map<String, String> headers) {
        always = new Says(status, headers, "");
    }

    /** From now on a request with this in it is answered so, and all others as before. */
    public void rejects(String part, int status) {
        rejected = Map.entry(part, status);
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    public List<Got> got() {
        return List.copyOf(got);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
