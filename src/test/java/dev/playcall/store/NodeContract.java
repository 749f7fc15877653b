package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.node.Node;
import dev.playcall.journal.node.NodeStore.Identity;
import dev.playcall.journal.node.Placement;
import dev.playcall.runner.queue.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who is on the database. */
abstract class NodeContract extends StoreFixture {
    @Test
    void aNodeIsThereFromItsStartOnWithTheRunsThatItWorksOn() {
        store().nodes().started(new Identity("node", "1.0", "of-node", Set.of()));
        create(asked("deploy"));
        claim("deploy", 9);
        assertThat(store().nodes().all()).singleElement().satisfies(n -> {
            assertThat(n.name() + " " + n.version() + " " + n.status()).isEqualTo("node 1.0 up");
            assertThat(n.running()).isEqualTo(1);
            assertThat(n.startedAt())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
            assertThat(n.silence()).isLessThan(Duration.ofSeconds(20));
        });
        assertThat(store().nodes().heartbeat("node", Duration.ofMinutes(5))).isTrue();
        store().nodes().started(new Identity("node", "1.1", "of-node", Set.of()));
        assertThat(store().nodes().all()).extracting(Node::version).containsExactly("1.1");
    }

    /** Where there is one gateway, whoever answers is the one. */
    @Test
    void aNodeThatEndsInOrderIsStoppedUntilItStartsAgain() {
        var node = new Identity("node", "1.0", "of-node", Set.of());
        store().nodes().started(node);
        store().nodes().stopped(new Identity("node", "1.0", "another-of-this-name", Set.of()));
        assertThat(store().nodes().all()).extracting(Node::status).containsExactly("up");
        store().nodes().stopped(node);
        assertThat(store().nodes().all())
                .extracting(Node::status)
                .containsExactly(store().nodes().isAlone() ? "up" : "stopped");
        store().nodes().started(node);
        assertThat(store().nodes().all()).extracting(Node::status).containsExactly("up");
    }

    @Test
    void aDrainedNodeTakesNothingUntilItIsUndrained() {
        store().nodes().started(new Identity("node", "1.0", "of-node", Set.of()));
        create(asked("deploy"));
        var drain = new Hold(Hold.Kind.NODE, "node", new Person("web:anna"), "new disk", Instant.now());
        database().holds().take(drain);
        assertThat(claim("deploy", 9)).isEmpty();
        assertThat(Placement.now(store().nodes()).waitsFor(Set.of()))
                .contains("waits for a node that takes runs: node is drained");
        assertThat(store().nodes().all()).extracting(Node::label).containsExactly("up, drained");
        database().holds().release(drain);
        assertThat(Placement.now(store().nodes()).waitsFor(Set.of())).isEmpty();
        assertThat(claim("deploy", 9)).isPresent();
    }

    /** Of two playbooks, the one that requires a label waits, and the other does not. */
    @Test
    void aNodeWithoutTheLabelsOfARunLeavesItInTheQueue() {
        store().nodes().started(new Identity("node", "1.0", "of-node", Set.of("ssd")));
        create(asked("deploy"));
        var needsZone = new NeedsLabels(Set.of("zone=dmz"));
        assertThat(store().claim("deploy", 9, "node", (_, _) -> "log", needsZone, Instant::now))
                .isEmpty();
        assertThat(Placement.now(store().nodes()).waitsFor(Set.of("zone=dmz")))
                .contains("waits for a node with zone=dmz: no node has this label");
        store().nodes().started(new Identity("node", "1.0", "of-node", Set.of("zone=dmz", "ssd")));
        assertThat(store().nodes().all()).extracting(Node::labels).containsExactly(List.of("ssd", "zone=dmz"));
        assertThat(Placement.now(store().nodes()).waitsFor(Set.of("zone=dmz"))).isEmpty();
        assertThat(store().claim("deploy", 9, "node", (_, _) -> "log", needsZone, Instant::now))
                .isPresent();
    }

    /** Every run in production requires them. */
    private record NeedsLabels(Set<String> selector) implements EventStore.Admission {
        @Override
        public Optional<String> waitsFor(Run run, List<Run> running) {
            return Optional.empty();
        }

        @Override
        public Held elsewhere(Supplier<Set<String>> labels) {
            var closed = labels.get().containsAll(selector) ? Set.<String>of() : Set.of("production");
            return new Held(false, closed, Set.of());
        }
    }

    @Test
    void aNodeOfAnotherNameIsKeptWhileItHasRuns() {
        store().nodes().started(new Identity("node", "1.0", "of-node", Set.of()));
        create(asked("deploy"));
        var run = claim("deploy", 9).orElseThrow();
        sql("update node set last_seen = 0");
        store().nodes().started(new Identity("other", "1.0", "of-other", Set.of()));
        assertThat(store().nodes().all()).extracting(Node::name).containsExactly("node", "other");
        finish(run, new Outcome.Success());
        store().nodes().started(new Identity("other", "1.0", "of-other", Set.of()));
        assertThat(store().nodes().all()).extracting(Node::name).containsExactly("other");
    }

    @Test
    void aNodeThatIsCalledOtherwiseNowIsOne() {
        store().nodes().started(new Identity("before", "1.0", "one", Set.of()));
        store().nodes().started(new Identity("now", "1.0", "one", Set.of()));
        assertThat(store().nodes().all()).extracting(Node::name).containsExactly("now");
    }

    @Test
    void piecesOfOutputAreReadInTheirOrderByThoseWhoDoNotExecuteTheRun() {
        create(asked("deploy"));
        var run = claim("deploy", 9).orElseThrow();
        var outputs = database().outputs();
        outputs.add(run.id(), "log", 0, "one\n".getBytes(UTF_8));
        outputs.add(run.id(), "log", 4, "two\n".getBytes(UTF_8));
        assertThat(outputs.end(run.id(), "log")).isEqualTo(8);
        assertThat(outputs.after(0, "node", 9)).isEmpty();
        assertThat(outputs.after(0, "other", 9))
                .extracting(p -> p.place() + UTF_8.decode(p.bytes()).toString())
                .containsExactly("0one\n", "4two\n");
        outputs.add(run.id(), "log", 4, "2\n".getBytes(UTF_8));
        assertThat(outputs.end(run.id(), "log")).isEqualTo(6);
        outputs.forget(Duration.ofDays(1));
        assertThat(outputs.after(0, "other", 9)).hasSize(2);
        outputs.forget(Duration.ofSeconds(-10));
        assertThat(outputs.after(0, "other", 9)).isEmpty();
    }

    @Test
    void whatSomebodyMayTakeComesBackWithTime() {
        var allowances = database().allowances();
        var anna = new Person("web:anna");
        var each = Duration.ofMinutes(1);
        assertThat(allowances.take(anna, 3, each, each.multipliedBy(4))).isZero();
        assertThat(allowances.take(anna, 2, each, each.multipliedBy(4)))
                .isBetween(Duration.ofSeconds(40), Duration.ofMinutes(1));
        assertThat(allowances.taken(anna)).isBetween(Duration.ofSeconds(160), Duration.ofMinutes(3));
        allowances.giveBack(anna, 1, each);
        assertThat(allowances.take(anna, 2, each, each.multipliedBy(4))).isZero();
    }

    @Test
    void aProofIsKeptForTheNextOne() {
        assertThat(store().nodes().proof()).isEmpty();
        store().nodes().keepProof("first");
        store().nodes().keepProof("second");
        assertThat(store().nodes().proof()).contains("second");
    }

    @Test
    void aLeaseIsOfOneNodeUntilItIsGivenUpOrRunsOut() {
        var leases = store().nodes().leases();
        var both = List.of("x", "y");
        var time = Duration.ofMinutes(1);
        assertThat(leases.renew("a", List.of("x"), time)).containsExactly("x");
        assertThat(leases.renew("b", both, time)).containsExactly("y");
        assertThat(leases.renew("a", both, time)).containsExactly("x");
        sql("update lease set held_until = 0 where name = 'x'");
        assertThat(leases.renew("b", both, time)).containsExactlyInAnyOrder("x", "y");
        assertThat(leases.renew("a", both, time)).isEmpty();
        leases.release("b");
        assertThat(leases.renew("a", both, time)).containsExactlyInAnyOrder("x", "y");
        leases.releaseOthers("b");
        assertThat(leases.renew("b", both, time)).containsExactlyInAnyOrder("x", "y");
    }
}
