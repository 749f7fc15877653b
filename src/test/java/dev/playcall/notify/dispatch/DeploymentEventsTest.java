package dev.playcall.notify.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Batch;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.rollout.Rollout;
import dev.playcall.domain.rollout.Rollout.HostShare;
import dev.playcall.domain.rollout.Rollout.WavePause;
import dev.playcall.journal.Batches.BatchRequest;
import dev.playcall.journal.DeploymentStore.DeploymentRequest;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.JournalEntry;
import dev.playcall.notify.event.NotificationEvent;
import dev.playcall.notify.event.Severity;
import dev.playcall.store.Database;
import dev.playcall.testing.ManualClock;
import dev.playcall.testing.Runs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people who are not looking hear of a rollout. */
class DeploymentEventsTest {
    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-31T09:30:00Z"));
    private Database database;
    private EventStore store;
    private DeploymentEvents events;

    @BeforeEach
    void open() {
        database = Database.open("jdbc:sqlite:" + folder.resolve("d.db"), clock);
        store = database.events();
        events = new DeploymentEvents(store, "playcall", "https://playcall.example.com");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void rollOut(WavePause pause, int maxFailed) {
        var rollout = new Rollout(List.of(new HostShare(1, false)), new HostShare(maxFailed, false), pause, "");
        store.deployments()
                .create(
                        new DeploymentRequest("Agent v1.1", "", "", rollout, List.of(), List.of()),
                        new BatchRequest(
                                Batch.OnFailure.CONTINUE, Runs.ALICE, Origin.of("console:main"), Optional.empty()),
                        List.of(on("web-1"), on("web-2")),
                        clock.instant());
    }

    private static RunEvent.Requested on(String host) {
        return Runs.asked(Runs.request("deploy").on(List.of(host)));
    }

    private Optional<NotificationEvent> wave(Outcome outcome) {
        var run = store.claim("deploy", 9, "n", (_, _) -> "log", clock)
                .orElseThrow()
                .run();
        store.append(run.id(), new RunEvent.Finished(outcome), clock.instant());
        var last = store.entries(run.id()).getLast();
        var now = store.find(run.id()).orElseThrow();
        return events.ended(new JournalEntry(last.sequence(), last.at(), last.event(), now));
    }

    @Test
    void whoHasToLetTheNextWaveBeginHearsOfIt() {
        rollOut(WavePause.APPROVE, 1);
        assertThat(wave(new Outcome.Success())).hasValueSatisfying(e -> {
            assertThat(e.kind()).isEqualTo("deployment.paused");
            assertThat(e.severity()).isEqualTo(Severity.WARNING);
            assertThat(e.title())
                    .isEqualTo(
                            "deployment 1 is paused before wave 2 of 2; continue with: resume deployment 1 (Agent v1.1)");
            assertThat(e.link()).isEqualTo("https://playcall.example.com/deployments/1");
            assertThat(e.labels()).containsEntry("deployment", "1").containsEntry("person", "console:alice");
        });
        assertThat(store.deployments().resume(1)).isTrue();
        assertThat(wave(new Outcome.Success())).hasValueSatisfying(e -> {
            assertThat(e.kind()).isEqualTo("deployment.completed");
            assertThat(e.severity()).isEqualTo(Severity.INFO);
        });
    }

    @Test
    void aPauseThatEndsByItselfIsNoWarning() {
        rollOut(new WavePause(false, Duration.ofMinutes(10)), 1);
        assertThat(wave(new Outcome.Success())).hasValueSatisfying(e -> {
            assertThat(e.title()).startsWith("deployment 1 pauses for 10m before wave 2 of 2");
            assertThat(e.severity()).isEqualTo(Severity.INFO);
        });
    }

    @Test
    void aRolloutThatStopsIsAnErrorWithTheReason() {
        rollOut(WavePause.NONE, 0);
        assertThat(wave(new Outcome.Failed(2, ""))).hasValueSatisfying(e -> {
            assertThat(e.kind()).isEqualTo("deployment.failed");
            assertThat(e.severity()).isEqualTo(Severity.ERROR);
            assertThat(e.title()).contains("deployment 1 stopped after wave 1 of 2", "more than the allowed 0");
        });
    }

    @Test
    void aRolloutThatIsCancelledSaysWhoDidItAndWhereItStood() {
        rollOut(WavePause.APPROVE, 1);
        wave(new Outcome.Success());
        var next = store.queue().getFirst();
        store.append(next.id(), new RunEvent.CancelRequested(Runs.BOB), clock.instant());
        assertThat(store.deployments().find(1).orElseThrow().stopped())
                .isEqualTo("deployment 1 was cancelled by bob after wave 1 of 2");
        var last = store.entries(next.id()).getLast();
        var now = store.find(next.id()).orElseThrow();
        assertThat(events.ended(new JournalEntry(last.sequence(), last.at(), last.event(), now)))
                .hasValueSatisfying(e -> {
                    assertThat(e.kind()).isEqualTo("deployment.cancelled");
                    assertThat(e.title()).isEqualTo("deployment 1 was cancelled by bob after wave 1 of 2 (Agent v1.1)");
                });
    }

    @Test
    void aWaveBehindWhichAnotherOneBeginsIsNoNews() {
        rollOut(WavePause.NONE, 1);
        assertThat(wave(new Outcome.Success())).isEmpty();
    }
}
