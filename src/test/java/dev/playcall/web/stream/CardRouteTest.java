package dev.playcall.web.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.Outcome;
import dev.playcall.web.WebFixture;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CardRouteTest {
    @TempDir
    Path folder;

    private WebFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private CompletableFuture<HttpResponse<String>> ask(String query, String seen) {
        return fixture.http.sendAsync(
                HttpRequest.newBuilder(fixture.at("/api/v1/runs/1/card" + query))
                        .header("If-None-Match", seen)
                        .build(),
                BodyHandlers.ofString());
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void whoHasSeenTheCardIsAnsweredWhenTheRunEnds() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        var now = ask("", "").get();
        var asked = ask("?wait=50", tag(now));
        assertThat(asked).isNotDone();
        fixture.end(run, new Outcome.Success());
        assertThat(asked.get(20, TimeUnit.SECONDS).body()).contains("\"status\":\"success\"", "\"final\":true");
    }

    @Test
    void whoHasSeenAnotherCardIsAnsweredAtOnce() throws Exception {
        fixture.deploy("v1");
        fixture.begin("deploy");
        assertThat(ask("?wait=50", "\"of before\"").get(20, TimeUnit.SECONDS).statusCode())
                .isEqualTo(200);
        assertThat(ask("?wait=50", "").get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void aCardThatStaysTheSameIsNotSentAgain() throws Exception {
        fixture.deploy("v1");
        fixture.begin("deploy");
        var same = ask("?wait=1", tag(ask("", "").get())).get();
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(ask("?wait=61", "").get().statusCode()).isEqualTo(400);
    }

    @Test
    void whoIsOneTooManyIsAnsweredAtOnceAndNotRefused() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        var seen = tag(ask("", "").get());
        var asked = new ArrayList<CompletableFuture<Integer>>();
        // A hundred wait; who comes after them does not.
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            IntStream.range(
                            0,
                            101 - (int) asked.stream().filter(a -> !a.isDone()).count())
                    .forEach(_ -> asked.add(ask("?wait=50", seen).thenApply(HttpResponse::statusCode)));
            return asked.stream().anyMatch(CompletableFuture::isDone);
        });
        assertThat(asked)
                .filteredOn(CompletableFuture::isDone)
                .extracting(a -> a.getNow(0))
                .containsOnly(304);
        fixture.end(run, new Outcome.Success());
        var answers = asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers).filteredOn(a -> a == 200).hasSize(100);
        assertThat(answers).containsOnly(200, 304);
    }
}
