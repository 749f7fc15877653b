package dev.playcall.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.notify.sink.Receiver;
import dev.playcall.testing.Gateway;
import dev.playcall.testing.PostgresServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Gateways on one database, as two machines or more have them. {@code -Dkills=200} kills one more often;
 * {@code -Dnodes=2} is the least.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {
    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final int NODES = Integer.getInteger("nodes", 3);
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final int PLAYBOOKS = 4;

    /** Says when it is at work, in its own words. */
    private static final String AT_WORK = """
        - hosts: h1
          gather_facts: false
          tasks:
            - ansible.builtin.raw: echo "%1$s begins $(date +%%s%%3N) $PLAYCALL_RUN_ID" >> '%2$s'; sleep 0.7; echo "%1$s ends $(date +%%s%%3N) $PLAYCALL_RUN_ID" >> '%2$s'
        """;

    private static final String WAITS = """
        - hosts: h1
          gather_facts: false
          tasks:
            - ansible.builtin.debug: { msg: "marked in the log" }
            - ansible.builtin.raw: sleep 600
        """;

    private Path folder;
    private Path work;
    private Receiver receiver;
    private List<Gateway> nodes;

    @BeforeAll
    void start(@TempDir(factory = TempDirFactory.Standard.class) Path temporary) throws Exception {
        folder = temporary;
        work = folder.resolve("work");
        receiver = new Receiver();
        var server = PostgresServer.shared();
        var database = server.create();
        nodes = IntStream.rangeClosed(1, NODES)
                .mapToObj(i -> node("node-" + i, server.place(database)))
                .toList();
        nodes.getFirst().start();
        for (var node : nodes.subList(1, NODES)) {
            node.takeAlong(folder.resolve("node-1"), "data/keys");
            node.start();
        }
    }

    private Gateway node(String name, String store) {
        var settings = new HashMap<>(PostgresServer.settings(store, name));
        if (name.equals("node-" + NODES)) {
            settings.put("PLAYCALL_CLUSTER_LABELS", "zone=dmz");
        }
        var gateway = new Gateway(folder.resolve(name), settings);
        gateway.environment("prod", List.of("h1"));
        gateway.environment("guarded", List.of("h1"));
        gateway.file("config/playcall.yml", """
            ansible: { max_parallel_runs: 2 }
            access: { limits: { runs: 10000 }, policies: [{ environments: [guarded], requester_may_approve: true }] }
            notify:
              receivers: { program: { webhook: "%s", allow_private: true } }
              route: { receivers: [program], group_by: [run], storm: 0, wait: 1s, interval: 1s }
            """.formatted(receiver.address("/program")));
        IntStream.rangeClosed(1, PLAYBOOKS)
                .forEach(i -> gateway.file("playbooks/p" + i + ".yml", AT_WORK.formatted("p" + i, work)));
        IntStream.rangeClosed(1, 2 * NODES).forEach(i -> gateway.file("playbooks/hold" + i + ".yml", WAITS));
        gateway.file("playbooks/wait.yml", WAITS);
        gateway.file("playbooks/inside.yml", AT_WORK.formatted("inside", work));
        gateway.file("playbooks/inside.meta.yml", "node_selector: { zone: dmz }\n");
        gateway.file("playbooks/timed.yml", AT_WORK.formatted("timed", work));
        return gateway;
    }

    @AfterAll
    void end() {
        nodes.forEach(Gateway::close);
        receiver.close();
    }

    private long play(Gateway door, String playbook) {
        return door.run("play", "prod", Map.of("playbook", playbook));
    }

    private Gateway named(String name) {
        return nodes.get(Integer.parseInt(name.substring("node-".length())) - 1);
    }

    private Gateway other(String name) {
        return nodes.get(name.equals("node-1") ? 1 : 0);
    }

    private String nodeOf(long run) {
        return nodes.getFirst().get("/api/v1/runs/" + run).path("node").asText();
    }

    @Test
    void whatWorksOnOneIsSeenAndCancelledOnTheOther() {
        long run = play(nodes.getFirst(), "wait");
        await().atMost(LONG).until(() -> nodes.getLast().status(run).equals("running"));
        var there = other(nodeOf(run));
        await().atMost(Duration.ofSeconds(30)).until(() -> log(there, run).contains("marked in the log"));
        there.post("/api/v1/runs/" + run + "/cancel", Map.of());
        await().atMost(Duration.ofSeconds(30)).until(() -> there.isOver(run));
        assertThat(there.status(run)).isEqualTo("cancelled");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(log(there, run)).isEqualTo(log(named(nodeOf(run)), run)));
    }

    /** As a chat platform may bring the presses of several people, or one press twice, to different nodes. */
    @Test
    void ofApprovalsAtAllNodesAtOnceOneCounts() {
        long run = nodes.getFirst().run("play", "guarded", Map.of("playbook", "p1"));
        assertThat(nodes.getLast().status(run)).isEqualTo("awaiting_approval");
        var codes = nodes.stream()
                .map(node -> CompletableFuture.supplyAsync(() ->
                        node.post("/api/v1/runs/" + run + "/approve", Map.of()).statusCode()))
                .toList();
        assertThat(codes.stream().map(CompletableFuture::join))
                .containsOnly(200, 409)
                .containsOnlyOnce(200);
        await().atMost(LONG).until(() -> nodes.getLast().isOver(run));
        assertThat(nodes.getLast().status(run)).isEqualTo("success");
        assertThat(nodes.getLast()
                        .post("/api/v1/runs/" + run + "/approve", Map.of())
                        .statusCode())
                .isEqualTo(409);
    }

    /** As for an update of one machine: the run goes on, and nobody is told that it is watched. */
    @Test
    void whatARunOfAStoppedNodeDoesIsSaidToBeUnknown() throws Exception {
        long run = play(nodes.getFirst(), "wait");
        await().atMost(LONG).until(() -> nodes.getFirst().status(run).equals("running"));
        var owner = named(nodeOf(run));
        var there = other(nodeOf(run));
        owner.stop();
        try {
            assertThat(status(there, nodeName(owner))).isEqualTo("stopped");
            var contact = there.get("/api/v1/runs/" + run).path("lost_contact");
            assertThat(contact.path("detail").asText()).startsWith("node " + nodeName(owner) + " was stopped at ");
            assertThat(there.get("/api/v1/queue").path("running").path(0).has("lost_contact"))
                    .isTrue();
            assertThat(there.send(there.request("/runs/" + run)).body()).contains("was stopped at ");
            assertThat(there.command(Map.of(), "show", "" + run).get().out()).contains("was stopped at ");
            assertThat(there.command(Map.of(), "nodes").get().out()).contains("stopped");
        } finally {
            owner.start();
        }
        await().atMost(LONG).until(() -> !there.get("/api/v1/runs/" + run).has("lost_contact"));
        there.post("/api/v1/runs/" + run + "/cancel", Map.of());
        await().atMost(LONG).until(() -> there.isOver(run));
    }

    private static String status(Gateway door, String node) {
        return door.get("/api/v1/nodes")
                .path("nodes")
                .valueStream()
                .filter(n -> n.path("name").asText().equals(node))
                .map(n -> n.path("status").asText())
                .findFirst()
                .orElseThrow();
    }

    private String nodeName(Gateway gateway) {
        return "node-" + (nodes.indexOf(gateway) + 1);
    }

    private static String log(Gateway gateway, long run) {
        return gateway.send(gateway.request("/api/v1/runs/" + run + "/log")).body();
    }

    @Test
    void whatIsSetOnOneHoldsOnTheOther() {
        put(nodes.getFirst(), "/api/v1/settings/ansible.forks", "{\"value\":\"17\"}");
        await().atMost(Duration.ofSeconds(2))
                .until(() -> nodes.getLast().get("/api/v1/settings").toString().contains("17"));
        put(nodes.getFirst(), "/api/v1/secrets/prod/word", "{\"value\": \"only-in-one-place\"}");
        await().atMost(Duration.ofSeconds(2))
                .until(() -> nodes.getLast().get("/api/v1/secrets").toString().contains("word"));
    }

    private static void put(Gateway gateway, String path, String body) {
        var answer = gateway.send(gateway.request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    }

    /** Each has two places: none has to wait for a place of the node that was asked. */
    @Test
    void aFreeNodeTakesWhatABusyOneCannot() {
        var first = nodes.getFirst();
        var runs = IntStream.rangeClosed(1, 2 * NODES)
                .mapToObj(i -> play(first, "hold" + i))
                .toList();
        await().atMost(LONG).until(() -> runs.stream().map(first::status).allMatch("running"::equals));
        assertThat(runs.stream().map(this::nodeOf).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        nodes.stream().map(this::nodeName).toList());
        runs.forEach(run -> first.post("/api/v1/runs/" + run + "/cancel", Map.of()));
        await().atMost(LONG).until(() -> runs.stream().allMatch(first::isOver));
    }

    @Test
    void aDrainedNodeEndsWhatItHasAndTakesNothing() throws Exception {
        var first = nodes.getFirst();
        long before = play(first, "wait");
        await().atMost(LONG).until(() -> first.status(before).equals("running"));
        var drained = nodeOf(before);
        var told = first.command(Map.of(), "nodes", "drain", drained, "a", "new", "disk")
                .get();
        assertThat(told.out()).contains("node " + drained + " is drained by ").contains(": a new disk");
        try {
            var runs = IntStream.rangeClosed(1, PLAYBOOKS)
                    .mapToObj(i -> play(named(drained), "p" + i))
                    .toList();
            await().atMost(LONG).until(() -> runs.stream().allMatch(first::isOver));
            assertThat(runs.stream().map(this::nodeOf)).doesNotContain(drained);
            assertThat(first.status(before)).isEqualTo("running");
            assertThat(first.command(Map.of(), "nodes").get().out()).contains("up, drained");
            nodes.stream().map(this::nodeName).filter(n -> !n.equals(drained)).forEach(this::drain);
            long waits = play(first, "p1");
            assertThat(first.send(first.request("/queue")).body())
                    .contains("waits for a node that takes runs: node-1 is drained");
            assertThat(first.command(Map.of(), "show", "" + waits).get().out())
                    .contains("waits for a node that takes runs: node-1 is drained");
            nodes.forEach(node -> first.post("/api/v1/nodes/" + nodeName(node) + "/undrain", Map.of()));
            await().atMost(LONG).until(() -> first.isOver(waits));
        } finally {
            nodes.forEach(node -> first.post("/api/v1/nodes/" + nodeName(node) + "/undrain", Map.of()));
            first.post("/api/v1/runs/" + before + "/cancel", Map.of());
        }
        await().atMost(LONG).until(() -> first.isOver(before));
    }

    private void drain(String node) {
        var answer = nodes.getFirst().post("/api/v1/nodes/" + node + "/drain", Map.of("reason", "all of them"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aRunIsExecutedByANodeThatHasTheLabelsOfItsPlaybook() throws Exception {
        var first = nodes.getFirst();
        var runs = IntStream.range(0, 4).mapToObj(_ -> play(first, "inside")).toList();
        await().atMost(LONG).until(() -> runs.stream().allMatch(first::isOver));
        assertThat(runs.stream().map(this::nodeOf)).containsOnly("node-" + NODES);
        drain("node-" + NODES);
        try {
            long waits = play(first, "inside");
            var reason = "waits for a node with zone=dmz: node-" + NODES + " is drained";
            assertThat(first.send(first.request("/queue")).body()).contains(reason);
            assertThat(first.command(Map.of(), "show", "" + waits).get().out()).contains(reason);
            assertThat(first.command(Map.of(), "nodes").get().out()).contains("zone=dmz");
            first.post("/api/v1/runs/" + waits + "/cancel", Map.of());
        } finally {
            first.post("/api/v1/nodes/node-" + NODES + "/undrain", Map.of());
        }
    }

    /** As after a change that has come to one machine only. */
    @Test
    void whatWasRequestedWithOtherFilesIsNotTakenByANodeWithout() throws IOException {
        var first = nodes.getFirst();
        var before = Files.readString(folder.resolve("node-1/playbooks/p1.yml"));
        first.file("playbooks/p1.yml", before + "    - ansible.builtin.debug: { msg: changed }\n");
        try {
            var runs = IntStream.range(0, 4).mapToObj(_ -> play(first, "p1")).toList();
            await().atMost(LONG).until(() -> runs.stream().allMatch(first::isOver));
            assertThat(runs.stream().map(this::nodeOf)).containsOnly("node-1");
            assertThat(runs.stream().map(first::status)).containsOnly("success");
            var contents = first.get("/api/v1/nodes").path("nodes").findValuesAsText("content");
            assertThat(contents).hasSize(NODES);
            assertThat(contents.stream().distinct()).hasSize(2);
        } finally {
            first.file("playbooks/p1.yml", before);
        }
    }

    @Test
    void killedAtRandomUnderLoadNothingIsLostAndNoPlaybookWorksTwiceAtATime() throws Exception {
        var minute = nodes.getFirst()
                .post(
                        "/api/v1/schedules",
                        Map.of(
                                "cron", "* * * * *",
                                "operation", "play",
                                "playbook", "timed",
                                "environment", "prod",
                                "name", "each-minute"));
        assertThat(minute.statusCode()).as(minute.body()).isEqualTo(201);
        var random = new Random(20261130);
        var runs = new ArrayList<Long>();
        for (int i = 0; i < KILLS; i++) {
            for (int n = 0; n < 2 * PLAYBOOKS; n++) {
                runs.add(play(nodes.get(n % NODES), "p" + (1 + random.nextInt(PLAYBOOKS))));
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(500)).toNanos());
            }
            var victim = nodes.get(random.nextInt(NODES));
            victim.kill();
            victim.start();
        }
        var door = nodes.getFirst();
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> runs.stream().allMatch(door::isOver));
        for (long run : runs) {
            assertThat(door.get("/api/v1/runs/" + run).path("status").asText())
                    .as("%s", door.get("/api/v1/runs/" + run))
                    .isEqualTo("success");
        }
        isNeverTwiceAtWork();
        isToldOfEach(runs);
        isStartedOnceAMinute(door);
        assertThat(door.command(Map.of(), "audit", "verify").get().code()).isZero();
    }

    /** By what the processes have said of themselves. */
    private void isNeverTwiceAtWork() throws IOException {
        var open = new TreeMap<String, String>();
        var begun = new HashMap<String, Integer>();
        for (var line : Files.readAllLines(work)) {
            var words = line.split(" ", 4);
            if (words[1].equals("begins")) {
                assertThat(open.put(words[0], words[3])).as(line).isNull();
                begun.merge(words[3], 1, Integer::sum);
            } else {
                assertThat(open.remove(words[0])).as(line).isEqualTo(words[3]);
            }
        }
        assertThat(begun.values()).containsOnly(1);
    }

    /** Queued, started and ended, each once more after a kill at the most. */
    private void isToldOfEach(List<Long> runs) {
        for (long run : runs) {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(told(run)).as("run %d", run).isBetween(1L, 3L + KILLS));
            await().atMost(LONG).until(() -> told(run, "succeeded") > 0);
        }
    }

    private long told(long run) {
        return told(run, "");
    }

    private long told(long run, String what) {
        return receiver.got().stream()
                .filter(g -> g.text().matches("(?s).*\"#" + run + " [^\"]*" + what + ".*"))
                .count();
    }

    private static void isStartedOnceAMinute(Gateway door) {
        await().atMost(LONG)
                .until(() ->
                        !door.get("/api/v1/runs?playbook=timed").path("runs").isEmpty());
        var minutes = StreamSupport.stream(
                        door.get("/api/v1/runs?playbook=timed").path("runs").spliterator(), false)
                .map(r -> r.path("queued_at").asText())
                .filter(at -> !at.isEmpty())
                .map(at -> at.substring(0, 16))
                .toList();
        assertThat(minutes).doesNotHaveDuplicates();
    }
}
