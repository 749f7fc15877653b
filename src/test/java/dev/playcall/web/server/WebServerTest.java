package dev.playcall.web.server;

import static dev.playcall.web.WebFixture.host;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.web.WebFixture;
import dev.playcall.web.http.ReadinessCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WebServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WISH =
            "{\"operation\":\"deploy\",\"environment\":\"production\",\"variables\":{\"version\":\"v1\"}}";

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

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private static void problem(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).path("detail").asText()).isNotBlank();
        assertThat(answer.body()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void aRunIsCreatedAndReadBackWithTheNamesOfTheContract() throws Exception {
        var created = fixture.post("/api/v1/runs", WISH);
        assertThat(created.statusCode()).isEqualTo(201);
        var location = created.headers().firstValue("Location").orElseThrow();
        var run = json(fixture.get(location));
        assertThat(run.path("status").asText()).isEqualTo("queued");
        assertThat(run.path("requested_by").asText()).isEqualTo("web:local");
        assertThat(run.path("queued_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        for (var name :
                List.of("stats", "unreachable", "failed", "total_servers", "success_rate", "log", "exit_code")) {
            assertThat(run.has(name)).as(name).isTrue();
        }
    }

    @Test
    void theSameKeyIsTheSameRunAndAnotherWishWithItIsRefused() throws Exception {
        var first = fixture.post("/api/v1/runs", WISH, "Idempotency-Key", "k1");
        var second = fixture.post("/api/v1/runs", WISH, "Idempotency-Key", "k1");
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(json(second).path("id")).isEqualTo(json(first).path("id"));
        problem(fixture.post("/api/v1/runs", WISH.replace("v1", "v2"), "Idempotency-Key", "k1"), 422);
        assertThat(json(fixture.get("/api/v1/runs")).path("runs")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/runs/0|400",
                "/api/v1/runs/..%5c..|400",
                "/api/v1/runs/abc/log|400",
                "/api/v1/runs/99|404",
                "/api/v1/runs/99/log|404",
                "/api/v1/runs/99/events|404",
                "/api/v1/runs/99/stream|426",
                "/api/v1/runs?limit=0|400",
                "/api/v1/runs?limit=501|400",
                "/api/v1/runs?status=gone|400",
                "/api/v1/runs?from=yesteryear|400",
                "/api/v1/runs?cursor=x|400",
                "/api/v1/runs?colour=red|400",
                "/api/v1/environments/nowhere|404",
                "/api/v1/environments/..|404",
                "/api/v1/nothing|404",
                "/nothing|404"
            })
    void aWrongRequestIsAProblemDocument(String path, int status) throws Exception {
        problem(fixture.get(path), status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"operation\":\"deploy\"} trailing",
                "{\"operation\":1,\"environment\":\"production\"}",
                "{\"operation\":\"deploi\",\"environment\":\"production\"}",
                "{\"operation\":\"deploy\",\"environment\":\"../production\"}",
                "{\"operation\":\"deploy\",\"environment\":\"production\",\"limit\":\"@/etc/passwd\"}",
                "{\"operation\":\"deploy\",\"environment\":\"production\",\"tags\":[\"--step\"]}",
                "{\"operation\":\"deploy\",\"environment\":\"production\",\"variables\":{\"ansible_connection\":\"x\"}}",
                "{\"operation\":\"deploy\",\"environment\":\"production\",\"evil\":true}"
            })
    void aWrongWishQueuesNothing(String body) throws Exception {
        problem(fixture.post("/api/v1/runs", body), 400);
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    @Test
    void malformedJsonIsToldWithItsPlace() throws Exception {
        assertThat(json(fixture.post("/api/v1/runs", "{\n \"operation\": deploy}"))
                        .path("detail")
                        .asText())
                .contains("line 2");
    }

    @Test
    void aBodyOfAnotherKindOrTooLargeIsRefused() throws Exception {
        var form = HttpRequest.newBuilder(fixture.at("/api/v1/runs")).POST(BodyPublishers.ofString("a=b"));
        problem(fixture.send(form.header("Content-Type", "application/x-www-form-urlencoded")), 415);
        problem(fixture.post("/api/v1/runs", " ".repeat(2 << 20)), 413);
        problem(fixture.send(HttpRequest.newBuilder(fixture.at("/api/v1/runs")).DELETE()), 405);
    }

    @Test
    void anotherSiteMayNotAsk() throws Exception {
        problem(fixture.post("/api/v1/runs", WISH, "Origin", "http://evil.example"), 403);
        problem(fixture.post("/api/v1/runs", WISH, "Origin", "http://localhost:1"), 403);
        problem(fixture.post("/api/v1/runs", WISH, "Origin", "null"), 403);
        problem(fixture.post("/api/v1/runs", WISH, "Sec-Fetch-Site", "cross-site"), 403);
        problem(fixture.post("/api/v1/runs", WISH, "Sec-Fetch-Site", "same-site"), 403);
        var own = fixture.server.address().toString();
        assertThat(fixture.post("/api/v1/runs", WISH, "Origin", own).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aForeignHostNameIsRefused() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET /api/v1/runs/1/stream HTTP/1.1\r\n"
                        + "Host: evil.example\r\n"
                        + "Upgrade: websocket\r\n"
                        + "Connection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(), fixture.server.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aTokenIsAPersonAndAWrongOneIsRefused() throws Exception {
        var run = fixture.post("/api/v1/runs", WISH, "Authorization", "Bearer " + WebFixture.TOKEN);
        assertThat(json(run).path("requested_by").asText()).isEqualTo("token:admin");
        problem(fixture.get("/api/v1/runs", "Authorization", "Bearer wrong"), 401);
    }

    @Test
    void buttonsFollowTheStateOfTheRun() throws Exception {
        var id = fixture.deploy("v1").value();
        problem(fixture.post("/api/v1/runs/" + id + "/retry", "{}"), 409);
        assertThat(fixture.post("/api/v1/runs/" + id + "/cancel", "").statusCode())
                .isEqualTo(200);
        problem(fixture.post("/api/v1/runs/" + id + "/cancel", ""), 409);
        assertThat(fixture.post("/api/v1/runs/" + id + "/rerun", "").statusCode())
                .isEqualTo(201);
        problem(fixture.post("/api/v1/runs/77/rerun", ""), 404);
    }

    @Test
    void theLogComesInPiecesAndFromItsEnd() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        fixture.log(run, "one\ntwo\nthrée\n");
        var path = "/api/v1/runs/" + run.id().value() + "/log";
        assertThat(fixture.get(path + "?offset=4").body()).isEqualTo("two\nthrée\n");
        assertThat(fixture.get(path).headers().firstValue("X-Log-Complete")).contains("false");
        fixture.end(run, new Outcome.Success());
        var tail = fixture.get(path + "?tail=1");
        assertThat(tail.body()).isEqualTo("thrée\n");
        assertThat(tail.headers().firstValue("X-Offset")).contains("8");
        assertThat(tail.headers().firstValue("X-Next-Offset")).contains("15");
        assertThat(tail.headers().firstValue("X-Log-Complete")).contains("true");
        assertThat(fixture.get(path + "?limit=4").headers().firstValue("X-Log-Complete"))
                .contains("false");
        var behind = fixture.get(path + "?offset=999999999999999999");
        assertThat(behind.body()).isEmpty();
        assertThat(behind.headers().firstValue("X-Offset")).contains("15");
        assertThat(behind.headers().firstValue("X-Next-Offset")).contains("15");
        assertThat(fixture.get(path + "?offset=" + Long.MAX_VALUE).body())
                .contains("offset is a number from 0 to 999999999999999999");
    }

    @Test
    void aLateWatcherOfEventsGetsEverythingAndASilentOneHoldsUpNobody() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        var path = "/api/v1/runs/" + run.id().value() + "/events";
        try (var silent = new Socket(
                InetAddress.getLoopbackAddress(), fixture.server.address().getPort())) {
            silent.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = fixture.http.sendAsync(
                    HttpRequest.newBuilder(fixture.at(path)).build(), BodyHandlers.ofString());
            fixture.progress(run, "Task " + "x".repeat(5000), 1, 3, List.of(host("web-1", HostOutcome.OK, "", "")));
            fixture.end(run, new Outcome.Failed(2, "no"));
            assertThat(answer.get(30, TimeUnit.SECONDS).body())
                    .containsSubsequence("event: requested", "event: started", "event: finished", "event: end");
        }
        var late = fixture.get(path).body();
        assertThat(late)
                .containsSubsequence(
                        "event: requested", "event: started", "event: finished", "event: run", "event: end");
        assertThat(fixture.get(path, "Last-Event-ID", "999999").body())
                .doesNotContain("event: requested")
                .contains("event: end");
    }

    @Test
    void aWebSocketTellsTheWholeRunAndEndsWithIt() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        fixture.log(run, "first\n");
        var heard = new Hearing();
        fixture.http
                .newWebSocketBuilder()
                .buildAsync(
                        fixture.at("/api/v1/runs/" + run.id().value() + "/stream")
                                .resolve("ws://127.0.0.1:"
                                        + fixture.server.address().getPort() + "/api/v1/runs/"
                                        + run.id().value() + "/stream"),
                        heard)
                .get(20, TimeUnit.SECONDS);
        fixture.log(run, "last\n");
        fixture.end(run, new Outcome.Success());
        heard.closed.get(30, TimeUnit.SECONDS);
        var log = new StringBuilder();
        var types = new HashSet<String>();
        for (var line : heard.text.toString().split("\u0000", -1)) {
            var message = JSON.readTree(line);
            types.add(message.path("type").asText());
            log.append(message.path("text").asText());
        }
        assertThat(log.toString()).isEqualTo("first\nlast\n");
        assertThat(types).contains("event", "run", "log", "end");
    }

    /** Keeps what a WebSocket says, with a zero between two messages. */
    private static final class Hearing implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data).append(last ? "\u0000" : "");
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Test
    void pagesEscapeWhatForeignersWroteAndForbidScripts() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        fixture.progress(
                run,
                "<script>alert(1)</script>",
                1,
                0,
                List.of(host("web-1", HostOutcome.FAILED, "<img src=x onerror=1>", "\"><script>")));
        fixture.end(run, new Outcome.Failed(2, "<b>bad</b>"));
        for (var path : List.of("/", "/runs", "/runs/1", "/runs?q=%22%3E%3Cscript%3E", "/?environment=production")) {
            var page = fixture.get(path, "Accept", "text/html");
            assertThat(page.statusCode()).as(path).isEqualTo(200);
            assertThat(page.body()).doesNotContain("<script>", "<img", "<b>bad");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'")
                    .doesNotContain("unsafe");
        }
        var missing = fixture.get("/runs/99", "Accept", "text/html");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("there is no run #99");
    }

    @Test
    void whatAPlatformPostsIsHandedOnAsItCame() throws Exception {
        var heard = fixture.post("/slack/events", "{ \"a\":  1}", "X-Signature", "v0=1");
        assertThat(heard.statusCode()).isEqualTo(200);
        assertThat(heard.body()).isEqualTo("heard { \"a\":  1}");
        assertThat(fixture.post("/slack/events", "{}").statusCode()).isEqualTo(401);
    }

    @Test
    void aPlatformThatStoppedIsNamedOnThePage() throws Exception {
        assertThat(fixture.get("/").body()).doesNotContain("slack:");
        fixture.ails("slack", ReadinessCheck.Problem.degrades("Slack refuses the token"));
        assertThat(fixture.get("/").body()).contains("slack: Slack refuses the token");
    }

    @Test
    void figuresAndReadinessAreTold() throws Exception {
        fixture.deploy("v1");
        fixture.end(fixture.begin("deploy"), new Outcome.Success());
        assertThat(fixture.get("/metrics").body())
                .contains("playcall_runs_total{operation=\"deploy\",state=\"success\"} 1")
                .contains("playcall_runs_active{state=\"queued\"} 0")
                .contains(
                        "\nansible_executions_total 1.0\n",
                        "\nansible_executions_running 0.0\n",
                        "\nansible_executions_failed 0.0\n",
                        "\nansible_executions_success 1.0\n")
                .contains("jvm_memory_used_bytes");
        assertThat(fixture.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(json(fixture.get("/readyz")).path("ready").asBoolean()).isTrue();
        assertThat(json(fixture.get("/readyz")).path("degraded").asBoolean()).isFalse();
        assertThat(json(fixture.post("/api/v1/console", "{\"text\":\"help\"}"))
                        .path("text")
                        .asText())
                .contains("said help");
        assertThat(json(fixture.get("/api/v1/runs/1/card")).path("final").asBoolean())
                .isTrue();
        assertThat(json(fixture.get("/api/v1/queue?limit=1")).path("waiting").size())
                .isLessThanOrEqualTo(1);
        assertThat(json(fixture.get("/api/v1/queue")).path("waiting_total").isInt())
                .isTrue();
        assertThat(json(fixture.get("/api/v1/environments/production")).path("servers"))
                .hasSize(3);
        assertThat(json(fixture.get("/api/v1/playbooks")).path("playbooks")).hasSize(3);
    }

    @Test
    void aPartThatIsDownIsNamedAndTheRestGoesOn() throws Exception {
        fixture.ails("slack", ReadinessCheck.Problem.degrades("has stopped: token revoked"));
        var degraded = fixture.get("/readyz");
        assertThat(degraded.statusCode()).isEqualTo(200);
        assertThat(json(degraded).path("ready").asBoolean()).isTrue();
        assertThat(json(degraded).path("degraded").asBoolean()).isTrue();
        assertThat(json(degraded).path("parts"))
                .extracting(
                        p -> p.path("name").asText() + " " + p.path("status").asText())
                .containsExactly("database ok", "runner ok", "slack degraded");
        assertThat(json(degraded).path("parts").path(2).path("problem").asText())
                .isEqualTo("has stopped: token revoked");
        fixture.ails("runner", ReadinessCheck.Problem.stops("has not polled the queue for 75 s"));
        var down = fixture.get("/readyz");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(json(down).path("ready").asBoolean()).isFalse();
        assertThat(down.body()).contains("has not polled the queue for 75 s");
        assertThat(fixture.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void aPartThatCannotBeAskedIsDownAndItsFaultStaysInTheLog() throws Exception {
        fixture.breaks("runner");
        var answer = fixture.get("/readyz");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("state unknown").doesNotContain("private words");
    }

    @Test
    void whatWasDoneAndRefusedCanBeAsked() throws Exception {
        var run = fixture.deploy("v1.0.0");
        fixture.post("/api/v1/runs", "{\"operation\":\"deploy\",\"environment\":\"nowhere\"}");
        var all = json(fixture.get("/api/v1/audit?limit=3"));
        assertThat(all.path("entries").findValuesAsText("decision")).containsExactly("refused", "asked", "done");
        assertThat(json(fixture.get("/api/v1/audit?limit=3&cursor="
                                + all.path("next_cursor").asText()))
                        .path("entries"))
                .hasSize(1);
        var done = json(fixture.get("/api/v1/audit?decision=done&run=" + run.value()))
                .path("entries")
                .path(0);
        assertThat(done.path("person").asText()).isEqualTo("web:local");
        assertThat(done.path("details").path("variables").asText()).isEqualTo("version=v1.0.0");
        var page = fixture.get("/audit?person=local", "Accept", "text/html");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("start deploy nowhere", "refused", "/runs/" + run.value());
        assertThat(fixture.get("/audit?decision=maybe", "Accept", "text/html").body())
                .contains("is not one of asked");
        problem(fixture.get("/api/v1/audit?decision=maybe"), 400);
        problem(fixture.get("/api/v1/audit?nothing=1"), 400);
    }

    @Test
    void nothingIsStartedThatCannotBeRecorded() throws Exception {
        fixture.deploy("v1.0.0");
        fixture.forgeAudit();
        var before = fixture.journal.read().queue();
        problem(
                fixture.post(
                        "/api/v1/runs",
                        "{\"operation\":\"deploy\",\"environment\":\"production\",\"variables\":{\"version\":\"v2.0.0\"}}"),
                503);
        assertThat(fixture.journal.read().queue()).isEqualTo(before);
    }

    @Test
    void aBatchIsTakenOnceShownCancelledAndRetried() throws Exception {
        var request =
                "{\"operation\":\"deploy\",\"environments\":[\"production\"],\"variables\":{\"version\":\"v2.0.0\"}}";
        var made = fixture.post("/api/v1/batches", request, "Idempotency-Key", "b1");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(json(made).path("status").asText()).isEqualTo("queued");
        assertThat(json(made).path("runs").path(0).path("batch").path("of").asInt())
                .isEqualTo(1);
        assertThat(fixture.post("/api/v1/batches", request, "Idempotency-Key", "b1")
                        .statusCode())
                .isEqualTo(200);
        problem(fixture.post("/api/v1/batches", request.replace("v2", "v3"), "Idempotency-Key", "b1"), 422);
        problem(fixture.post("/api/v1/batches", request.replace("[\"production\"]", "7")), 400);
        problem(fixture.post("/api/v1/batches", request.replace("production", "nowhere")), 400);
        problem(fixture.post("/api/v1/batches", request.replace("environments", "environment")), 400);
        assertThat(json(fixture.get("/api/v1/batches")).path("batches")).hasSize(1);
        problem(fixture.post("/api/v1/batches/1/retry", ""), 400);
        assertThat(fixture.post("/api/v1/batches/1/cancel", "{\"rest\":true}").body())
                .contains("does not start");
        assertThat(json(fixture.post("/api/v1/batches/1/retry", ""))
                        .path("retry_of")
                        .asLong())
                .isEqualTo(1);
        problem(fixture.get("/api/v1/batches/9"), 404);
    }

    @Test
    void reportsAreKeptAsSchedulesAndHadAtOnce() throws Exception {
        var request = "{\"every\":\"weekly\",\"day\":\"fri\",\"at\":\"08:30\",\"environment\":\"production\","
                + "\"channel\":\"slack:C9\"}";
        var made = fixture.post("/api/v1/reports", request);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(json(made).path("cron").asText()).isEqualTo("30 8 * * fri");
        assertThat(json(made).path("kind").asText()).isEqualTo("report");
        assertThat(json(fixture.get("/api/v1/reports")).path("reports")).hasSize(1);
        assertThat(json(fixture.get("/api/v1/schedules")).path("schedules")).hasSize(1);
        assertThat(fixture.post("/api/v1/reports", request.replace("slack:C9", "api"))
                        .body())
                .contains("is not a channel", "--channel slack:C0123");
        assertThat(fixture.post("/api/v1/reports", request.replace("fri", "someday"))
                        .body())
                .contains("not a day of the week");
        assertThat(fixture.post(
                                "/api/v1/reports",
                                request.replace("weekly", "*/5 * * * *")
                                        .replace(",\"at\":\"08:30\"", "")
                                        .replace("\"day\":\"fri\",", ""))
                        .body())
                .contains("at most once per hour");
        problem(fixture.post("/api/v1/reports", request.replace("production", "nowhere")), 400);
        problem(fixture.post("/api/v1/reports", request.replace("every", "evry")), 400);

        fixture.deploy("v1.0.0");
        fixture.end(fixture.begin("deploy"), new Outcome.Failed(2, "one host failed"));
        var now = json(fixture.get("/api/v1/reports/now?environment=production&period=1h"));
        assertThat(now.path("runs").asInt()).isEqualTo(1);
        assertThat(now.path("failures").path(0).path("message").asText()).isEqualTo("one host failed");
        assertThat(now.path("still_failing").path(0).path("what").asText()).isEqualTo("deploy");
        problem(fixture.get("/api/v1/reports/now?environment=no%20where"), 400);
        problem(fixture.get("/api/v1/reports/now?period=500d"), 400);
    }

    @Test
    void hostsAreRegisteredByProgramsAndStandBesideThoseOfTheFile() throws Exception {
        var all = "/api/v1/inventory/production/registered";
        var request =
                "{\"name\":\"vm-7\",\"address\":\"10.0.0.7\",\"port\":2222,\"tags\":[\"canary\"],\"variables\":{\"rack\":{\"row\":3}}}";
        var made = fixture.post(all, request);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).contains(all + "/vm-7");
        assertThat(json(made).path("variables").path("rack").path("row").asInt())
                .isEqualTo(3);
        problem(fixture.post(all, request), 409);
        var inventory = json(fixture.get("/api/v1/inventory/production"));
        assertThat(inventory.path("groups").path("canary").path(0).asText()).isEqualTo("vm-7");
        assertThat(inventory.path("registered").path(0).asText()).isEqualTo("vm-7");
        assertThat(fixture.get("/api/v1/environments/production").body()).contains("vm-7");
        var changed = fixture.send(java.net.http.HttpRequest.newBuilder(fixture.at(all + "/vm-7"))
                .method(
                        "PATCH",
                        java.net.http.HttpRequest.BodyPublishers.ofString("{\"port\":null,\"user\":\"deploy\"}"))
                .header("Content-Type", "application/json"));
        assertThat(json(changed).path("user").asText()).as(changed.body()).isEqualTo("deploy");
        assertThat(json(changed).path("port").isNull()).isTrue();
        assertThat(json(changed).path("address").asText()).isEqualTo("10.0.0.7");
        assertThat(fixture.post(
                                all,
                                request.replace("10.0.0.7", "-oProxyCommand=id").replace("vm-7", "vm-8"))
                        .body())
                .contains("is not an address", "\"field\":\"address\"");
        problem(fixture.post(all, request.replace("tags", "groups")), 400);
        problem(fixture.get(all + "/vm-8"), 404);
        var gone = fixture.send(
                java.net.http.HttpRequest.newBuilder(fixture.at(all + "/vm-7")).DELETE());
        assertThat(gone.statusCode()).as(gone.body()).isEqualTo(200);
        assertThat(json(fixture.get(all)).path("hosts")).isEmpty();
    }

    @Test
    void schedulesAreKeptShownRunAndRemoved() throws Exception {
        var request =
                "{\"operation\":\"deploy\",\"environment\":\"production\",\"variables\":{\"version\":\"v2.0.0\"},\"cron\":\"30"
                        + " 2 * * *\",\"timezone\":\"Europe/Berlin\",\"missed\":\"run_all:3\",\"jitter\":\"5m\"}";
        var made = fixture.post("/api/v1/schedules", request);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var id = json(made).path("id").asLong();
        assertThat(json(made).path("next")).hasSize(5);
        assertThat(json(fixture.get("/api/v1/schedules")).path("schedules")).hasSize(1);
        assertThat(fixture.post("/api/v1/schedules/" + id + "/run", "").statusCode())
                .isEqualTo(201);
        assertThat(fixture.post("/api/v1/schedules/" + id + "/pause", "{\"reason\":\"busy\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(json(fixture.get("/api/v1/schedules/" + id))
                        .path("paused_reason")
                        .asText())
                .isEqualTo("busy");
        assertThat(fixture.post("/api/v1/schedules", request.replace("30 2 * * *", "0 0 30 2 *"))
                        .body())
                .contains("no such day", "\"field\":\"cron\"");
        assertThat(fixture.post("/api/v1/schedules", request.replace("cron", "corn"))
                        .body())
                .contains("there is no field corn");
    }
}
