package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.name.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every database has to wake. */
abstract class WakeUpContract extends StoreFixture {
    /** Less than the sweep needs, so that what arrives in time was woken by what happened. */
    private static final long SOON = 4;

    private final BlockingQueue<Run> claimed = new LinkedBlockingQueue<>();

    private void start(int max) {
        database().workQueue().start("node", lock -> claim(lock, max).ifPresent(claimed::add));
    }

    private Run next() throws InterruptedException {
        return Optional.ofNullable(claimed.poll(SOON, TimeUnit.SECONDS)).orElseThrow();
    }

    @Test
    void itLooksForWorkAgainAndAgainFromItsStartToItsEnd() {
        assertThat(database().workQueue().looked()).isEmpty();
        start(9);
        var first = database().workQueue().looked().orElseThrow();
        Awaitility.await()
                .until(() -> database().workQueue().looked().orElseThrow().isAfter(first));
        database().workQueue().close();
        assertThat(database().workQueue().looked()).isEmpty();
    }

    @Test
    void aNewRunWakesItsLane() throws InterruptedException {
        start(9);
        var run = create(asked("deploy"));
        assertThat(next().id()).isEqualTo(run.id());
    }

    @Test
    void anEndWakesTheNextOfItsLock() throws InterruptedException {
        start(9);
        var first = create(asked("deploy"));
        var second = create(asked("deploy"));
        var running = next();
        assertThat(running.id()).isEqualTo(first.id());
        finish(running, new Outcome.Success());
        assertThat(next().id()).isEqualTo(second.id());
    }

    @Test
    void anEndWakesAnotherLockThatFoundNoPlace() throws InterruptedException {
        start(1);
        create(asked("one"));
        var running = next();
        var second = create(asked("two"));
        finish(running, new Outcome.Success());
        assertThat(next().id()).isEqualTo(second.id());
    }

    @Test
    void aLaneThatIsMadeDueWhileItIsWorkedOnLooksOnceMore() throws InterruptedException {
        var looking = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var looks = new LinkedBlockingQueue<String>();
        database().workQueue().start("node", lock -> {
            looks.add(lock);
            looking.countDown();
            waitFor(go);
        });
        database().workQueue().wake("deploy");
        looking.await();
        database().workQueue().wake("deploy");
        go.countDown();
        assertThat(looks.poll(SOON, TimeUnit.SECONDS)).isEqualTo("deploy");
        assertThat(looks.poll(SOON, TimeUnit.SECONDS)).as("the second look").isEqualTo("deploy");
        assertThat(looks.poll(300, TimeUnit.MILLISECONDS)).as("no third one").isNull();
    }

    private static void waitFor(CountDownLatch latch) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> latch.getCount() == 0);
    }

    @Test
    void workThatADeadGatewayHadInItsHandsIsTakenUpAtOnce() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        var dead = new CountDownLatch(1);
        database().workQueue().start("node", _ -> {
            stuck.countDown();
            waitFor(dead);
        });
        var run = create(asked("deploy"));
        stuck.await();
        try (var successor = again()) {
            successor.workQueue().start("node", taking(successor));
            assertThat(next().id()).isEqualTo(run.id());
        } finally {
            dead.countDown();
        }
    }

    private Consumer<String> taking(Database database) {
        return lock -> claim(database.events(), lock, 9).ifPresent(claimed::add);
    }

    @Test
    void whatWasQueuedWhileNobodyWorkedIsTakenUpAtTheStart() throws InterruptedException {
        var run = create(asked("deploy"));
        sql("delete from scheduled_tasks");
        start(9);
        assertThat(next().id()).isEqualTo(run.id());
    }

    @Test
    void aClosedGatewayTakesNoMoreWork() throws InterruptedException {
        start(9);
        create(asked("deploy"));
        next();
        database().workQueue().close();
        create(asked("other"));
        assertThat(claimed.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void aLaneThatFailedIsTriedAgain() throws InterruptedException {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        database().workQueue().start("node", lock -> {
            if (failed.add(lock)) {
                throw new IllegalStateException("the disk is full");
            }
            claim(lock, 9).ifPresent(claimed::add);
        });
        var run = create(asked("deploy"));
        assertThat(next().id()).isEqualTo(run.id());
    }

    @Test
    void twoHundredRunsOfOnePlaybookAndFiftyOfAnotherAreAllDoneInOrder() {
        var started = new ArrayList<RunId>();
        database()
                .workQueue()
                .start(
                        "node",
                        lock -> claim(lock, 2).ifPresent(run -> {
                            synchronized (started) {
                                started.add(run.id());
                            }
                            Thread.ofVirtual().start(() -> finish(run, new Outcome.Success()));
                        }));
        for (int i = 0; i < 200; i++) {
            create(asked("big"));
            if (i % 4 == 0) {
                create(asked("small"));
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> store().queue().isEmpty() && store().running().isEmpty());
        var bigs = started.stream()
                .map(id -> store().find(id).orElseThrow())
                .filter(r -> r.request().lock().equals("big"))
                .map(Run::id)
                .toList();
        assertThat(started).hasSize(250).doesNotHaveDuplicates();
        assertThat(bigs).hasSize(200).isSorted();
    }
}
