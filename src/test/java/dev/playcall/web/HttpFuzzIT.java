package dev.playcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playcall.testing.Enqueued;
import dev.playcall.testing.Fuzz;
import dev.playcall.testing.LoggedFaults;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent over HTTP: no fault of ours, no trace in the answer, and only what is offered is enqueued. */
class HttpFuzzIT {
    private static final ObjectNode WISH = Fuzz.json("""
        {"operation": "deploy", "environment": "production", "limit": "web-1", "tags": ["app"], "check": true,
         "diff": false, "variables": {"version": "v1.0.0", "workers": 4}, "name": "a name", "description": "why"}\
        """);
    private static final ObjectNode LINE = Fuzz.json("""
        {"text": "deploy production version=v1", "width": 100, "colour": false, "user": "ops"}\
        """);
    private static final List<String> DEEDS = List.of("cancel", "retry", "rerun");
    private static final List<String> READS = List.of(
            "/api/v1/runs?limit=",
            "/api/v1/runs?status=",
            "/api/v1/runs?from=",
            "/api/v1/runs?q=",
            "/api/v1/runs/",
            "/api/v1/audit?person=",
            "/api/v1/audit?run=",
            "/api/v1/audit?cursor=",
            "/api/v1/environments/",
            "/runs?q=",
            "/runs/",
            "/");

    @TempDir
    private Path folder;

    @Test
    void anyRequestIsAnswered() throws Exception {
        try (var fixture = new WebFixture(folder);
                var faults = new LoggedFaults()) {
            var enqueued = new Enqueued(fixture.journal, fixture.catalog(), Set.of("web:local"));
            int tried = Fuzz.each("http", fuzz -> {
                looksRight(send(fixture, fuzz));
                if (fuzz.oneIn(50)) {
                    enqueued.look();
                }
            });
            enqueued.look();
            assertThat(faults.seen()).isEmpty();
            assertThat(tried).isGreaterThanOrEqualTo(Fuzz.share(4_000));
            assertThat(enqueued.looked()).as("some of it was meant well").isGreaterThan(Fuzz.share(50));
        }
    }

    private static void looksRight(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(500);
        assertThat(answer.body()).doesNotContain("Exception", "\tat ", "dev.playcall");
        if (answer.statusCode() >= 400
                && !answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
            assertThat(answer.body()).contains("\"title\"", "\"status\":" + answer.statusCode());
        }
    }

    /** Once more when a connection was closed that an earlier request had spoiled. */
    private static HttpResponse<String> send(WebFixture fixture, Fuzz fuzz) {
        var request = request(fixture, fuzz);
        try {
            try {
                return fixture.send(request);
            } catch (IOException e) {
                return fixture.send(request);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder request(WebFixture fixture, Fuzz fuzz) {
        return switch (fuzz.below(10)) {
            case 0 -> post(fixture, "/api/v1/runs/" + encoded(fuzz) + "/" + fuzz.one(DEEDS), "", fuzz);
            case 1 -> post(fixture, "/api/v1/runs/" + (1 + fuzz.below(20)) + "/" + fuzz.one(DEEDS), "", fuzz);
            case 2 -> HttpRequest.newBuilder(fixture.at(fuzz.one(READS) + encoded(fuzz)));
            case 3 -> post(fixture, "/api/v1/console", fuzz.written(fuzz.spoiled(LINE)), fuzz);
            case 4 -> post(fixture, "/api/v1/runs", new String(fuzz.bytes(300), StandardCharsets.ISO_8859_1), fuzz);
            default -> post(fixture, "/api/v1/runs", fuzz.written(fuzz.oneIn(20) ? WISH : fuzz.spoiled(WISH)), fuzz);
        };
    }

    private static String encoded(Fuzz fuzz) {
        var text = fuzz.hostile();
        return URLEncoder.encode(text.substring(0, Math.min(text.length(), 300)), StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private static HttpRequest.Builder post(WebFixture fixture, String path, String body, Fuzz fuzz) {
        URI at = fixture.at(path);
        var request = HttpRequest.newBuilder(at).POST(BodyPublishers.ofString(body));
        request.header("Content-Type", fuzz.oneIn(20) ? "text/plain" : "application/json");
        if (fuzz.oneIn(8)) {
            request.header("Idempotency-Key", fuzz.of("a", "b", "x".repeat(300), "' or 1=1"));
        }
        return request;
    }
}
