package dev.playcall.web.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch from its form to its page, without a script. */
class BatchFormTest {
    @TempDir
    Path folder;

    private WebFixture fixture;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(folder.resolve("inventory/canary"));
        Files.writeString(folder.resolve("inventory/canary/hosts.yml"), "all: {hosts: {c-1: }}\n");
        fixture = new WebFixture(folder);
        browser = new Browser(fixture);
        browser.get("/batch");
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    private static Map<String, String> deploy(String environments, String... more) {
        var fields = new HashMap<>(
                Map.of("operation", "deploy", "environments", environments, "v.version", "v1", "do", "review"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    private static String reviewed(HttpResponse<String> page) {
        return page.body().replaceAll("(?s).*name=\"reviewed\" value=\"([^\"]*)\".*", "$1");
    }

    private static String to(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void whatIsStartedIsWhatWasReviewed() throws Exception {
        var review = browser.submit("/batch", deploy("staging,canary"));
        assertThat(review.statusCode()).isEqualTo(200);
        assertThat(review.body()).contains("starts immediately", "after staging", "Start batch");
        var other = browser.submit(
                "/batch", deploy("staging,canary", "v.version", "v2", "do", "start", "reviewed", reviewed(review)));
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(fixture.journal.read().queue()).isEmpty();
        var started = browser.submit(
                "/batch", deploy("staging,canary", "on_failure", "stop", "do", "start", "reviewed", reviewed(review)));
        assertThat(to(started)).isEqualTo("/batches/1");
        assertThat(fixture.journal.read().batches().runs(1))
                .extracting(r -> r.request().environment().value())
                .containsExactly("staging", "canary");
    }

    @Test
    void aRefusedEnvironmentIsNamedAndNothingCanBeStarted() throws Exception {
        var review = browser.submit("/batch", deploy("staging,canary", "limit", "c-1"));
        assertThat(review.statusCode()).isEqualTo(422);
        assertThat(review.body())
                .contains("Nothing is started while one of them is refused", "c-1")
                .doesNotContain("Start batch");
        assertThat(browser.submit("/batch", deploy("")).body()).contains("choose at least one environment");
    }

    @Test
    void theOrderIsChangedAndAllAreChosen() throws Exception {
        var moved =
                browser.submit("/batch", Map.of("operation", "ping", "environments", "staging,canary", "up", "canary"));
        assertThat(moved.body().indexOf("name=\"order\" value=\"canary\""))
                .isLessThan(moved.body().indexOf("name=\"order\" value=\"staging\""));
        var all = browser.submit("/batch", Map.of("operation", "ping", "do", "all"));
        assertThat(all.body().split("name=\"in\"[^>]* checked", -1)).hasSize(4);
    }

    @Test
    void whatChangesNothingIsStartedWithoutAQuestion() throws Exception {
        var started = browser.submit(
                "/batch", Map.of("operation", "ping", "environments", "all", "on_failure", "continue", "do", "start"));
        assertThat(to(started)).isEqualTo("/batches/1");
        assertThat(fixture.journal.read().batches().runs(1)).hasSize(3);
        assertThat(browser.get("/").body()).contains("In all 3 environments", "data-batch=\"true\"");
        var one = fixture.post("/api/v1/runs", "{\"operation\":\"validate\"}");
        assertThat(one.statusCode()).isEqualTo(400);
        assertThat(one.body()).contains("POST /api/v1/batches", "\\\"all\\\"");
    }

    @Test
    void aBatchThatStoppedIsContinuedOrRetried() throws Exception {
        var names = List.of("staging", "production", "canary");
        fixture.post(
                "/api/v1/batches",
                "{\"operation\":\"ping\",\"environments\":[\"" + String.join("\",\"", names) + "\"]}");
        assertThat(browser.get("/batches/1").body()).contains("0 of 3 ended; stops on failure", "/batches/1/cancel");
        var first = fixture.begin("ping");
        assertThat(browser.get("/batches/1").body()).contains("/batches/1/rest", "Cancel the rest");
        fixture.end(first, new Outcome.Failed(2, "stage-1 failed"));
        assertThat(browser.get("/batches/1").body())
                .contains("3 of 3 ended, 1 not successful, 2 not started", "batch 1 stopped after #1", "Run the rest");
        assertThat(to(browser.submit("/batches/1/continue", Map.of()))).isEqualTo("/batches/2");
        assertThat(fixture.journal.read().batches().runs(2))
                .extracting(r -> r.request().environment().value())
                .containsExactly("production", "canary");
        assertThat(browser.get("/batches/2").body()).contains("retry of", "/batches/1");
        assertThat(to(browser.submit("/batches/2/cancel", Map.of()))).isEqualTo("/batches/2");
        assertThat(to(browser.submit("/batches/2/retry", Map.of()))).isEqualTo("/batches/3");
        assertThat(browser.get("/batches/9").statusCode()).isEqualTo(404);
        assertThat(browser.get("/runs/1").body()).contains("1 of 3 in batch 1", "/batches/1");
    }
}
