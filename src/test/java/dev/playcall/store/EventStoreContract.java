package dev.playcall.store;

import static dev.playcall.testing.Runs.ALICE;
import static dev.playcall.testing.Runs.BOB;
import static dev.playcall.testing.Runs.asked;
import static dev.playcall.testing.Runs.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Plan;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.name.Person;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.EventStore.Appended;
import dev.playcall.journal.EventStore.Created;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.JournalEntry;
import dev.playcall.journal.RunQuery;
import dev.playcall.testing.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every database has to keep: runs, their events and who may run. */
abstract class EventStoreContract extends StoreFixture {
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
    void ofTwoWhoRetryARunOrRollADeploymentBackOneStartsIt() {
        var failed = create(asked("deploy"));
        var retry = request("deploy", "production", "deploy", 0, false).retry(failed.id(), List.of());
        var first = create(asked(retry));
        assertThat(store().create(asked(retry), T)).isEqualTo(new Created.Existing(first));
        store().append(first.id(), new RunEvent.CancelRequested(ALICE), T);
        assertThat(store().create(asked(retry), T)).isInstanceOf(Created.New.class);
        var back = asked("deploy").through("rollback:3");
        assertThat(create(back)).isEqualTo(store().create(back, T).run());
        assertThat(store().create(asked("deploy").through("rollback:30"), T)).isInstanceOf(Created.New.class);
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
    void whoHasWaitedLongEnoughGoesBeforeAHigherPriority() {
        var old = store().create(asked("deploy"), T).run();
        var urgent = asked(request("deploy", "production", "deploy", 10, false));
        var first = store().create(urgent, T.plusSeconds(599)).run();
        var second = store().create(urgent, T.plusSeconds(601)).run();
        assertThat(store().queue()).extracting(r -> r.id()).containsExactly(first.id(), old.id(), second.id());
        for (var expected : java.util.List.of(first, old, second)) {
            var run = claim("deploy", 9).orElseThrow();
            assertThat(run.id()).isEqualTo(expected.id());
            finish(run, new Outcome.Success());
        }
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
        var run =
                create(new RunEvent.Requested(request("deploy"), ALICE, Origin.of("console:main"), Runs.oneApproval()));
        assertThat(claim("deploy", 9)).isEmpty();
        assertThat(store().append(run.id(), new RunEvent.Approved(BOB), T)).isInstanceOf(Appended.At.class);
        assertThat(store().append(run.id(), new RunEvent.Rejected(ALICE, "no"), T))
                .isInstanceOf(Appended.Refused.class);
        assertThat(claim("deploy", 9)).isPresent();
    }

    @Test
    void nobodyAgreesTwiceAndNobodyAgreesLate() {
        var startTerms =
                new StartTerms(2, List.of(), false, Optional.of(T.plusSeconds(60)), false, Optional.empty(), "", true);
        var run = create(new RunEvent.Requested(request("deploy"), ALICE, Origin.of("console:main"), startTerms));
        assertThat(store().find(run.id()).orElseThrow().approvalState().terms()).isEqualTo(startTerms);
        var once = new RunEvent.Approved(BOB);
        assertThat(store().append(run.id(), once, T)).isInstanceOf(Appended.At.class);
        assertThat(store().append(run.id(), once, T)).isInstanceOf(Appended.Refused.class);
        var otherIdentity = new RunEvent.Approved(new Person("discord:7"), BOB);
        assertThat(store().append(run.id(), otherIdentity, T)).isInstanceOf(Appended.Refused.class);
        var late = new RunEvent.Approved(new Person("slack:carol"));
        assertThat(store().append(run.id(), late, T.plusSeconds(60))).isInstanceOf(Appended.Refused.class);
        assertThat(claim("deploy", 9)).isEmpty();
        assertThat(store().append(run.id(), late, T.plusSeconds(59))).isInstanceOf(Appended.At.class);
        var kept = store().find(run.id()).orElseThrow();
        assertThat(kept.state()).isEqualTo(RunState.QUEUED);
        assertThat(kept.approvalState().given())
                .extracting(a -> a.by().value())
                .containsExactly("console:bob", "slack:carol");
        assertThat(kept.approvalState().terms()).isEqualTo(startTerms);
    }

    @Test
    void whatIsVoidGivesItsLockBackAndNeverStarted() {
        create(asked("deploy"));
        var second = create(asked("deploy"));
        var run = claim("deploy", 9).orElseThrow();
        store().append(run.id(), new RunEvent.Voided("playbooks/deploy.yml changed"), T);
        var ended = store().find(run.id()).orElseThrow();
        assertThat(ended.state()).isEqualTo(RunState.REJECTED);
        assertThat(ended.reason()).isEqualTo("playbooks/deploy.yml changed");
        assertThat(ended.startedAt()).isEmpty();
        assertThat(claim("deploy", 9)).map(Run::id).contains(second.id());
    }

    @Test
    void aRunThatIsHeldBackIsPassedOver() {
        var first = create(asked("deploy"));
        var second = create(asked("deploy"));
        EventStore.Admission admission =
                (run, _) -> run.id().equals(first.id()) ? Optional.of("frozen") : Optional.empty();
        assertThat(store().claim("deploy", 9, "n", (_, _) -> "l", admission, () -> T))
                .map(e -> e.run().id())
                .contains(second.id());
    }

    @Test
    void whatIsKnownOfARunThatWaitsIsKept() {
        var run =
                create(new RunEvent.Requested(request("deploy"), ALICE, Origin.of("console:main"), Runs.oneApproval()));
        var plan = new Plan(List.of("web-1"), List.of("Copy the release"), "", Optional.empty(), "");
        store().append(run.id(), new RunEvent.Outlined(plan), T);
        assertThat(store().find(run.id()).orElseThrow().approvalState().outline())
                .contains(plan);
        assertThat(store().entries(run.id()).getLast().event()).isEqualTo(new RunEvent.Outlined(plan));
    }

    @Test
    void aRunIsFoundByTheWishItCameOf() {
        var run = create(asked("deploy", "k1"));
        assertThat(store().made(new Origin("api", Optional.of("k1"))))
                .map(Run::id)
                .contains(run.id());
        assertThat(store().made(Origin.of("api"))).isEmpty();
    }

    @Test
    void oneEventOfManyRunsIsOneTransactionAndAnswersForEach() {
        var first = create(asked("deploy"));
        var second = create(asked("deploy"));
        assertThat(claim("deploy", 9)).isPresent();
        var third = create(asked("ping"));
        store().append(third.id(), new RunEvent.CancelRequested(ALICE), T);
        var answers = store().append(
                        List.of(third.id(), new RunId(999), second.id(), first.id()),
                        new RunEvent.CancelRequested(BOB),
                        T);
        assertThat(answers)
                .extracting(a -> a.getClass().getSimpleName())
                .containsExactly("Refused", "Unknown", "At", "At");
        assertThat(store().find(second.id()).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
        assertThat(store().find(first.id()).orElseThrow().cancelledBy()).contains(BOB);
        assertThat(store().entries(second.id()))
                .last()
                .extracting(JournalEntry::event)
                .isEqualTo(new RunEvent.CancelRequested(BOB));
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
                new Outcome.TimedOut(Duration.ofMinutes(3), 1),
                new Outcome.Cancelled(BOB),
                new Outcome.Cancelled(BOB, 2),
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
    void badHostsAreTheFailedAndUnreachableOnesByName() {
        create(asked("deploy"));
        var run = claim("deploy", 9).orElseThrow();
        var hosts = Stream.of(HostOutcome.values())
                .flatMap(o -> Stream.of(host(o.word() + "-10", o), host(o.word() + "-9", o)))
                .toList();
        store().progress(run.id(), new Progress(8, 8, "Deploy", "Copy", 12, 2, 2, 2, 2, 2), hosts, Intake.NONE);
        assertThat(store().badHosts(run.id()))
                .isNotEmpty()
                .isEqualTo(store().hosts(run.id()).stream()
                        .filter(h -> h.outcome().isBad())
                        .toList());
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

    @Test
    void ofManyWhoDecideAtOnceExactlyOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            var run = create(
                    new RunEvent.Requested(request("deploy"), ALICE, Origin.of("console:main"), Runs.oneApproval()));
            var decisions = List.<RunEvent>of(
                    new RunEvent.Approved(BOB),
                    new RunEvent.Rejected(ALICE, "no"),
                    new RunEvent.Rejected(BOB, "no"),
                    new RunEvent.Expired());
            assertThat(together(decisions, event -> store().append(run.id(), event, T)))
                    .filteredOn(Appended.At.class::isInstance)
                    .hasSize(1);
            assertThat(store().entries(run.id())).hasSize(2);
        }
    }

    @Test
    void aCancelThatRacesTheStartEndsInOneTruth() throws Exception {
        for (int round = 0; round < 10; round++) {
            var run = create(asked("deploy"));
            var lost = together(
                    List.of(true, false),
                    cancels -> cancels
                            ? store().append(run.id(), new RunEvent.CancelRequested(BOB), T) instanceof Appended.Refused
                            : claim("deploy", 9).isEmpty());
            var stored = store().find(run.id()).orElseThrow();
            assertThat(stored.cancelledBy()).contains(BOB);
            assertThat(stored.state()).isEqualTo(lost.getLast() ? RunState.CANCELLED : RunState.RUNNING);
            if (stored.state() == RunState.RUNNING) {
                finish(stored, new Outcome.Cancelled(BOB));
            }
        }
    }

    @Test
    void theSameWishFromManyAtOnceIsOneRun() throws Exception {
        var created = together(Collections.nCopies(8, "key"), key -> store().create(asked("deploy", key), T));
        assertThat(created).filteredOn(Created.New.class::isInstance).hasSize(1);
        assertThat(created).extracting(c -> c.run().id()).containsOnly(new RunId(1));
    }

    private static <A, R> List<R> together(List<A> inputs, Function<A, R> work) throws Exception {
        var ready = new CyclicBarrier(inputs.size());
        try (var pool = Executors.newFixedThreadPool(inputs.size())) {
            var answers = pool.invokeAll(inputs.stream()
                    .<Callable<R>>map(input -> () -> {
                        ready.await();
                        return work.apply(input);
                    })
                    .toList());
            var results = new ArrayList<R>();
            for (var answer : answers) {
                results.add(answer.get());
            }
            return results;
        }
    }

    @Test
    void theNumberOfADeletedRunIsNeverGivenAgain() {
        create(asked("deploy"));
        var second = create(asked("deploy"));
        sql("delete from run");
        assertThat(create(asked("deploy")).id().value())
                .isGreaterThan(second.id().value());
    }

    @Test
    void progressOfARunThatIsNotThereIsAFault() {
        assertThatThrownBy(() -> store().progress(new RunId(7), Progress.NONE, List.of(), Intake.NONE))
                .hasMessageContaining("#7");
    }

    @Test
    void aQueuedRunThatCannotBeReadDoesNotHoldUpTheOthers() {
        var broken = create(asked("deploy"));
        var good = create(asked("deploy"));
        sql("update run set request = '{' where id = " + broken.id().value());
        assertThat(store().queue()).containsExactly(good);
        assertThat(claim("deploy", 9).orElseThrow().id()).isEqualTo(good.id());
    }

    @Test
    void aFollowerReadsOnBehindEntriesItCannotRead() {
        for (int i = 0; i < 5; i++) {
            create(asked("deploy"));
        }
        sql("update event set type = 'from_the_future' where sequence in (1, 2, 3)");
        assertThat(store().entriesAfter(0, 2))
                .extracting(JournalEntry::sequence)
                .containsExactly(4L, 5L);
        assertThat(store().entriesAfter(5, 9)).isEmpty();
    }
}
