package dev.playcall.store;

import static dev.playcall.testing.Runs.ALICE;
import static dev.playcall.testing.Runs.BOB;
import static dev.playcall.testing.Runs.asked;
import static dev.playcall.testing.Runs.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.EnvironmentName;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunId;
import dev.playcall.domain.RunState;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.EventStore.Appended;
import dev.playcall.journal.EventStore.Created;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every database has to keep. */
abstract class EventStoreContract {
    private static final Instant T = Instant.parse("2026-01-31T09:30:00.123Z");

    abstract Database database();

    private EventStore store() {
        return database().events();
    }

    private Run create(RunEvent.Requested asked) {
        return store().create(asked, T).run();
    }

    private Optional<Run> claim(String lock, int max) {
        return store().claim(
                        lock,
                        max,
                        "node",
                        (run, _) -> "production/" + run.id().value() + ".log",
                        () -> T.plusSeconds(1))
                .map(JournalEntry::run);
    }

    private Run finish(Run run, Outcome outcome) {
        var appended = store().append(run.id(), new RunEvent.Finished(outcome), T.plusSeconds(5));
        return ((Appended.At) appended).entry().run();
    }

    @Test
    void whatWasAskedComesBackAsItWas() {
        var run = create(asked("deploy"));
        assertThat(store().find(run.id())).contains(run);
        assertThat(run.request()).isEqualTo(request("deploy"));
        assertThat(run.requestedAt()).isEqualTo(T);
        assertThat(run.state()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void theSameWishIsOneRun() {
        var first = create(asked("deploy", "key-1"));
        assertThat(store().create(asked("deploy", "key-1"), T)).isEqualTo(new Created.Existing(first));
        assertThat(create(asked("deploy", "key-2")).id()).isNotEqualTo(first.id());
        assertThat(store().list(RunQuery.newest(10)).runs()).hasSize(2);
    }

    @Test
    void aSecondActiveRunOfOnePlaybookIsImpossible() {
        create(asked("deploy"));
        var second = create(asked("deploy"));
        assertThat(claim("deploy", 9)).isPresent();
        assertThat(claim("deploy", 9)).isEmpty();
        var forced = store().append(second.id(), new RunEvent.Adopted("x"), T);
        assertThat(forced).isInstanceOf(Appended.Refused.class);
        assertThat(store().append(second.id(), new RunEvent.Started("x", "y"), T))
                .as("the index refuses what no code prevented")
                .isEqualTo(new Appended.Refused(second));
        assertThat(store().running()).hasSize(1);
    }

    @Test
    void noMoreRunsAreActiveThanAllowed() {
        create(asked("a"));
        create(asked("b"));
        create(asked("c"));
        assertThat(claim("a", 2)).isPresent();
        assertThat(claim("b", 2)).isPresent();
        assertThat(claim("c", 2)).isEmpty();
    }

    @Test
    void priorityGoesFirstThenAge() {
        var old = create(asked("deploy"));
        var young = create(asked("deploy"));
        var urgent = create(asked(request("deploy", "production", "deploy", 5, false)));
        var order = new ArrayList<RunId>();
        for (int i = 0; i < 3; i++) {
            var run = claim("deploy", 9).orElseThrow();
            order.add(run.id());
            finish(run, new Outcome.Success());
        }
        assertThat(order).containsExactly(urgent.id(), old.id(), young.id());
    }

    @Test
    void manyWhoClaimAtOnceNeverHoldOneLockTwice() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            create(asked("deploy"));
        }
        var active = new AtomicInteger();
        var worst = new AtomicInteger();
        var done = ConcurrentHashMap.<RunId>newKeySet();
        var finished = new CountDownLatch(30);
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                pool.execute(() -> {
                    while (finished.getCount() > 0) {
                        claim("deploy", 9).ifPresent(run -> {
                            worst.accumulateAndGet(active.incrementAndGet(), Math::max);
                            done.add(run.id());
                            active.decrementAndGet();
                            finish(run, new Outcome.Success());
                            finished.countDown();
                        });
                    }
                });
            }
            finished.await();
        }
        assertThat(worst).hasValue(1);
        assertThat(done).hasSize(30);
    }

    @Test
    void whatCannotFollowIsRefusedAndChangesNothing() {
        var run = create(asked("deploy"));
        assertThat(store().append(run.id(), new RunEvent.Finished(new Outcome.Success()), T))
                .isEqualTo(new Appended.Refused(run));
        assertThat(store().entries(run.id())).hasSize(1);
        assertThat(store().append(new RunId(999), new RunEvent.CancelRequested(ALICE), T))
                .isEqualTo(new Appended.Unknown());
    }

    @Test
    void ofTwoWhoApproveOneWins() {
        var run = create(
                new RunEvent.Requested(request("deploy"), ALICE, dev.playcall.domain.Origin.of("console:main"), true));
        assertThat(claim("deploy", 9)).isEmpty();
        assertThat(store().append(run.id(), new RunEvent.Approved(BOB), T)).isInstanceOf(Appended.At.class);
        assertThat(store().append(run.id(), new RunEvent.Rejected(ALICE, "no"), T))
                .isInstanceOf(Appended.Refused.class);
        assertThat(claim("deploy", 9)).isPresent();
    }

    @Test
    void aCancelledWaitingRunNeverStarts() {
        var run = create(asked("deploy"));
        store().append(run.id(), new RunEvent.CancelRequested(BOB), T);
        assertThat(claim("deploy", 9)).isEmpty();
        assertThat(store().find(run.id()).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void everyOutcomeComesBackFromItsEvents() {
        var outcomes = List.<Outcome>of(
                new Outcome.Success(),
                new Outcome.Failed(2, "1 of 3 hosts failed"),
                new Outcome.TimedOut(Duration.ofMinutes(3)),
                new Outcome.Cancelled(BOB),
                new Outcome.Interrupted("gone"));
        for (var outcome : outcomes) {
            create(asked("deploy"));
            var run = finish(claim("deploy", 9).orElseThrow(), outcome);
            assertThat(run.state()).isEqualTo(outcome.state());
            assertThat(store().find(run.id())).contains(run);
            assertThat(store().entries(run.id()).getLast().event()).isEqualTo(new RunEvent.Finished(outcome));
        }
    }

    @Test
    void progressReplacesHostRowsAndRemembersHowFarItRead() {
        create(asked("deploy"));
        var run = claim("deploy", 9).orElseThrow();
        var progress = new Progress(3, 6, "Deploy", "Copy", 2, 1, 0, 1, 0, 0);
        store().progress(run.id(), progress, List.of(host("web-1", HostOutcome.PENDING)), new Intake(1, 2, 3));
        store().progress(run.id(), progress, List.of(host("web-1", HostOutcome.FAILED)), new Intake(4, 5, 6));
        assertThat(store().hosts(run.id())).containsExactly(host("web-1", HostOutcome.FAILED));
        assertThat(store().intake(run.id())).isEqualTo(new Intake(4, 5, 6));
        assertThat(store().find(run.id()).orElseThrow().progress()).isEqualTo(progress);
    }

    private static HostResult host(String name, HostOutcome outcome) {
        boolean bad = outcome.isBad();
        return new HostResult(
                name,
                outcome,
                new HostStats(2, 1, 0, bad ? 1 : 0, 0, 0, 0),
                bad ? Optional.of("Health check") : Optional.empty(),
                bad ? Optional.of("answered 503") : Optional.empty(),
                Duration.ofMillis(1234));
    }

    @Test
    void theOperationsTableShowsTheLastWordOfEachHost() {
        run(
                request("ping", "production", "ping", 0, false),
                host("web-1", HostOutcome.OK),
                host("web-2", HostOutcome.OK));
        run(request("deploy"), host("web-1", HostOutcome.CHANGED), host("web-2", HostOutcome.FAILED));
        run(request("deploy", "production", "deploy", 0, true), host("web-1", HostOutcome.FAILED));
        var hosts = store().statuses(new EnvironmentName("production"));
        assertThat(hosts).extracting(h -> h.host()).containsExactly("web-1", "web-2");
        var good = hosts.getFirst();
        assertThat(good.ssh().orElseThrow().latencyMillis()).hasValue(1234);
        assertThat(good.deploy().orElseThrow().version()).isEqualTo("v1");
        assertThat(good.deploy().orElseThrow().status()).isEqualTo("ok");
        assertThat(good.provision()).isEmpty();
        var bad = hosts.getLast().deploy().orElseThrow();
        assertThat(bad.status()).isEqualTo("failed");
        assertThat(bad.error()).isEqualTo("answered 503");
    }

    private void run(dev.playcall.domain.RunRequest request, HostResult... hosts) {
        create(asked(request));
        var run = claim(request.lock(), 9).orElseThrow();
        store().progress(run.id(), Progress.NONE, List.of(hosts), Intake.NONE);
        finish(run, new Outcome.Success());
    }

    @Test
    void aHostOfARunningRunIsShownAsWorkingAndNeverForEver() {
        create(asked("deploy"));
        var run = claim("deploy", 9).orElseThrow();
        store().progress(run.id(), Progress.NONE, List.of(host("web-1", HostOutcome.PENDING)), Intake.NONE);
        assertThat(deployOf("web-1")).isEqualTo("running");
        finish(run, new Outcome.Interrupted("gone"));
        assertThat(deployOf("web-1")).isEqualTo("interrupted");
    }

    private String deployOf(String host) {
        return store().statuses(new EnvironmentName("production")).stream()
                .filter(h -> h.host().equals(host))
                .findFirst()
                .flatMap(h -> h.deploy())
                .orElseThrow()
                .status();
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        for (int i = 0; i < 5; i++) {
            create(asked("deploy"));
        }
        var first = store().list(RunQuery.newest(2));
        assertThat(first.runs()).extracting(r -> r.id().value()).containsExactly(5L, 4L);
        var query = new RunQuery(
                Set.of(),
                none(),
                none(),
                none(),
                none(),
                none(),
                Optional.empty(),
                Optional.empty(),
                none(),
                first.next(),
                10);
        var second = store().list(query);
        assertThat(second.runs()).extracting(r -> r.id().value()).containsExactly(3L, 2L, 1L);
        assertThat(second.next()).isEmpty();
    }

    private static Optional<String> none() {
        return Optional.empty();
    }

    @Test
    void textSearchTakesEveryCharacterAsItIs() {
        run(request("deploy"), host("web-1", HostOutcome.FAILED));
        assertThat(search("answered 5")).hasSize(1);
        assertThat(search("%")).isEmpty();
        assertThat(search("' or 1=1 --")).isEmpty();
    }

    private List<Run> search(String text) {
        var query = new RunQuery(
                Set.of(RunState.SUCCESS),
                none(),
                none(),
                Optional.of("production"),
                Optional.of("web-1"),
                none(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(text),
                Optional.empty(),
                10);
        return store().list(query).runs();
    }

    @Test
    void oldRunsAndTooManyRunsAreForgottenButNoneThatWorksOrWaits() {
        run(request("deploy"));
        run(request("deploy"));
        run(request("deploy"));
        var waiting = create(asked("deploy"));
        assertThat(store().forget(Instant.EPOCH, 2)).containsExactly(new RunId(1), new RunId(2));
        assertThat(store().forget(T.plusSeconds(3600), 100)).containsExactly(new RunId(3));
        assertThat(store().list(RunQuery.newest(10)).runs()).containsExactly(waiting);
        assertThat(store().hosts(new RunId(1))).isEmpty();
        assertThat(create(asked("deploy")).id().value()).isEqualTo(5);
    }

    @Test
    void likeRunsAreThoseThatTellHowLongThisOneWillTake() {
        run(request("deploy"));
        var other = create(asked("deploy"));
        assertThat(store().like(other, 5)).containsExactly(new EventStore.Past(Duration.ofSeconds(4), 0));
    }

    @Test
    void twoHundredRunsOfOnePlaybookAndFiftyOfAnotherAreAllDoneInOrder() {
        var started = new ArrayList<RunId>();
        database()
                .lanes()
                .start(lock -> claim(lock, 2).ifPresent(run -> {
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
