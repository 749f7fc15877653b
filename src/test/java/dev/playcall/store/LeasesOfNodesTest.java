package dev.playcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.background.BackgroundLoop;
import dev.playcall.journal.node.Leases;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two nodes with the same loop. */
class LeasesOfNodesTest {
    private static final Duration LENGTH = Duration.ofSeconds(3);

    private final Queue<String> steps = new ConcurrentLinkedQueue<>();
    private final AtomicInteger atWork = new AtomicInteger();

    @Test
    void oneDoesItAndTheOtherTakesOverWhenItIsGone() {
        try (var shared = PostgresDatabase.fresh();
                var second = shared.again()) {
            var first = leases(shared.database(), "a");
            var other = leases(second, "b");
            try (var mine = loop("a", first);
                    var theirs = loop("b", other)) {
                first.begin();
                other.begin();
                mine.start();
                theirs.start();
                Awaitility.await().until(() -> steps.size() > 20);
                assertThat(steps).containsOnly("a");
                first.loop().abort(); // as if it was killed: it gives nothing up
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> steps.contains("b"));
                assertThat(first.isHeld("work")).isFalse();
            }
        }
        assertThat(steps).doesNotContain("both");
    }

    private static Leases leases(Database database, String node) {
        return new Leases(database.events().nodes(), node, LENGTH, Clock.systemUTC(), System::nanoTime);
    }

    private BackgroundLoop loop(String node, Leases leases) {
        var loop = new BackgroundLoop("work", Duration.ofMillis(20), Clock.systemUTC(), () -> {
            steps.add(atWork.incrementAndGet() > 1 ? "both" : node);
            atWork.decrementAndGet();
        });
        leases.guard(loop);
        return loop;
    }
}
