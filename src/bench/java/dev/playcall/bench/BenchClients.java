package dev.playcall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.boot.settings.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Programs that use the API of gateways; what is refused ends the benchmark. */
final class BenchClients implements AutoCloseable {
    /** How many work at the same time in {@link #together}. */
    static final int CLIENTS = 8;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    interface Work {
        /** @param number from 0 on */
        void run(int number) throws IOException, InterruptedException;
    }

    /** Does it so often, by all clients together; returns how often a second. */
    static double together(int times, Work work) throws InterruptedException, ExecutionException {
        var next = new AtomicInteger();
        long begun = System.nanoTime();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var done = new ArrayList<Future<?>>();
            for (int i = 0; i < CLIENTS; i++) {
                done.add(clients.submit(() -> {
                    for (int n = next.getAndIncrement(); n < times; n = next.getAndIncrement()) {
                        work.run(n);
                    }
                    return null;
                }));
            }
            for (var client : done) {
                client.get();
            }
        }
        return times / ((System.nanoTime() - begun) / 1e9);
    }

    /** The answer as it came. */
    byte[] read(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address)).body();
    }

    JsonNode get(URI address) throws IOException, InterruptedException {
        return JSON.readTree(read(address));
    }

    JsonNode post(URI address, String body) throws IOException, InterruptedException {
        return JSON.readTree(send(HttpRequest.newBuilder(address)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .body());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw new RefusedException(answer.request().uri().getPath() + " answered " + answer.statusCode());
        }
        return answer;
    }

    @Override
    public void close() {
        http.close();
    }
}
