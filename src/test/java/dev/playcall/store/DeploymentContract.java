package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static dev.playcall.testing.Runs.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Batch;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.RunState;
import dev.playcall.domain.rollout.Rollout;
import dev.playcall.journal.Batches.BatchRequest;
import dev.playcall.journal.DeploymentStore.DeploymentRequest;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.testing.Runs;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a deployment does when a wave of it ends. */
abstract class DeploymentContract extends StoreFixture {

    /** The default limit is 10 %, and a host that cannot be reached counts as one that failed. */
    @ParameterizedTest
    @CsvSource({
        "10, 0, false",
        "0, 10, false",
        "5, 5, false",
        "11, 0, true",
        "0, 11, true",
        "10, 1, true",
        "1, 10, true"
    })
    void ofAHundredHostsTenMayFailAndElevenMayNot(int failed, int unreachable, boolean stops) {
        var hosts = IntStream.range(0, 200).mapToObj(i -> "h" + i).toList();
        var waves = List.of(hosts.subList(0, 100), hosts.subList(100, 200)).stream()
                .map(names -> asked(request("deploy").on(names)))
                .toList();
        var made = store().deployments()
                .create(
                        new DeploymentRequest(
                                "d", "", "", Rollout.DEFAULT.with(List.of(100, 100)), List.of(), List.of()),
                        new BatchRequest(
                                Batch.OnFailure.CONTINUE, Runs.ALICE, Origin.of("console:main"), Optional.empty()),
                        waves,
                        T);
        var first = claim("deploy", 9).orElseThrow();
        var results = IntStream.range(0, 100)
                .mapToObj(i -> result(hosts.get(i), i < failed, i < failed + unreachable))
                .toList();
        store().progress(first.id(), Progress.NONE, results, Intake.NONE);
        finish(first, new Outcome.Failed(4, "no"));
        var deployment = store().deployments().ofBatch(made.batch().id()).orElseThrow();
        var second = store().batches().runs(made.batch().id()).getLast();
        assertThat(second.state()).isEqualTo(stops ? RunState.CANCELLED : RunState.QUEUED);
        assertThat(deployment.stopped())
                .isEqualTo(
                        stops
                                ? deployment
                                        + " stopped after wave 1 of 2: 11 of 100 hosts failed, more than the allowed"
                                        + " 10%"
                                : "");
        assertThat(claim("deploy", 9).isPresent()).isEqualTo(!stops);
    }

    private static HostResult result(String host, boolean failed, boolean bad) {
        return host(host, failed ? HostOutcome.FAILED : bad ? HostOutcome.UNREACHABLE : HostOutcome.OK);
    }
}
