package dev.playcall.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playcall.catalog.selection.ServerUuid;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.journal.node.NodeStore;
import dev.playcall.web.Described;
import dev.playcall.web.WebFixture;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Walks over everything the API has, rightly and wrongly, and holds each answer against the description. */
class ApiWalkTest {
    private static final String RULES = """
        server: { public_status: { environments: [production], hosts: true } }
        access:
          bindings:
            - { role: admin, people: ["token:admin"] }
            - { role: operator, people: ["console:bea"] }
            - { role: approver, people: ["console:ada"] }
          policies:
            - { environments: [staging], operations: [deploy], approvals: 1 }
        notify:
          sources:
            ops: { kind: notices, token: token-of-ops }
        """;

    @TempDir
    Path folder;

    private WebFixture fixture;
    private Described described;
    private final Set<String> good = new TreeSet<>();
    private final Set<String> bad = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder, RULES, true);
        described = new Described(asked("GET", "/api/v1/openapi.json", "").body());
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private HttpResponse<String> asked(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(fixture.at(path))
                .method(method, BodyPublishers.ofString(body))
                .header("Content-Type", "application/json");
        if (Arrays.stream(headers).noneMatch("Authorization"::equals)) {
            request.header("Authorization", "Bearer " + WebFixture.TOKEN);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return fixture.send(request);
    }

    /** What is asked as it is described, and answered as it is described. */
    private JsonNode good(String call, String body, String... headers) throws Exception {
        var parts = call.split(" ", 2);
        var path = parts[1].split("\\?", 2);
        var route = described.route(parts[0], path[0]);
        var query = path.length < 2
                ? Set.<String>of()
                : Arrays.stream(path[1].split("&"))
                        .map(p -> p.replaceAll("=.*", ""))
                        .collect(Collectors.toSet());
        described.faultsOfRequest(route, query, body).forEach(f -> faults.add(call + " asks " + f));
        var answer = asked(parts[0], parts[1], body, headers);
        if (answer.statusCode() >= 400) {
            faults.add(call + " is refused: " + answer.body());
        }
        described.faults(route, answer).forEach(f -> faults.add(call + " answers " + f));
        good.add(route);
        var type = answer.headers().firstValue("Content-Type").orElse("");
        return new ObjectMapper()
                .readTree(type.endsWith("json") && !answer.body().isEmpty() ? answer.body() : "null");
    }

    private JsonNode good(String call) throws Exception {
        return good(call, "");
    }

    /** What is wrong, and is told as it is described. */
    private void bad(int status, String call, String body, String... headers) throws Exception {
        var parts = call.split(" ", 2);
        var route = described.route(parts[0], parts[1].replaceAll("\\?.*", ""));
        var answer = asked(parts[0], parts[1], body, headers);
        if (answer.statusCode() != status) {
            faults.add(call + " is " + answer.statusCode() + " and not " + status + ": " + answer.body());
        }
        described.faults(route, answer).forEach(f -> faults.add(call + " (wrong) answers " + f));
        bad.add(route);
    }

    private void bad(int status, String call) throws Exception {
        bad(status, call, "");
    }

    @Test
    void theDocumentIsValid() throws Exception {
        var document = asked("GET", "/api/v1/openapi.json", "").body();
        assertThat(Described.faults(document)).isEmpty();
        assertThat(described.faultsOfShapes()).isEmpty();
        assertThat(Described.faults(document.replace("\"in\":\"path\"", "\"in\":\"somewhere\"")))
                .isNotEmpty();
    }

    @Test
    void everyRouteOfTheApiIsDescribedAndEveryDescriptionIsARoute() {
        var served = fixture.server.allRoutes().stream()
                .filter(r -> r.matches("[A-Z]+ /(api/|hooks/|ingest/|healthz|readyz|metrics|public\\.json).*"))
                .collect(Collectors.toSet());
        assertThat(described.routes()).containsExactlyInAnyOrderElementsOf(served);
    }

    private void agents() throws Exception {
        var made = asked(
                "POST", "/api/v1/tokens", "{\"name\":\"agents\",\"scopes\":[\"agent.ingest:production\"],\"days\":7}");
        var token = "Bearer "
                + new ObjectMapper().readTree(made.body()).path("token").asText();
        var id = ServerUuid.of("production", "web-1");
        var report = "{\"server_id\":\"" + id + "\",\"version\":\"v1.1.0\"}";
        fixture.agents.step();
        good("POST /ingest/metrics", report, "Authorization", token);
        bad(400, "POST /ingest/metrics", "{}", "Authorization", token);
        good("GET /ingest/agents/" + id, "", "Authorization", token);
        bad(404, "GET /ingest/agents/7", "", "Authorization", token);
        good("DELETE /ingest/agents/" + id, "", "Authorization", token);
        bad(404, "DELETE /ingest/agents/" + id, "", "Authorization", token);
    }

    private void receiversAndRoutes() throws Exception {
        good("PUT /api/v1/receivers/hook", "{\"webhook\":\"https://example.org/T0KEN\"}");
        bad(400, "PUT /api/v1/receivers/hook", "{\"webhook\":\"nowhere\"}");
        good("GET /api/v1/receivers");
        bad(400, "GET /api/v1/receivers?kind=webhook");
        good("GET /api/v1/receivers/export");
        bad(400, "GET /api/v1/receivers/export?as=json");
        good("POST /api/v1/routes", "{\"receiver\":\"hook\",\"match\":[\"severity>=error\"]}");
        bad(400, "POST /api/v1/routes", "{\"receiver\":\"nobody\"}");
        good("GET /api/v1/routes");
        bad(400, "GET /api/v1/routes?receiver=hook");
        bad(409, "DELETE /api/v1/receivers/hook");
        good("DELETE /api/v1/routes/1");
        bad(404, "DELETE /api/v1/routes/1");
        good("DELETE /api/v1/receivers/hook");
    }

    @Test
    void everyRouteAnswersAsItIsDescribed() throws Exception {
        gateway();
        runs();
        logs();
        history();
        approvals();
        queue();
        places();
        playbooks();
        people();
        batches();
        deployments();
        notices();
        assertThat(faults).isEmpty();
        assertThat(described.routes()).as("called rightly").isEqualTo(good);
        assertThat(described.routes()).as("called wrongly").isEqualTo(bad);
    }

    private void gateway() throws Exception {
        for (var path : List.of("/healthz", "/readyz", "/metrics")) {
            good("GET " + path);
            var wrong = asked("POST", path, "{}");
            assertThat(wrong.statusCode()).isEqualTo(405);
            assertThat(wrong.headers().firstValue("Content-Type")).contains("application/problem+json");
            bad.add("GET " + path);
        }
        good("GET /api/v1/openapi.json");
        bad(400, "GET /api/v1/openapi.json?form=yaml");
        good("GET /public.json");
        bad(400, "GET /public.json?environment=staging");
        good("POST /api/v1/console", "{\"text\":\"help\",\"width\":80,\"colour\":false}");
        bad(400, "POST /api/v1/console", "{\"txt\":\"help\"}");
        good("POST /api/v1/console/words", "{\"words\":[\"queue\"],\"width\":80,\"colour\":false}");
        good("POST /api/v1/console/words", "{\"words\":[\"status\"],\"record\":true}");
        bad(400, "POST /api/v1/console/words", "{\"words\":[]}");
        good("POST /api/v1/console/suggestions", "{\"text\":\"status \"}");
        bad(400, "POST /api/v1/console/suggestions", "{}");
        good("POST /api/v1/sync", "{\"now\":true}");
        bad(400, "POST /api/v1/sync", "{\"now\":\"yes\"}");
        good("GET /api/v1/settings");
        bad(400, "GET /api/v1/settings?key=ansible.forks");
        good("PUT /api/v1/settings/ansible.forks", "{\"value\":\"20\"}");
        bad(400, "PUT /api/v1/settings/ansible.forks", "{\"vaule\":\"20\"}");
        good("DELETE /api/v1/settings/ansible.forks");
        bad(400, "DELETE /api/v1/settings/ansible.forks?now=true");
        var spec = good("POST /api/v1/venvs/analyze", "{\"playbook\":\"deploy\",\"lint\":false}");
        good("GET /api/v1/venvs/" + spec.path("name").asText());
        bad(400, "POST /api/v1/venvs/analyze", "{\"playbok\":\"deploy\"}");
        bad(404, "GET /api/v1/venvs/deploy_00000000");
        bad(400, "POST /api/v1/venvs/deploy", "{\"playbook\":\"deploy\",\"host\":\"localhost\"}");
        good("POST /api/v1/venvs/deploy", "{\"playbook\":\"deploy\",\"host\":\"localhost\",\"force\":true}");
        good("GET /api/v1/venvs/hosts/localhost");
        bad(404, "GET /api/v1/venvs/hosts/night2.lan");
        good("POST /api/v1/venvs/hosts/localhost/cleanup", "{\"dry_run\":true}");
        bad(400, "POST /api/v1/venvs/hosts/localhost/cleanup", "{\"dry\":true}");
        good("POST /api/v1/venvs/hosts/localhost/verify");
        bad(404, "POST /api/v1/venvs/hosts/night2.lan/verify");
        good("POST /api/v1/venvs/sync", "{\"check\":true}");
        bad(400, "POST /api/v1/venvs/sync", "{\"chek\":true}");
        good("GET /api/v1/galaxy");
        bad(400, "GET /api/v1/galaxy?install=true");
        good("POST /api/v1/galaxy/install");
        good("POST /api/v1/inventory/production/refresh");
        bad(404, "POST /api/v1/inventory/nowhere/refresh");
        bad(400, "POST /api/v1/galaxy/install?force=true");
        good("POST /api/v1/reload");
        bad(
                403,
                "POST /api/v1/reload",
                "",
                "Authorization",
                "Bearer console-secret-for-tests-only",
                "Playcall-User",
                "eve");
    }

    private void runs() throws Exception {
        var request = "{\"operation\":\"deploy\",\"environment\":\"production\",\"variables\":{\"version\":\"v1\"}}";
        good("POST /api/v1/runs", request, "Idempotency-Key", "a");
        good("POST /api/v1/runs", request, "Idempotency-Key", "a");
        bad(422, "POST /api/v1/runs", request.replace("v1", "v2"), "Idempotency-Key", "a");
        bad(400, "POST /api/v1/runs", request.replace("deploy", "destroy"));
        bad(400, "GET /api/v1/runs?state=failed");
        bad(400, "GET /api/v1/runs?cursor=x");
        good("GET /api/v1/runs?type=playbook&page=1&per_page=10&fields=id,stats");
        good("GET /api/v1/runs/1");
        bad(404, "GET /api/v1/runs/77");
        var run = fixture.begin("deploy");
        good("POST /api/v1/runs/1/pause", "{\"reason\":\"look first\"}");
        bad(400, "POST /api/v1/runs/1/pause", "{\"because\":\"look first\"}");
        good("GET /api/v1/runs/1");
        good("POST /api/v1/runs/1/resume");
        bad(404, "POST /api/v1/runs/77/resume");
        fixture.log(run, "PLAY [Deploy] ***\nfatal: [web-2]: FAILED!\n");
        fixture.progress(
                run,
                "Health check",
                3,
                3,
                List.of(
                        WebFixture.host("web-1", HostOutcome.CHANGED, "", ""),
                        WebFixture.host("web-2", HostOutcome.FAILED, "Health check", "HTTP 503")));
        fixture.end(run, new Outcome.Failed(2, "failed on web-2"));
        good("GET /api/v1/runs/1");
        good("GET /api/v1/runs/1/hosts");
        bad(400, "GET /api/v1/runs/first/hosts");
        good("POST /api/v1/runs/1/retry", "{\"reason\":\"again\"}", "Idempotency-Key", "b");
        bad(404, "POST /api/v1/runs/77/retry");
        good("POST /api/v1/runs/1/rerun", "");
        bad(400, "POST /api/v1/runs/1/rerun", "{\"overide\":\"x\"}");
        var page = good("GET /api/v1/runs?limit=2&environment=production");
        var next = page.path("next_cursor").asText();
        assertThat(good("GET /api/v1/runs?limit=2&environment=production&cursor=" + next)
                        .path("runs")
                        .findValuesAsText("id"))
                .containsExactly("1");
        good("POST /api/v1/runs/2/cancel");
        bad(409, "POST /api/v1/runs/1/cancel");
        good("POST /api/v1/runs/1/pin", "{\"reason\":\"the outage\"}");
        bad(400, "POST /api/v1/runs/1/pin", "{}");
        good("GET /api/v1/runs/1");
        good("DELETE /api/v1/runs/1/pin");
        bad(404, "DELETE /api/v1/runs/77/pin");
        good("GET /api/v1/runs/1/card?width=60");
        bad(400, "GET /api/v1/runs/1/card?width=wide");
    }

    private void logs() throws Exception {
        good("GET /api/v1/runs/1/log?offset=5");
        bad(400, "GET /api/v1/runs/1/log?offset=5&tail=2");
        good("GET /api/v1/runs/1/log/lines?from=1&limit=10");
        bad(400, "GET /api/v1/runs/1/log/lines?limit=0");
        good("GET /api/v1/runs/1/log/search?q=fatal");
        bad(400, "GET /api/v1/runs/1/log/search");
        good("GET /api/v1/runs/1/log/filter?host=web-1&failures=1");
        good("GET /api/v1/runs/1/log/filter?tail=2");
        bad(400, "GET /api/v1/runs/1/log/filter?tail=0");
        bad(400, "GET /api/v1/runs/1/log/filter?failures=2");
        good("GET /api/v1/runs/1/log/outline");
        bad(400, "GET /api/v1/runs/1/log/outline?from=1");
        good("GET /api/v1/runs/1/log/stream?offset=5");
        bad(400, "GET /api/v1/runs/1/log/stream", "", "Last-Event-ID", "the last one");
        good("GET /api/v1/runs/1/hosts/web-2/log");
        bad(404, "GET /api/v1/runs/1/hosts/web-77/log");
        good("GET /api/v1/runs/1/events");
        var rest =
                asked("GET", "/api/v1/runs/1/events", "", "Last-Event-ID", "1").body();
        assertThat(rest).contains("event: finished", "event: end").doesNotContain("event: requested");
        bad(404, "GET /api/v1/runs/77/events");
        stream();
        listen();
    }

    /** What JSON messages come over the WebSocket is in the words of the description, so they are looked for here. */
    private void stream() throws Exception {
        var text = new StringBuilder();
        var done = new CompletableFuture<Integer>();
        var address = fixture.at("/api/v1/runs/1/stream?offset=0").toString().replace("http:", "ws:");
        var opening = fixture.http
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + WebFixture.TOKEN)
                .buildAsync(java.net.URI.create(address), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        text.append(data).append(last ? "\n" : "");
                        return WebSocket.Listener.super.onText(socket, data, last);
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        done.complete(status);
                        return WebSocket.Listener.super.onClose(socket, status, reason);
                    }
                });
        await().until(done::isDone);
        assertThat(opening).isCompleted();
        var route = "GET /api/v1/runs/{id}/stream";
        var words = described.operation(route).path("description").asText();
        for (var line : text.toString().lines().toList()) {
            assertThat(words)
                    .contains("\""
                            + new ObjectMapper().readTree(line).path("type").asText() + "\"");
        }
        assertThat(described.operation(route).path("responses").has("101")).isTrue();
        good.add(route);
        bad(426, "GET /api/v1/runs/1/stream");
    }

    /** This stream has no end, so only its beginning is read. */
    private void listen() throws Exception {
        var request = HttpRequest.newBuilder(fixture.at("/api/v1/events"))
                .header("Authorization", "Bearer " + WebFixture.TOKEN);
        try (var in =
                fixture.http.send(request.build(), BodyHandlers.ofInputStream()).body()) {
            assertThat(new String(in.readNBytes(11), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo(": listening");
        }
        assertThat(described
                        .operation("GET /api/v1/events")
                        .at("/responses/200/content")
                        .has("text/event-stream"))
                .isTrue();
        good.add("GET /api/v1/events");
        bad(400, "GET /api/v1/events?run=1");
    }

    private void history() throws Exception {
        good("GET /api/v1/runs/1/compare/2");
        bad(404, "GET /api/v1/runs/1/compare/77");
        good("GET /api/v1/stats?period=30d&environment=production");
        bad(400, "GET /api/v1/stats?period=soon");
        good("GET /api/v1/audit/export?format=csv&from=7d");
        good("GET /api/v1/audit/export?format=json&decision=done");
        bad(400, "GET /api/v1/audit/export?format=xml");
        good("GET /api/v1/runs/export?format=csv");
        good("GET /api/v1/runs/export?format=json&status=failed");
        bad(400, "GET /api/v1/runs/export?format=xml");
        var entries = good("GET /api/v1/audit?limit=2");
        good("GET /api/v1/audit?limit=2&cursor=" + entries.path("next_cursor").asText());
        bad(400, "GET /api/v1/audit?decision=maybe");
    }

    private void approvals() throws Exception {
        var request = "{\"operation\":\"deploy\",\"environment\":\"staging\",\"variables\":{\"version\":\"v1\"}}";
        var bea = new String[] {"Authorization", "Bearer console-secret-for-tests-only", "Playcall-User", "bea"};
        var first = good("POST /api/v1/runs", request, bea).path("id").asText();
        var second = good("POST /api/v1/runs", request, bea).path("id").asText();
        good("GET /api/v1/runs/" + first);
        var ada = new String[] {"Authorization", "Bearer console-secret-for-tests-only", "Playcall-User", "ada"};
        bad(403, "POST /api/v1/runs/" + first + "/approve");
        good("POST /api/v1/runs/" + first + "/approve", "", ada);
        bad(409, "POST /api/v1/runs/1/approve", "", ada);
        good("POST /api/v1/runs/" + second + "/reject", "{\"reason\":\"not tonight\"}");
        bad(409, "POST /api/v1/runs/1/reject");
    }

    private void queue() throws Exception {
        good("GET /api/v1/queue");
        good("GET /api/v1/queue?limit=1");
        bad(400, "GET /api/v1/queue?limit=0");
        bad(400, "GET /api/v1/queue?all=1");
        good("POST /api/v1/queue/pause", "{\"what\":\"staging\",\"reason\":\"disks\"}");
        bad(400, "POST /api/v1/queue/pause", "{\"what\":7}");
        good("POST /api/v1/queue/resume", "{\"what\":\"staging\"}");
        bad(400, "POST /api/v1/queue/resume", "{\"which\":\"staging\"}");
        good("POST /api/v1/queue/drain", "{\"reason\":\"moving\"}");
        bad(400, "POST /api/v1/queue/drain", "{\"why\":\"moving\"}");
        good("POST /api/v1/queue/resume", "{}");
        good("POST /api/v1/queue/cancel");
        bad(400, "POST /api/v1/queue/cancel?all=1");
    }

    private void places() throws Exception {
        good("GET /api/v1/environments");
        bad(400, "GET /api/v1/environments?name=production");
        good("GET /api/v1/environments/production");
        bad(404, "GET /api/v1/environments/nowhere");
        good("GET /api/v1/environments/production/versions");
        good("GET /api/v1/environments/production/versions?limit=1&cursor=v1");
        bad(400, "GET /api/v1/environments/production/versions?limit=0");
        bad(404, "GET /api/v1/environments/nowhere/versions");
        good("PUT /api/v1/environments/production/lock", "{\"reason\":\"restore\",\"for\":\"2h\"}");
        bad(422, "PUT /api/v1/environments/production/lock", "{\"reason\":\"restore\",\"for\":\"soon\"}");
        fixture.journal.read().nodes().started(new NodeStore.Identity("walked", "1.0", "of-walked", Set.of()));
        good("GET /api/v1/nodes");
        good("POST /api/v1/nodes/walked/drain", "{\"reason\":\"moving\"}");
        bad(400, "POST /api/v1/nodes/walked/drain", "{\"why\":\"moving\"}");
        good("POST /api/v1/nodes/walked/undrain");
        bad(400, "POST /api/v1/nodes/nowhere/undrain");
        bad(400, "GET /api/v1/nodes?name=a");
        good("GET /api/v1/locks");
        good("GET /api/v1/whoami");
        bad(400, "GET /api/v1/whoami?person=alice");
        bad(400, "GET /api/v1/locks?environment=production");
        good("DELETE /api/v1/environments/production/lock");
        bad(404, "DELETE /api/v1/environments/production/lock");
        good("GET /api/v1/inventory/production?limit=web-1");
        good("GET /api/v1/inventory/production/ansible?limit=web-1");
        bad(400, "GET /api/v1/inventory/production/ansible?limit=no-such-host");
        bad(404, "GET /api/v1/inventory/nowhere/ansible");
        bad(404, "GET /api/v1/inventory/nowhere");
        good(
                "POST /api/v1/inventory/production/hosts",
                "{\"name\":\"web-9\",\"group\":\"web\",\"variables\":{\"ansible_port\":\"22\"}}");
        bad(400, "POST /api/v1/inventory/production/hosts", "{\"host\":\"web-9\"}");
        registered();
        environments();
        good("POST /api/v1/inventory/production/groups", "{\"name\":\"blue\"}");
        bad(400, "POST /api/v1/inventory/production/groups", "{}");
        good("PUT /api/v1/inventory/production/groups/blue", "{\"name\":\"green\"}");
        bad(404, "PUT /api/v1/inventory/production/groups/blue", "{\"name\":\"red\"}");
        good("PUT /api/v1/inventory/production/hosts/web-9/tags/green");
        bad(404, "PUT /api/v1/inventory/production/hosts/web-77/tags/green");
        good("DELETE /api/v1/inventory/production/hosts/web-9/tags/green");
        bad(404, "DELETE /api/v1/inventory/production/hosts/web-77/tags/green");
        good("DELETE /api/v1/inventory/production/groups/green");
        bad(404, "DELETE /api/v1/inventory/production/groups/green");
        variablesAndFiles();
        good("DELETE /api/v1/inventory/production/hosts/web-9");
        bad(404, "DELETE /api/v1/inventory/production/hosts/web-9");
    }

    private void variablesAndFiles() throws Exception {
        var production = "/api/v1/inventory/production";
        good("PATCH " + production + "/hosts/web-9/variables", "{\"variables\":{\"http_port\":8080,\"tier\":\"a b\"}}");
        good("PATCH " + production + "/hosts/web-9/variables", "{\"variables\":{\"tier\":null}}");
        bad(400, "PATCH " + production + "/hosts/web-9/variables", "{\"variables\":{}}");
        bad(
                400,
                "PATCH " + production + "/hosts/web-9/variables",
                "{\"variables\":{\"ansible_connection\":\"local\"}}");
        bad(404, "PATCH " + production + "/hosts/web-77/variables", "{\"variables\":{\"a\":1}}");
        good("GET " + production + "/hosts/web-9/variables");
        bad(404, "GET " + production + "/hosts/web-77/variables");
        good("PATCH " + production + "/groups/web/variables", "{\"variables\":{\"workers\":4}}");
        bad(404, "PATCH " + production + "/groups/nope/variables", "{\"variables\":{\"workers\":4}}");
        good("GET " + production + "/groups/web/variables");
        bad(404, "GET " + production + "/groups/nope/variables");
        good("GET " + production + "/files");
        bad(404, "GET /api/v1/inventory/nowhere/files");
        good("POST " + production + "/files", "{\"path\":\"group_vars/db.yml\",\"text\":\"a: 1\\n\"}");
        bad(409, "POST " + production + "/files", "{\"path\":\"group_vars/db.yml\",\"text\":\"a: 1\\n\"}");
        var file = production + "/file?path=group_vars/db.yml";
        good("GET " + file);
        bad(404, "GET " + production + "/file?path=group_vars/nope.yml");
        bad(428, "PUT " + file, "{\"text\":\"a: 2\\n\"}");
        bad(428, "DELETE " + file);
        var tag = good("GET " + file).path("etag").asText();
        good("PUT " + file, "{\"text\":\"a: 2\\n\"}", "If-Match", '"' + tag + '"');
        bad(412, "PUT " + file, "{\"text\":\"a: 3\\n\"}", "If-Match", '"' + tag + '"');
        bad(412, "DELETE " + file, "", "If-Match", '"' + tag + '"');
        var version = good("GET " + production + "/file/versions?path=group_vars/db.yml")
                .at("/versions/0/id")
                .asText();
        good("GET " + production + "/file/versions/" + version + "?path=group_vars/db.yml");
        good("POST " + production + "/file/restore", "{\"path\":\"group_vars/db.yml\"}");
        good("DELETE " + file, "", "If-Match", '"' + tag + '"');
        bad(404, "GET /api/v1/inventory/nowhere/file/versions?path=group_vars/db.yml");
        bad(404, "GET " + production + "/file/versions/20260101-000000000-0123456789abcdef?path=group_vars/db.yml");
        bad(400, "POST " + production + "/file/restore", "{\"path\":\"group_vars/web.yml\",\"version\":\"2\"}");
    }

    private void environments() throws Exception {
        var all = "/api/v1/environments";
        good("POST " + all, "{\"name\":\"preview\",\"copy_from\":\"staging\",\"hosts\":[\"p-1=10.0.0.1\"]}");
        bad(409, "POST " + all, "{\"name\":\"preview\"}");
        good("GET " + all + "/preview/policy");
        bad(404, "GET " + all + "/nowhere/policy");
        var tag = asked("GET", all + "/preview/policy", "")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        good("PUT " + all + "/preview/policy", "{\"policy\":\"protected: true\\n\"}", "If-Match", tag);
        bad(428, "PUT " + all + "/preview/policy", "{\"policy\":\"\"}");
        good("POST " + all + "/preview/rename", "{\"name\":\"canary\"}");
        bad(400, "POST " + all + "/canary/rename", "{\"to\":\"preview\"}");
        good("POST " + all + "/canary/archive");
        bad(404, "POST " + all + "/canary/archive");
        good("POST " + all + "/canary/restore");
        bad(404, "POST " + all + "/nowhere/restore");
        good("POST " + all + "/canary/archive");
    }

    private void registered() throws Exception {
        var all = "/api/v1/inventory/production/registered";
        good("POST " + all, "{\"name\":\"vm-7\",\"address\":\"10.0.0.7\",\"port\":22,\"tags\":[\"canary\"]}");
        bad(409, "POST " + all, "{\"name\":\"vm-7\"}");
        bad(400, "POST " + all, "{\"host\":\"vm-8\"}");
        good("GET " + all);
        bad(404, "GET /api/v1/inventory/nowhere/registered");
        good("GET " + all + "/vm-7");
        bad(404, "GET " + all + "/vm-8");
        good("POST " + all + ":bulk", "[{\"name\":\"vm-9\",\"address\":\"10.0.0.9\",\"tags\":[\"canary\"]}]");
        bad(400, "POST " + all + ":bulk", "[{\"name\":\"vm-9\",\"adress\":\"10.0.0.9\"}]");
        good("DELETE " + all + "/vm-9");
        good("PUT " + all + "/vm-7", "{\"user\":\"deploy\",\"variables\":{\"rack\":{\"row\":3}}}");
        bad(400, "PUT " + all + "/vm-7", "{\"address\":\"-oProxyCommand=id\"}");
        good("PATCH " + all + "/vm-7", "{\"user\":null,\"port\":2222}");
        bad(404, "PATCH " + all + "/vm-8", "{\"port\":2222}");
        good("DELETE " + all + "/vm-7");
        bad(404, "DELETE " + all + "/vm-7");
    }

    private void playbooks() throws Exception {
        good("GET /api/v1/playbooks");
        bad(400, "GET /api/v1/playbooks?name=deploy");
        good("POST /api/v1/playbooks", "{\"name\":\"restart\",\"playbook\":\"- hosts: all\\n\"}");
        bad(400, "POST /api/v1/playbooks", "{\"playbook\":\"- hosts: all\\n\"}");
        var tag = good("GET /api/v1/playbooks/restart").path("etag").asText();
        bad(404, "GET /api/v1/playbooks/nothing");
        good("PUT /api/v1/playbooks/restart", "{\"playbook\":\"- hosts: web\\n\"}", "If-Match", tag);
        bad(412, "PUT /api/v1/playbooks/restart", "{\"playbook\":\"- hosts: db\\n\"}", "If-Match", tag);
        bad(428, "PUT /api/v1/playbooks/restart", "{\"playbook\":\"- hosts: db\\n\"}");
        var version = good("GET /api/v1/playbooks/restart/versions")
                .at("/versions/0/id")
                .asText();
        bad(404, "GET /api/v1/playbooks/No%20Name/versions");
        good("GET /api/v1/playbooks/restart/versions/" + version);
        bad(404, "GET /api/v1/playbooks/restart/versions/77");
        good("POST /api/v1/playbooks/restart/restore", "{\"version\":\"" + version + "\"}");
        bad(400, "POST /api/v1/playbooks/nothing/restore");
        var last = good("GET /api/v1/playbooks/restart").path("etag").asText();
        good("DELETE /api/v1/playbooks/restart", "", "If-Match", last);
        bad(428, "DELETE /api/v1/playbooks/restart");
    }

    private void people() throws Exception {
        good("POST /api/v1/users", "{\"name\":\"carl\",\"password\":\"four words and more\",\"admin\":true}");
        good("POST /api/v1/users", "{\"name\":\"dora\",\"password\":\"four words and more\",\"admin\":true}");
        bad(400, "POST /api/v1/users", "{\"name\":\"emil\",\"password\":\"short\"}");
        good("GET /api/v1/users");
        bad(400, "GET /api/v1/users?name=carl");
        good("PUT /api/v1/users/carl/password", "{\"password\":\"four other words\"}");
        bad(400, "PUT /api/v1/users/carl/password", "{\"word\":\"x\"}");
        good("DELETE /api/v1/users/carl");
        bad(400, "DELETE /api/v1/users/carl");
        good("POST /api/v1/tokens", "{\"name\":\"ci\",\"scopes\":[\"view\"],\"days\":7}");
        bad(400, "POST /api/v1/tokens", "{\"name\":\"ci2\",\"scopes\":[\"everything\"]}");
        good("GET /api/v1/tokens");
        bad(400, "GET /api/v1/tokens?owner=me");
        good("DELETE /api/v1/tokens/ci");
        agents();
        bad(404, "DELETE /api/v1/tokens/ci");
        good("PUT /api/v1/secrets/production/db_password", "{\"value\":\"correct horse\",\"kind\":\"text\"}");
        bad(400, "PUT /api/v1/secrets/production/db_password", "{\"value\":\"x\",\"kind\":\"poem\"}");
        good("GET /api/v1/secrets");
        bad(400, "GET /api/v1/secrets?scope=production");
        good("POST /api/v1/secrets/production/deploy/rotate-key", "{\"limit\":\"web\"}");
        bad(400, "POST /api/v1/secrets/production/deploy/rotate-key", "{\"hosts\":\"web\"}");
        good("POST /api/v1/secrets/rotate");
        bad(400, "POST /api/v1/secrets/rotate?now=1");
        good("DELETE /api/v1/secrets/production/db_password");
        bad(404, "DELETE /api/v1/secrets/production/db_password");
    }

    private void deployments() throws Exception {
        var request = "{\"name\":\"first\",\"operation\":\"deploy\",\"environment\":\"production\","
                + "\"variables\":{\"version\":\"v1\"},\"rollout\":{\"waves\":[1,\"rest\"],\"pause\":\"approve\",\"rollback\":\"deploy\"}}";
        good("POST /api/v1/deployments", request, "Idempotency-Key", "d");
        good("POST /api/v1/deployments", request, "Idempotency-Key", "d");
        bad(400, "POST /api/v1/deployments", request.replace("\"name\"", "\"title\""));
        bad(400, "POST /api/v1/deployments", request.replace("[1,", "[0,"));
        bad(422, "POST /api/v1/deployments", request.replace("first", "second"), "Idempotency-Key", "d");
        bad(422, "POST /api/v1/deployments", request.replace("v1", "v2"), "Idempotency-Key", "d");
        bad(422, "POST /api/v1/deployments", request.replace("[1,", "[2,"), "Idempotency-Key", "d");
        bad(400, "POST /api/v1/deployments", request.replace("[1,\"rest\"]", "5"));
        bad(400, "POST /api/v1/deployments", request.replace("\"approve\"", "[\"approve\"]"));
        bad(400, "POST /api/v1/deployments", request.replace("\"approve\"", "\"null\""));
        good("GET /api/v1/deployments?search=FIRST&status=pending&page=1&per_page=5");
        bad(400, "GET /api/v1/deployments?status=odd");
        good("GET /api/v1/deployments/1");
        bad(404, "GET /api/v1/deployments/77");
        bad(409, "POST /api/v1/deployments/1/rollback", "{\"with\":\"deploy\"}");
        endFirstWave();
        good("POST /api/v1/deployments/1/resume");
        bad(409, "POST /api/v1/deployments/1/resume");
        good("POST /api/v1/deployments/1/cancel");
        good("GET /api/v1/deployments/1/events");
        bad(404, "GET /api/v1/deployments/77/events");
        good("POST /api/v1/deployments/1/rollback", "{\"with\":\"deploy\"}");
        good("POST /api/v1/deployments/1/retry", "{\"reason\":\"now\"}");
        bad(404, "POST /api/v1/deployments/77/retry");
        bad(404, "POST /api/v1/deployments/77/cancel");
    }

    private void endFirstWave() {
        boolean done = false;
        while (!done) {
            var run = fixture.begin("deploy");
            fixture.end(run, new Outcome.Success());
            done = run.request().name().equals("first");
        }
    }

    private void batches() throws Exception {
        var request = "{\"operation\":\"ping\",\"environments\":[\"production\",\"staging\"]}";
        good("POST /api/v1/batches", request, "Idempotency-Key", "c");
        good("POST /api/v1/batches", request, "Idempotency-Key", "c");
        bad(400, "POST /api/v1/batches", request.replace("environments", "environment"));
        good("GET /api/v1/batches?limit=1");
        bad(400, "GET /api/v1/batches?limit=0");
        good("GET /api/v1/batches/1");
        bad(404, "GET /api/v1/batches/77");
        good("POST /api/v1/batches/1/cancel", "{\"rest\":false}");
        bad(400, "POST /api/v1/batches/1/cancel", "{\"rest\":\"yes\"}");
        good("POST /api/v1/batches/1/retry", "{\"reason\":\"now\"}");
        bad(404, "POST /api/v1/batches/77/retry");
        var plan = "{\"operation\":\"ping\",\"environment\":\"production\",\"cron\":\"30 2 * *"
                + " *\",\"timezone\":\"Europe/Berlin\"}";
        good("GET /api/v1/times?cron=30%202%20*%20*%20mon-fri&timezone=Europe/Berlin&environment=production");
        bad(400, "GET /api/v1/times?cron=99%202%20*%20*%20*");
        bad(400, "GET /api/v1/times?cron=*%20*%20*%20*%20*&timezone=Nowhere");
        good("POST /api/v1/runs/review", "{\"operation\":\"ping\",\"environment\":\"production\",\"limit\":\"web\"}");
        bad(
                400,
                "POST /api/v1/runs/review",
                "{\"operation\":\"ping\",\"environment\":\"production\",\"limit\":\"wbe\"}");
        good("POST /api/v1/schedules", plan);
        bad(400, "POST /api/v1/schedules", plan.replace("30 2", "99 2"));
        good("GET /api/v1/schedules");
        bad(400, "GET /api/v1/schedules?environment=production");
        good("GET /api/v1/schedules/1");
        bad(404, "GET /api/v1/schedules/77");
        good("POST /api/v1/schedules/1/pause", "{\"reason\":\"holidays\"}");
        bad(400, "POST /api/v1/schedules/1/pause", "{\"until\":\"monday\"}");
        good("GET /api/v1/schedules/1");
        good("POST /api/v1/schedules/1/resume");
        bad(404, "POST /api/v1/schedules/77/resume");
        good("POST /api/v1/schedules/1/run");
        bad(404, "POST /api/v1/schedules/77/run");
        good("POST /api/v1/reports", "{\"every\":\"daily\",\"at\":\"09:00\",\"channel\":\"slack:C0123\"}");
        bad(400, "POST /api/v1/reports", "{\"every\":\"now and then\",\"channel\":\"slack:C0123\"}");
        good("GET /api/v1/reports");
        bad(400, "GET /api/v1/reports?every=daily");
        good("GET /api/v1/reports/now?period=7d");
        bad(400, "GET /api/v1/reports/now?period=700d");
        good("DELETE /api/v1/schedules/1");
        bad(404, "DELETE /api/v1/schedules/77");
    }

    private void notices() throws Exception {
        var event = "{\"title\":\"disk"
                + " full\",\"status\":\"open\",\"severity\":\"error\",\"labels\":{\"environment\":\"production\"}}";
        good("POST /api/v1/notifications", event);
        bad(400, "POST /api/v1/notifications", "{\"severity\":\"dreadful\"}");
        bad(400, "POST /api/v1/notifications", "{not json");
        bad(400, "POST /hooks/ops", "{\"notifications\":[" + event + ",{}]}", "Authorization", "Bearer token-of-ops");
        good("POST /hooks/ops", event, "Authorization", "Bearer token-of-ops");
        bad(401, "POST /hooks/ops", event, "Authorization", "Bearer another");
        bad(404, "POST /hooks/nobody", event);
        var alert = good("GET /api/v1/alerts").at("/alerts/0");
        bad(400, "GET /api/v1/alerts?open=1");
        good("POST /api/v1/alerts/" + alert.path("id").asText() + "/ack");
        bad(409, "POST /api/v1/alerts/77/ack");
        good("POST /api/v1/offers/" + alert.at("/offers/0/id").asText() + "/act");
        bad(409, "POST /api/v1/offers/77/act");
        bad(400, "POST /api/v1/alerts/" + alert.path("id").asText() + "/resolve", "{}");
        good("POST /api/v1/alerts/" + alert.path("id").asText() + "/resolve", "{\"reason\":\"disk replaced\"}");
        good("POST /api/v1/mutes", "{\"what\":\"production\",\"for\":\"2h\",\"reason\":\"disks\"}");
        bad(400, "POST /api/v1/mutes", "{\"for\":\"2h\"}");
        good("GET /api/v1/mutes");
        bad(400, "GET /api/v1/mutes?by=me");
        good("POST /api/v1/mutes/1/extend", "{\"for\":\"1h\"}");
        bad(400, "POST /api/v1/mutes/1/extend", "{}");
        good("DELETE /api/v1/mutes/1");
        bad(404, "DELETE /api/v1/mutes/77");
        receiversAndRoutes();
        good("POST /api/v1/receivers/ops/test");
        bad(404, "POST /api/v1/receivers/nobody/test");
        fixture.notificationEngine.start();
        await().until(() ->
                asked("GET", "/api/v1/deliveries?state=dead", "").body().contains("\"state\":\"dead\""));
        var delivery = good("GET /api/v1/deliveries?state=dead&limit=1")
                .at("/deliveries/0/id")
                .asText();
        good("GET /api/v1/deliveries?run=1&receiver=ops");
        bad(400, "GET /api/v1/deliveries?run=one");
        bad(400, "GET /api/v1/deliveries?state=lost");
        bad(400, "GET /api/v1/deliveries?limit=0");
        good("GET /api/v1/deliveries/" + delivery);
        bad(404, "GET /api/v1/deliveries/7777");
        good("POST /api/v1/deliveries/" + delivery + "/redeliver");
        bad(400, "POST /api/v1/deliveries/x/redeliver");
        good("POST /api/v1/deliveries/redeliver-dead");
        bad(400, "POST /api/v1/deliveries/redeliver-dead?all=1");
    }

    @Test
    void whatDidNotChangeIsNotSentAgain() throws Exception {
        asked(
                "POST",
                "/api/v1/runs",
                "{\"operation\":\"deploy\",\"environment\":\"production\",\"variables\":{\"version\":\"v1\"}}");
        var first = asked("GET", "/api/v1/runs/1", "");
        var tag = first.headers().firstValue("ETag").orElseThrow();
        var again = asked("GET", "/api/v1/runs/1", "", "If-None-Match", "\"other\", W/" + tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).contains(tag);
        fixture.begin("deploy");
        var changed = asked("GET", "/api/v1/runs/1", "", "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("running");
    }

    @Test
    void whoeverAsksForRunsIsToldHowManyMore() throws Exception {
        var request = "{\"operation\":\"ping\",\"environment\":\"production\"}";
        var first = asked("POST", "/api/v1/runs", request).headers();
        assertThat(first.firstValue("RateLimit-Limit")).contains("1000");
        assertThat(first.firstValue("RateLimit-Remaining")).contains("999");
        assertThat(first.firstValueAsLong("RateLimit-Reset").orElseThrow()).isBetween(1L, 4L);
        assertThat(asked("GET", "/api/v1/runs", "").headers().firstValue("RateLimit-Limit"))
                .isEmpty();
    }
}
