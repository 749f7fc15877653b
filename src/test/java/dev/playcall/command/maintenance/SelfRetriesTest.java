package dev.playcall.command.maintenance;

import static dev.playcall.command.CommandFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.command.CommandFixture;
import dev.playcall.command.LockCommand;
import dev.playcall.command.RunCommand;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Operation;
import dev.playcall.domain.name.Person;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.RunQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is automatic retry, when, how often, and what is not. */
class SelfRetriesTest {
    @TempDir
    Path home;

    private CommandFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, """
              bindings:
                - { role: operator, people: [slack:alice] }
                - { role: admin, people: [slack:root] }
            """);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private AutoRetry retries(boolean unreachableOnly) {
        return new AutoRetry(
                fixture.journal,
                fixture.commands,
                () -> true,
                o -> Optional.of(new RunMaintenance.RetryPolicy(3, Duration.ofMinutes(1), unreachableOnly))
                        .filter(_ -> o.equals(new Operation("deploy"))),
                fixture.clock);
    }

    private static HostResult host(String name, HostOutcome outcome) {
        return new HostResult(
                name, outcome, HostStats.NONE, Optional.of("Task"), Optional.of("said"), Duration.ofSeconds(1));
    }

    private Run failed(Run run, HostResult... hosts) {
        var working = fixture.claim(run.request().lock()).orElseThrow();
        fixture.journal.progress(working, Progress.NONE, List.of(hosts), EventStore.Intake.NONE);
        fixture.journal.append(working.id(), new RunEvent.Finished(new Outcome.Failed(2, "web-1")));
        return fixture.journal.read().find(working.id()).orElseThrow();
    }

    private Run deployed(HostOutcome outcome) {
        return failed(
                fixture.asked("slack:alice", start("deploy", "production")),
                host("web-1", outcome),
                host("web-2", HostOutcome.OK));
    }

    private List<Run> runs() {
        return fixture.journal.read().list(RunQuery.newest(50)).runs();
    }

    private void tick(AutoRetry retries, Duration later) {
        fixture.later(later);
        retries.tick();
    }

    @Test
    void itIsTriedAgainOnTheHostsThatFailedWithGrowingPausesAndThenNoMore() {
        deployed(HostOutcome.FAILED);
        var retries = retries(false);
        tick(retries, Duration.ofSeconds(59));
        assertThat(runs()).hasSize(1);
        tick(retries, Duration.ofSeconds(1));
        tick(retries, Duration.ofSeconds(1));
        assertThat(runs()).hasSize(2);
        var second = runs().getFirst();
        assertThat(second.requestedBy()).isEqualTo(new Person("slack:alice"));
        assertThat(second.request().hosts()).containsExactly("web-1");
        assertThat(second.request().retryOf()).isPresent();
        assertThat(second.request().description()).isEqualTo("automatic retry, 2 of 3");
        failed(second, host("web-1", HostOutcome.FAILED));
        tick(retries, Duration.ofSeconds(119));
        assertThat(runs()).hasSize(2);
        tick(retries, Duration.ofSeconds(1));
        assertThat(runs()).hasSize(3);
        failed(runs().getFirst(), host("web-1", HostOutcome.FAILED));
        tick(retries, Duration.ofHours(2));
        assertThat(runs()).hasSize(3);
    }

    @Test
    void aRestartForgetsNoneAndMakesNoneTwice() {
        deployed(HostOutcome.FAILED);
        tick(retries(false), Duration.ofSeconds(30));
        tick(retries(false), Duration.ofSeconds(30));
        tick(retries(false), Duration.ofSeconds(1));
        assertThat(runs()).hasSize(2);
    }

    @Test
    void whoWantsOnlyUnreachableHostsTriedAgainGetsThat() {
        deployed(HostOutcome.FAILED);
        tick(retries(true), Duration.ofMinutes(5));
        assertThat(runs()).hasSize(1);
        deployed(HostOutcome.UNREACHABLE);
        tick(retries(true), Duration.ofMinutes(5));
        assertThat(runs()).hasSize(3);
    }

    @Test
    void whatWasCancelledOrAskedForAnewIsLeftAlone() {
        var stopped = fixture.asked("slack:alice", start("deploy", "production"));
        fixture.say("slack:alice", new RunCommand.Cancel(stopped.id()));
        assertThat(fixture.journal.read().find(stopped.id()).orElseThrow().state())
                .isEqualTo(RunState.CANCELLED);
        deployed(HostOutcome.FAILED);
        fixture.asked("slack:alice", start("deploy", "production"));
        tick(retries(false), Duration.ofMinutes(5));
        assertThat(runs()).hasSize(3);
    }

    @Test
    void aLockOfSomebodyElseCounts() {
        deployed(HostOutcome.FAILED);
        fixture.say("slack:root", new LockCommand.Lock("production", "restore", Optional.empty()));
        tick(retries(false), Duration.ofMinutes(5));
        assertThat(runs()).hasSize(1);
    }
}
