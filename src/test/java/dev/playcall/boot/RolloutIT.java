package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.playcall.testing.Gateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Twelve hosts in waves, with real Ansible. A host fails where the variable {@code broken} names it, and cannot be reached where {@code away}
 * does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolloutIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    private Path home;
    private Gateway gateway;
    private int names;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = folder;
        gateway = Gateway.warm(home);
        gateway.environment(
                "fleet", IntStream.rangeClosed(1, 12).mapToObj(i -> "h" + i).toList());
        gateway.file("playbooks/deploy.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.raw: touch {{ gate }}
                  when: gate | length > 0
                  delegate_to: localhost
                  run_once: true
                - ansible.builtin.raw: timeout 60 sh -c 'until [ -e {{ gate }}.open ]; do sleep 0.3; done'
                  when: gate | length > 0 and 'h3' in ansible_play_hosts_all
                  delegate_to: localhost
                  run_once: true
                - ansible.builtin.set_fact: { seen: true }
                - ansible.builtin.fail: { msg: "no room on the disk" }
                  when: inventory_hostname in broken
                - ansible.builtin.raw: "true"
                  vars: { ansible_connection: ssh, ansible_host: 127.0.0.1, ansible_port: 1 }
                  when: inventory_hostname in away
            """);
        gateway.file("playbooks/deploy.meta.yml", """
            variables:
              broken: { type: list, default: [] }
              away: { type: list, default: [] }
              gate: { default: "" }
              version: { type: version }
            """);
        gateway.environment(
                "hundred", IntStream.rangeClosed(1, 103).mapToObj(i -> "h" + i).toList());
        gateway.file("playbooks/sweep.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.assert:
                    that: number | int > bad | int or number | int <= 5
                    quiet: true
                  vars: { number: "{{ inventory_hostname[1:] }}" }
                - ansible.builtin.raw: "true"
                  vars: { number: "{{ inventory_hostname[1:] }}", ansible_connection: ssh, ansible_host: 127.0.0.1, ansible_port: 1 }
                  when: number | int <= 5
            """);
        gateway.file("playbooks/sweep.meta.yml", "variables: { bad: { type: integer } }\n");
        gateway.file("playbooks/undo.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.debug: { msg: "back from {{ version }}" }
            """);
        gateway.file("playbooks/some.yml", """
            - hosts: h2,h5
              gather_facts: false
              tasks:
                - ansible.builtin.set_fact: { seen: true }
            - hosts: h11
              gather_facts: false
              tasks:
                - ansible.builtin.set_fact: { seen: true }
            """);
        gateway.file("playbooks/undo.meta.yml", "variables: { version: { type: version } }\n");
        gateway.start();
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
    }

    private JsonNode roll(Map<String, Object> rollout, Map<String, Object> variables) {
        var body = new HashMap<String, Object>(Map.of(
                "name",
                "rollout " + ++names,
                "operation",
                "deploy",
                "environment",
                "fleet",
                "rollout",
                rollout,
                "variables",
                variables));
        var made = gateway.post("/api/v1/deployments", body, "Idempotency-Key", "k" + names);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var again = gateway.post("/api/v1/deployments", body, "Idempotency-Key", "k" + names);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        return Gateway.json(made).path("deployment");
    }

    private JsonNode get(JsonNode deployment) {
        return gateway.get("/api/v1/deployments/" + deployment.path("id").asLong());
    }

    private JsonNode until(JsonNode deployment, String... states) {
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() ->
                        List.of(states).contains(get(deployment).path("status").asText()));
        return get(deployment);
    }

    private JsonNode act(JsonNode deployment, String action, int status) {
        var answer = gateway.post("/api/v1/deployments/" + deployment.path("id").asLong() + "/" + action, Map.of());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body().isEmpty() ? NullNode.instance : Gateway.json(answer);
    }

    private static List<String> waves(JsonNode deployment, String field) {
        return StreamSupport.stream(deployment.path("waves").spliterator(), false)
                .map(w -> w.path(field).asText())
                .toList();
    }

    private static Optional<JsonNode> server(JsonNode deployment, String name) {
        return StreamSupport.stream(deployment.path("servers").spliterator(), false)
                .filter(s -> s.path("name").asText().equals(name))
                .findFirst();
    }

    private String say(String... words) throws Exception {
        return gateway.inProcess(Map.of(), words).out();
    }

    @Test
    void nothingFurtherStartsAboveTheLimitAndTheWaveIsRolledBack() throws Exception {
        var made = roll(
                Map.of("waves", List.of(1, 4, "rest"), "max_failed", "20%", "rollback", "undo"),
                Map.of("broken", List.of("h3"), "away", List.of("h4"), "version", "v2"));
        assertThat(waves(made, "hosts")).containsExactly("1", "4", "7");
        var over = until(made, "failed");
        assertThat(waves(over, "status")).containsExactly("success", "failed", "cancelled");
        var why = "deployment " + made.path("id").asLong()
                + " stopped after wave 2 of 3: 2 of 5 hosts failed, more than the allowed 20%";
        assertThat(over.path("reason").asText()).isEqualTo(why);
        assertThat(over.path("waves").path(2).path("reason").asText()).isEqualTo(why);
        assertThat(over.path("counts").path("success").asInt()).isEqualTo(3);
        assertThat(over.path("counts").path("failed").asInt()).isEqualTo(2);
        assertThat(over.path("counts").path("skipped").asInt()).isEqualTo(7);
        assertThat(over.path("success_rate").asDouble()).isEqualTo(60.0);
        assertThat(server(over, "h3").orElseThrow().path("error").asText()).contains("no room on the disk");
        var back = over.path("rollback_run").asLong();
        await().atMost(LONG)
                .until(() -> gateway.get("/api/v1/runs/" + back)
                        .path("status")
                        .asText()
                        .equals("success"));
        var run = gateway.get("/api/v1/runs/" + back);
        assertThat(run.path("playbook").asText()).isEqualTo("undo");
        assertThat(run.path("limit").asText()).isEqualTo("h2,h3,h4,h5");
        assertThat(say("show", "deployment", made.path("id").asText()))
                .contains("2 of 5 hosts failed", "the wave is rolled back by #" + back + " (succeeded)");
        assertThat(server(get(made), "h2").orElseThrow().path("error").asText()).isEqualTo("rolled back by #" + back);
        var again = act(made, "retry", 201).path("deployment");
        assertThat(waves(again, "hosts"))
                .as("with the hosts that were good before the wave was rolled back")
                .containsExactly("4", "7");
        act(again, "cancel", 200);
        until(again, "cancelled", "failed");
        assertThat(act(made, "rollback", 201).path("limit").asText()).isEqualTo("h1,h2,h3,h4,h5");
    }

    @Test
    void whoRetriesOrRollsBackWhatSomebodyDoesOrHasDoneIsAskedFirst() throws Exception {
        var gate = home.resolve("again");
        Files.createFile(Path.of(gate + ".open"));
        var made = roll(
                Map.of("waves", List.of(1, 4, "rest"), "max_failed", "20%"),
                Map.of("broken", List.of("h3", "h4"), "version", "v2", "gate", gate.toString()));
        var id = made.path("id").asText();
        until(made, "failed");
        Files.delete(Path.of(gate + ".open"));
        var wave = get(made).path("waves").path(1).path("run").asLong();
        var alone = Gateway.json(gateway.post("/api/v1/runs/" + wave + "/retry", Map.of()))
                .path("id")
                .asLong();
        assertThat(act(made, "retry", 409).toString()).contains("#" + alone + " already retries #" + wave);
        gateway.post("/api/v1/runs/" + alone + "/cancel", Map.of());
        await().atMost(LONG).until(() -> gateway.isOver(alone));
        var again = act(made, "retry", 201).path("deployment");
        assertThat(waves(again, "hosts")).containsExactly("2", "7");
        assertThat(again.path("rollout").path("waves").toString()).isEqualTo("[\"2\",\"rest\"]");
        assertThat(act(made, "retry", 409).toString())
                .contains("was faster: deployment " + again.path("id").asText() + " retries it");
        Files.createFile(Path.of(gate + ".open"));
        assertThat(until(again, "failed").path("reason").asText()).contains("2 of 2 hosts failed");
        assertThat(gateway.post("/api/v1/deployments/" + id + "/retry", Map.of())
                        .body())
                .contains("deployment " + id + " was already retried by deployment "
                        + again.path("id").asText() + " (failed)");
        var body = Map.<String, Object>of("with", "undo");
        var address = "/api/v1/deployments/" + id + "/rollback";
        var first = gateway.post(address, body);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        var run = Gateway.json(first).path("id").asLong();
        await().atMost(LONG)
                .until(() -> gateway.get("/api/v1/runs/" + run)
                        .path("status")
                        .asText()
                        .equals("success"));
        assertThat(gateway.post(address, body).body()).contains("was already rolled back by #" + run);
        assertThat(get(made).path("rolled_back_by").asLong()).isEqualTo(run);
        assertThat(get(made).path("rolled_back").asInt()).isPositive();
        assertThat(gateway.inProcess(Map.of(), "deployments").toString()).contains("failed, rollback #" + run);
        var sure = gateway.post(address, Map.of("with", "undo", "confirm", true));
        assertThat(sure.statusCode()).as(sure.body()).isEqualTo(201);
    }

    @Test
    void hostsThatNoPlayIsForAreInNoWaveAndAreSkipped() throws Exception {
        assertThat(gateway.inProcess(Map.of(), "rollout", "play", "some", "fleet")
                        .toString())
                .contains(
                        "3 hosts in 3 waves of 1, 1, 1",
                        "9 hosts are skipped, because no play of the playbook is for them");
        var body = Map.<String, Object>of("name", "some", "playbook", "some", "environment", "fleet");
        var made = Gateway.json(gateway.post("/api/v1/deployments", body)).path("deployment");
        assertThat(waves(made, "hosts")).containsExactly("1", "1", "1");
        var over = until(made, "completed", "failed");
        assertThat(over.path("status").asText()).isEqualTo("completed");
        assertThat(over.path("total").asInt()).isEqualTo(12);
        assertThat(over.path("counts").path("success").asInt()).isEqualTo(3);
        assertThat(over.path("counts").path("skipped").asInt()).isEqualTo(9);
        assertThat(over.path("success_rate").asDouble()).isEqualTo(100.0);
        assertThat(server(over, "h1").orElseThrow().path("error").asText())
                .isEqualTo("no play of the playbook is for this host");
        var none = gateway.post(
                "/api/v1/deployments",
                Map.of("name", "none", "playbook", "some", "environment", "fleet", "limit", "h1,h3"));
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("no play of the playbook is for h1, h3");
    }

    @Test
    void exactlyAtTheLimitItGoesOn() {
        var made = roll(
                Map.of("waves", List.of(5, "rest"), "max_failed", "20%"),
                Map.of("broken", List.of("h12"), "away", List.of("h2")));
        var over = until(made, "completed", "failed");
        assertThat(over.path("status").asText()).isEqualTo("completed");
        assertThat(waves(over, "status")).containsExactly("failed", "failed");
        assertThat(over.path("counts").path("success").asInt()).isEqualTo(10);
        assertThat(over.path("success_rate").asDouble()).isEqualTo(83.3);
    }

    /** Five of those that are bad cannot be reached. */
    @ParameterizedTest
    @CsvSource({"10, completed", "11, failed"})
    void ofAHundredHostsTenMayFailAndElevenMayNot(int bad, String status) {
        var body = Map.of(
                "name",
                bad + " of 100",
                "playbook",
                "sweep",
                "environment",
                "hundred",
                "rollout",
                Map.of("waves", List.of(100, "rest")),
                "variables",
                Map.of("bad", bad));
        var made = Gateway.json(gateway.post("/api/v1/deployments", body)).path("deployment");
        var over = until(made, "completed", "failed");
        assertThat(over.path("status").asText()).isEqualTo(status);
        boolean goesOn = status.equals("completed");
        assertThat(waves(over, "status")).containsExactly("failed", goesOn ? "success" : "cancelled");
        assertThat(over.path("counts").path("failed").asInt()).isEqualTo(bad);
        assertThat(over.path("counts").path("success").asInt()).isEqualTo(100 - bad + (goesOn ? 3 : 0));
        assertThat(over.path("reason").asText())
                .isEqualTo(
                        goesOn
                                ? ""
                                : "deployment " + made.path("id").asLong()
                                        + " stopped after wave 1 of 2: 11 of 100 hosts failed, more than the allowed"
                                        + " 10%");
    }

    @Test
    void eachWaveWaitsUntilSomebodyResumesIt() throws Exception {
        var made = roll(Map.of("waves", List.of(1, 1, "rest"), "pause", "approve"), Map.of());
        assertThat(waves(until(made, "paused"), "status")).containsExactly("success", "queued", "queued");
        var id = made.path("id").asText();
        assertThat(say("show", "deployment", id))
                .contains("is paused before wave 2 of 3; continue with: resume deployment " + id);
        assertThat(say("resume", "deployment", id)).contains("goes on with wave 2 of 3");
        await().atMost(LONG).until(() -> waves(get(made), "held").get(2).equals("true"));
        act(made, "resume", 200);
        assertThat(until(made, "completed").path("success_rate").asDouble()).isEqualTo(100.0);
        act(made, "resume", 409);
        assertThat(say("deployments")).contains("rollout");
    }

    @Test
    void afterThePauseTheNextWaveStartsByItself() {
        int before = batchFolders();
        var made = roll(Map.of("waves", List.of(1, "rest"), "pause", "1s"), Map.of());
        var over = until(made, "completed");
        var first = over.path("waves").path(0).path("ended_at").asText();
        var second = over.path("waves").path(1).path("started_at").asText();
        assertThat(Duration.between(java.time.Instant.parse(first), java.time.Instant.parse(second)))
                .isGreaterThanOrEqualTo(Duration.ofMillis(990));
        assertThat(batchFolders()).isEqualTo(before + 1);
    }

    /** Folders that the runs of one batch have together. */
    private int batchFolders() {
        var names = home.resolve("data/batches").toFile().list();
        return names == null ? 0 : names.length;
    }

    @Test
    void aGatewayThatIsKilledInTheSecondWaveGoesOnWithIt() throws Exception {
        var gate = home.resolve("killed");
        var made = roll(
                Map.of("waves", List.of(2, 2, "rest"), "max_failed", "0", "rollback", "undo"),
                Map.of("gate", gate.toString(), "broken", List.of("h4")));
        await().atMost(LONG).until(() -> waves(get(made), "status").get(1).equals("running") && Files.exists(gate));
        gateway.kill();
        Files.createFile(Path.of(gate + ".open"));
        gateway.start();
        var over = until(made, "failed");
        assertThat(waves(over, "status")).containsExactly("success", "failed", "cancelled");
        var rollback = gateway.get("/api/v1/runs/" + over.path("rollback_run").asLong());
        assertThat(rollback.path("limit").asText()).isEqualTo("h3,h4");
        assertThat(StreamSupport.stream(
                                gateway.get("/api/v1/runs?playbook=undo&limit=100")
                                        .path("runs")
                                        .spliterator(),
                                false)
                        .filter(r -> r.path("through").equals(rollback.path("through"))))
                .hasSize(1);
    }

    @Test
    void whatIsCancelledInTheThirdWaveStaysCancelled() throws Exception {
        var gate = home.resolve("cancelled");
        var made = roll(Map.of("waves", List.of(1, 1, 2, "rest"), "rollback", "undo"), Map.of("gate", gate.toString()));
        await().atMost(LONG).until(() -> waves(get(made), "status").get(2).equals("running"));
        act(made, "cancel", 200);
        var over = until(made, "cancelled");
        assertThat(waves(over, "status")).containsExactly("success", "success", "cancelled", "cancelled");
        assertThat(over.path("reason").asText())
                .isEqualTo("deployment " + made.path("id").asLong() + " was cancelled by local in wave 3 of 4");
        assertThat(over.path("rollback_run").isNull()).isTrue();
    }
}
