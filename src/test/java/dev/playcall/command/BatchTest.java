package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.catalog.DiskCatalogs;
import dev.playcall.command.run.RunCommands;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.security.access.Authorizer;
import dev.playcall.security.access.IdentityLinks;
import dev.playcall.store.Database;
import dev.playcall.testing.MemorySecrets;
import dev.playcall.testing.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several environments: all are taken or none, in their order, and a failure means what was said. */
class BatchTest {
    private static final String ACCESS = """
          bindings:
            - { role: admin, people: [slack:ada, slack:eva] }
            - { role: operator, people: [slack:bob], environments: [e1, e2] }
          policies:
            - { environments: [e5], approvals: 1 }
        """;
    private static final List<String> SIX = List.of("e1", "e2", "e3", "e4", "e6", "e7");

    @TempDir
    Path home;

    private CommandFixture fixture;
    private CommandHandler commands;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, ACCESS);
        for (int i = 1; i <= 7; i++) {
            fixture.write("inventory/e" + i + "/hosts.yml", "all: { hosts: { h-1: , h-2: } }\n");
        }
        fixture.later(Duration.ofSeconds(1));
        var config = fixture.config();
        var links = new IdentityLinks(config.access().people(), fixture.database.links(), List::of, fixture.clock);
        var rights = new Rights(new Authorizer(config.access(), false, List::of), links);
        var requests = Rules.requests(
                new DiskCatalogs(config, fixture.clock), rights, MemorySecrets.emptyVault(), Duration.ofHours(1));
        var holds = fixture.database.holds();
        commands = fixture.commands
                .batches(TestBatches.handler(fixture.journal, requests, fixture.rules))
                .queue(holds, new RunCommands(fixture.journal, requests, fixture.rules).queue(holds, fixture.clock));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Reply say(String person, Command command) {
        return commands.handle(command, fixture.caller(person));
    }

    private static BatchCommand.StartBatch deploy(String policy, List<String> environments) {
        return new BatchCommand.StartBatch(environments, policy, CommandFixture.start("deploy", ""));
    }

    private List<Run> taken(String policy, List<String> environments) {
        return ((Reply.Batched) say("slack:ada", deploy(policy, environments))).runs();
    }

    private List<RunState> states(List<Run> runs) {
        return runs.stream().map(r -> fixture.now(r).state()).toList();
    }

    private Run next() {
        return fixture.claim("deploy").orElseThrow();
    }

    private void end(Run run, boolean well) {
        var outcome = well ? new Outcome.Success() : new Outcome.Failed(2, "h-1 failed");
        fixture.journal.append(run.id(), new RunEvent.Finished(outcome));
    }

    private static String line(Reply reply) {
        return switch (reply) {
            case Reply.Done(var message) -> message;
            case Reply.Denied denied -> denied.line();
            case Reply.Invalid invalid -> invalid.line();
            case Reply other -> other.toString();
        };
    }

    @Test
    void ofARunAndItsDeploymentRetriedAtOnceOneIsRetried() throws Exception {
        var start = CommandFixture.start("deploy", "e1");
        var made = (Reply.Batched)
                say("slack:ada", new BatchCommand.StartRollout(start, "", BatchCommand.RolloutWords.NONE));
        end(next(), false);
        var deployment =
                fixture.journal.read().deployments().ofBatch(made.batch().id()).orElseThrow();
        var whole = new BatchCommand.RetryDeployment(deployment.id(), RepeatReason.SAME.confirm());
        var alone = new RunCommand.Retry(made.runs().getFirst().id(), RepeatReason.SAME.confirm());
        for (int round = 0; round < 10; round++) {
            List<Reply> replies;
            try (var threads = Executors.newFixedThreadPool(2)) {
                var gate = new CyclicBarrier(2);
                replies = threads
                        .invokeAll(List.<Callable<Reply>>of(
                                () -> {
                                    gate.await();
                                    return say("slack:ada", whole);
                                },
                                () -> {
                                    gate.await();
                                    return say("slack:eva", alone);
                                }))
                        .stream()
                        .map(Future::resultNow)
                        .toList();
            }
            var open = fixture.journal.read().queue();
            assertThat(open.stream().map(r -> r.request().retryOf()).distinct().count())
                    .as("%s", replies)
                    .isEqualTo(open.size());
            open.forEach(r -> fixture.journal.append(r.id(), new RunEvent.CancelRequested(r.requestedBy())));
        }
    }

    @Test
    void theirOrderIsKeptAlsoAgainstRunsWithOtherLocks() {
        var runs = taken("", List.of("e3", "e1", "e2"));
        assertThat(runs).extracting(r -> r.request().environment().value()).containsExactly("e3", "e1", "e2");
        assertThat(next().id()).isEqualTo(runs.get(0).id());
        assertThat(fixture.journal.read().batches().waitsFor(runs.get(1)))
                .contains("waits for #1 e3, before it in batch 1");
        var validations = ((Reply.Batched) say(
                        "slack:ada",
                        new BatchCommand.StartBatch(List.of("e1", "e2"), "", CommandFixture.start("validate", ""))))
                .runs();
        assertThat(fixture.claim("validate/e2")).isEmpty();
        assertThat(fixture.claim("validate/e1")).isPresent();
        end(validations.getFirst(), true);
        assertThat(fixture.claim("validate/e2")).isPresent();
    }

    @Test
    void otherRunsOfThePlaybookGoBetweenWhereTheyAreOlder() {
        var before = fixture.asked("slack:ada", CommandFixture.start("deploy", "e7"));
        var runs = taken("", List.of("e1", "e2"));
        var after = fixture.asked("slack:ada", CommandFixture.start("deploy", "e6"));
        for (var expected : List.of(before, runs.get(0), runs.get(1), after)) {
            var run = next();
            assertThat(run.id()).isEqualTo(expected.id());
            assertThat(fixture.claim("deploy")).isEmpty();
            end(run, true);
        }
    }

    @Test
    void aFailureInTheThirdStopsTheRestAndSaysWhy() {
        var runs = taken("stop", SIX);
        for (int i = 0; i < 3; i++) {
            end(next(), i < 2);
        }
        assertThat(states(runs))
                .containsExactly(
                        RunState.SUCCESS,
                        RunState.SUCCESS,
                        RunState.FAILED,
                        RunState.CANCELLED,
                        RunState.CANCELLED,
                        RunState.CANCELLED);
        assertThat(fixture.now(runs.get(5)).reason()).isEqualTo("batch 1 stopped after #3 e3 failed");
        assertThat(fixture.now(runs.get(5)).cancelledBy()).isEmpty();
        assertThat(fixture.claim("deploy")).isEmpty();
    }

    @Test
    void aFailureInTheThirdIsPassedWhenItIsToContinue() {
        var runs = taken("continue", SIX);
        for (int i = 0; i < 6; i++) {
            end(next(), i != 2);
        }
        assertThat(states(runs))
                .containsExactly(
                        RunState.SUCCESS,
                        RunState.SUCCESS,
                        RunState.FAILED,
                        RunState.SUCCESS,
                        RunState.SUCCESS,
                        RunState.SUCCESS);
    }

    @Test
    void theStopIsPartOfTheTransactionThatEndsTheRun() {
        var runs = taken("stop", List.of("e1", "e2"));
        end(next(), false);
        try (var again = Database.open(fixture.config().store().url(), fixture.clock)) {
            assertThat(again.events().find(runs.get(1).id()).orElseThrow().state())
                    .isEqualTo(RunState.CANCELLED);
            assertThat(again.events().entries(runs.get(1).id()).getLast().event())
                    .isEqualTo(new RunEvent.Stopped("batch 1 stopped after #1 e1 failed"));
        }
    }

    @Test
    void whatIsRejectedCancelledOrExpiredStopsItAsWell() {
        var runs = taken("stop", List.of("e5", "e1"));
        assertThat(states(runs)).containsExactly(RunState.AWAITING_APPROVAL, RunState.QUEUED);
        assertThat(fixture.claim("deploy")).isEmpty();
        say("slack:eva", new RunCommand.Reject(runs.get(0).id(), "not now"));
        assertThat(fixture.now(runs.get(1)).reason()).isEqualTo("batch 1 stopped after #1 e5 was rejected");
        var others = taken("stop", List.of("e1", "e2", "e3"));
        say("slack:ada", new RunCommand.Cancel(others.get(1).id()));
        assertThat(states(others)).containsExactly(RunState.QUEUED, RunState.CANCELLED, RunState.CANCELLED);
        var going = taken("continue", List.of("e5", "e1"));
        say("slack:eva", new RunCommand.Reject(going.get(0).id(), ""));
        end(next(), true);
        assertThat(next().id()).isEqualTo(going.get(1).id());
    }

    @Test
    void ifOneEnvironmentIsRefusedNoneIsStartedAndEachIsNamed() {
        var refused = line(say("slack:bob", deploy("", List.of("e1", "e3", "nowhere"))));
        assertThat(refused).contains("nothing was started", "e3: ", "nowhere: ");
        say("slack:eva", new LockCommand.Lock("e2", "restore", Optional.empty()));
        say("slack:eva", new LockCommand.Lock("e4", "restore", Optional.empty()));
        assertThat(line(say("slack:ada", deploy("", SIX)))).contains("nothing was started", "e2: ", "e4: ", "restore");
        assertThat(line(say("slack:ada", deploy("", List.of("e1", "e1"))))).contains("e1 is named twice");
        assertThat(line(say("slack:ada", deploy("contine", List.of("e1"))))).contains("--on-failure continue");
        assertThat(fixture.journal.read().queue()).isEmpty();
        assertThat(fixture.journal.read().batches().find(1)).isEmpty();
    }

    @Test
    void theSameWishIsOneBatch() {
        var caller = fixture.caller("slack:ada");
        var first = (Reply.Batched) commands.handle(deploy("", List.of("e1", "e2")), caller);
        var second = (Reply.Batched) commands.handle(deploy("", List.of("e1", "e2")), caller);
        assertThat(second.before()).isTrue();
        assertThat(second.batch()).isEqualTo(first.batch());
        assertThat(fixture.journal.read().queue()).hasSize(2);
    }

    @Test
    void theRestOrAllOfItIsCancelled() {
        var runs = taken("stop", List.of("e1", "e2", "e3"));
        next();
        assertThat(line(say("slack:bob", new BatchCommand.CancelBatch(1, true))))
                .contains("#2 e2", "1 is left");
        assertThat(states(runs)).containsExactly(RunState.RUNNING, RunState.CANCELLED, RunState.CANCELLED);
        assertThat(line(say("slack:ada", new BatchCommand.CancelBatch(1, true))))
                .contains("nothing of batch 1 is queued");
        assertThat(line(say("slack:ada", new BatchCommand.CancelBatch(1, false))))
                .contains("#1 e1 is being stopped");
        assertThat(fixture.now(runs.get(0)).cancelledBy()).isPresent();
        assertThat(say("slack:ada", new BatchCommand.CancelBatch(1, false)))
                .isEqualTo(new Reply.Conflict("batch 1 is already being cancelled"));
        assertThat(line(say("slack:ada", new BatchCommand.CancelBatch(9, false))))
                .contains("there is no batch 9");
    }

    @Test
    void aRetryIsANewBatchOfWhatDidNotEndWell() {
        taken("stop", List.of("e1", "e2", "e3"));
        assertThat(line(say("slack:ada", new BatchCommand.RetryBatch(1, RepeatReason.SAME))))
                .contains("has not finished yet");
        end(next(), true);
        end(next(), false);
        var again = (Reply.Batched) say("slack:ada", new BatchCommand.RetryBatch(1, RepeatReason.SAME));
        assertThat(again.batch().retryOf()).contains(1L);
        assertThat(again.runs())
                .extracting(r -> r.request().environment().value())
                .containsExactly("e2", "e3");
        assertThat(again.runs().getFirst().request().retryOf().orElseThrow().value())
                .isEqualTo(2);
        end(next(), true);
        end(next(), true);
        assertThat(line(say("slack:ada", new BatchCommand.RetryBatch(2, RepeatReason.SAME))))
                .contains("nothing to retry");
    }

    @Test
    void theRestIsWhatDidNotStartAndLeavesTheFailedOneAlone() {
        taken("stop", List.of("e1", "e2", "e3", "e4"));
        end(next(), true);
        end(next(), false);
        var rest = (Reply.Batched) say("slack:ada", new BatchCommand.RetryBatch(1, RepeatReason.SAME, true));
        assertThat(rest.runs())
                .extracting(r -> r.request().environment().value())
                .containsExactly("e3", "e4");
        end(next(), false);
        assertThat(line(say("slack:ada", new BatchCommand.CancelBatch(2, false))))
                .contains("already finished");
        taken("stop", List.of("e6"));
        end(next(), false);
        assertThat(line(say("slack:ada", new BatchCommand.RetryBatch(3, RepeatReason.SAME, true))))
                .contains("every run of batch 3 started");
    }

    @Test
    void allMeansEveryEnvironmentOneSees() {
        assertThat(((Reply.Batched) say("slack:bob", deploy("", List.of("all")))).runs())
                .extracting(r -> r.request().environment().value())
                .containsExactly("e1", "e2");
    }
}
