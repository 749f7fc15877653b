package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Three nodes on one queue. */
class QueueOfNodesTest {
    private static final int RUNS = 45;
    private static final int LOCKS = 6;

    private final Set<RunId> started = ConcurrentHashMap.newKeySet();
    private final Set<String> nodes = ConcurrentHashMap.newKeySet();
    private final Queue<RunId> twice = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> atWork = new ConcurrentHashMap<>();

    @Test
    void eachRunIsStartedOnceAndOneOfALockAtATime() {
        try (var shared = PostgresDatabase.fresh();
                var second = shared.again();
                var third = shared.again()) {
            var databases = List.of(shared.database(), second, third);
            for (int i = 0; i < databases.size(); i++) {
                work(databases.get(i), "node-" + i);
            }
            for (int i = 0; i < RUNS; i++) {
                databases.get(i % databases.size()).events().create(asked("lock-" + i % LOCKS), Instant.now());
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> shared.database().events().queue().isEmpty()
                            && shared.database().events().running().isEmpty());
            databases.forEach(d -> d.workQueue().close());
        }
        assertThat(started).hasSize(RUNS);
        assertThat(twice).isEmpty();
        assertThat(nodes).hasSize(3);
    }

    private void work(Database database, String node) {
        database.workQueue()
                .start(
                        node,
                        lock -> database.events()
                                .claim(lock, LOCKS, node, (run, _) -> run.id() + ".log", Instant::now)
                                .map(JournalEntry::run)
                                .ifPresent(run -> Thread.ofVirtual().start(() -> execute(database, run, node))));
    }

    private void execute(Database database, Run run, String node) {
        var here = atWork.computeIfAbsent(run.request().lock(), _ -> new AtomicInteger());
        if (!started.add(run.id()) || here.incrementAndGet() > 1) {
            twice.add(run.id());
        }
        nodes.add(node);
        assertThat(run.node()).isEqualTo(node);
        here.decrementAndGet();
        database.events().append(run.id(), new RunEvent.Finished(new Outcome.Success()), Instant.now());
    }
}
