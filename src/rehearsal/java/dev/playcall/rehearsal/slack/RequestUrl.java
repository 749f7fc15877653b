package dev.playcall.rehearsal.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The address of an application without Socket Mode: each envelope is a signed request there, and its answer the receipt. */
final class RequestUrl implements Delivery, AutoCloseable {
    private final Supplier<URI> address;
    private final String secret;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile boolean late;

    RequestUrl(Supplier<URI> address, String secret, Clock clock) {
        this.address = address;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public void late(boolean value) {
        late = value;
    }

    @Override
    public Ack deliver(ObjectNode envelope, Duration timeout) {
        long begin = System.nanoTime();
        try {
            var answer = http.send(request(envelope, timeout), BodyHandlers.ofString());
            return late ? Ack.missed(timeout) : ack(answer, Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException e) {
            return Ack.missed(Duration.ofNanos(System.nanoTime() - begin));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Ack.missed(timeout);
        }
    }

    private static Ack ack(HttpResponse<String> answer, Duration latency) {
        if (answer.statusCode() != 200) {
            return Ack.missed(latency);
        }
        return answer.body().isBlank()
                ? new Ack(true, latency, Json.object(), List.of())
                : Json.read(answer.body())
                        .map(p -> new Ack(true, latency, p, List.of()))
                        .orElseGet(
                                () -> new Ack(true, latency, Json.object(), List.of("[ERROR] the answer is no JSON")));
    }

    private HttpRequest request(ObjectNode envelope, Duration timeout) {
        var payload = envelope.path("payload");
        boolean event = envelope.path("type").asText().equals("events_api");
        var body = event ? payload.toString() : form(envelope.path("type").asText(), payload);
        var time = Long.toString(clock.instant().getEpochSecond());
        var request = HttpRequest.newBuilder(address.get())
                .timeout(timeout)
                .header("Content-Type", event ? "application/json" : "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", time)
                .header("X-Slack-Signature", signature(time + ":" + body));
        int attempt = envelope.path("retry_attempt").asInt();
        if (attempt > 0) {
            request.header("X-Slack-Retry-Num", Integer.toString(attempt))
                    .header("X-Slack-Retry-Reason", "http_timeout");
        }
        return request.POST(BodyPublishers.ofString(body)).build();
    }

    /** The fields of a command as they are; what was clicked is one field of JSON. */
    private static String form(String type, JsonNode payload) {
        return type.equals("slash_commands")
                ? payload.properties().stream()
                        .map(e -> field(e.getKey(), e.getValue().asText()))
                        .collect(Collectors.joining("&"))
                : field("payload", payload.toString());
    }

    private static String field(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String signature(String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(("v0:" + signed).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
