package dev.playcall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.settings.RefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Chromium of this machine, asked over its own debugging protocol when it painted what. */
final class BenchBrowser implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String PAINTED = """
        new Promise(done => { const look = () => {
          const found = performance.getEntriesByName('first-contentful-paint');
          if (found.length) done(found[0].startTime); else setTimeout(look, 20); }; look(); })\
        """;
    private static final String WEIGHT = "['navigation', 'resource'].flatMap(t => performance.getEntriesByType(t))"
            + ".reduce((sum, e) => sum + e.encodedBodySize, 0)";
    private static final String SCROLLED = """
        new Promise(done => { const box = document.getElementById('lines'); const from = performance.now();
          const watch = new MutationObserver(() => { watch.disconnect(); done(performance.now() - from); });
          watch.observe(box, {childList: true, subtree: true}); box.scrollTop = 0; })\
        """;

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;

    private BenchBrowser(Process process) {
        this.process = process;
    }

    /** Empty where there is none. */
    static Optional<BenchBrowser> open() throws IOException, InterruptedException {
        var path = System.getenv().getOrDefault("PATH", "").split(":", -1);
        var program = Stream.of(path)
                .flatMap(p -> NAMES.stream().map(n -> Path.of(p, n)))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        var process = new ProcessBuilder(
                        program.get().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + Files.createTempDirectory("playcall-browser"),
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var browser = new BenchBrowser(process);
        browser.connect(process.errorReader(StandardCharsets.UTF_8));
        return Optional.of(browser);
    }

    private void connect(BufferedReader said) throws IOException, InterruptedException {
        var line = said.readLine();
        while (line != null && !line.contains("DevTools listening on ")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new RefusedException("the browser ended before it could be asked anything");
        }
        Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
        var port = URI.create(line.substring(line.indexOf("ws://"))).getPort();
        var page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        var target = JSON.readTree(http.send(page, BodyHandlers.ofString()).body());
        var address = URI.create(target.path("webSocketDebuggerUrl").asText());
        socket = http.newWebSocketBuilder().buildAsync(address, this).join();
        ask("Page.enable", Map.of());
        ask("Network.enable", Map.of());
        ask("Network.setCacheDisabled", Map.of("cacheDisabled", true));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            var text = part.toString();
            part.setLength(0);
            answered(text);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void answered(String text) {
        try {
            var message = JSON.readTree(text);
            var answer = waiting.remove(message.path("id").asInt());
            if (answer != null) {
                answer.complete(message.path("result"));
            }
        } catch (IOException e) {
            throw new IllegalStateException("the browser does not speak JSON", e);
        }
    }

    private JsonNode ask(String method, Map<String, Object> parameters) throws IOException {
        int id = number.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        waiting.put(id, answer);
        var text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
        java.util.Objects.requireNonNull(socket).sendText(text, true).join();
        return answer.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private double number(String script) throws IOException {
        var asked = Map.<String, Object>of("expression", script, "awaitPromise", true, "returnByValue", true);
        return ask("Runtime.evaluate", asked).at("/result/value").asDouble();
    }

    /** Milliseconds from the click to the first thing to see, without anything in the browser's cache. */
    double paint(String address) throws IOException {
        ask("Page.navigate", Map.of("url", "about:blank"));
        ask("Page.navigate", Map.of("url", address));
        return number(PAINTED);
    }

    /** Bytes that came over the line for the page that is open. */
    double weight() throws IOException {
        return number("new Promise(done => setTimeout(() => done(" + WEIGHT + "), 500))");
    }

    /** Milliseconds until there are other lines after the log was scrolled to the top of what is there. */
    double scroll() throws IOException {
        return number(SCROLLED);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        http.close();
    }
}
