package dev.playcall.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * Serves the stand-in agent of {@code src/test/resources/agent} in several versions. Below {@code /corrupt} the binaries are not those of the checksums, below {@code /gone} there are none.
 */
public final class AgentEndpoint implements AutoCloseable {
    private static final List<String> VERSIONS = List.of("v1.0.0", "v1.1.0", "v1.2.0-broken", "v1.3.0-mute");
    private static final List<String> BINARIES = List.of("nodepulse-linux-amd64", "nodepulse-linux-arm64");

    private final HttpServer server;
    private final String agent;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    public AgentEndpoint() throws IOException {
        agent = Files.readString(Path.of("src", "test", "resources", "agent", "nodepulse"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::release);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often this path was asked for. */
    public long asked(String path) {
        return asked.stream().filter(path::equals).count();
    }

    private void release(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        var path = exchange.getRequestURI().getPath().split("/", -1);
        answer(exchange, path.length == 4 ? file(path[1], path[2], path[3]) : Optional.empty());
    }

    private Optional<String> file(String kind, String version, String name) {
        if (version.equals("latest") && name.equals("VERSION")) {
            return Optional.of("v1.1.0\n");
        }
        var binary = agent.replace("@VERSION@", version);
        if (!VERSIONS.contains(version)) {
            return Optional.empty();
        }
        if (BINARIES.contains(name) && !kind.equals("gone")) {
            return Optional.of(kind.equals("corrupt") ? binary + "#" : binary);
        }
        if (name.equals("SHA256SUMS") && !kind.equals("beside")) {
            return Optional.of(sum(binary) + "  " + String.join("\n" + sum(binary) + "  ", BINARIES) + "\n");
        }
        return BINARIES.contains(name.replace(".sha256", "")) && kind.equals("beside")
                ? Optional.of(sum(binary) + "\n")
                : Optional.empty();
    }

    private static String sum(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, Optional<String> text) throws IOException {
        var body = text.orElse("").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(text.isPresent() ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
