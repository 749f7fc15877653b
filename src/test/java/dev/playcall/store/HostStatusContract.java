package dev.playcall.store;

import static dev.playcall.testing.Runs.asked;
import static dev.playcall.testing.Runs.request;
import static dev.playcall.testing.Runs.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.RunId;
import dev.playcall.journal.EventStore.Intake;
import dev.playcall.journal.HostStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every database has to tell of hosts after runs. */
abstract class HostStatusContract extends StoreFixture {
    private static final Outcome FAILED = new Outcome.Failed(2, "web-0 failed");

    @Test
    void theOperationsTableShowsTheLastWordOfEachHost() {
        run(
                request("ping", "production", "ping", 0, false),
                host("web-1", HostOutcome.OK),
                host("web-2", HostOutcome.OK));
        assertThat(statusOf("web-1").ssh().orElseThrow().latencyMillis())
                .as("how long a task took is no latency")
                .isEmpty();
        run(request("deploy"), host("web-1", HostOutcome.CHANGED), host("web-2", HostOutcome.FAILED));
        run(request("deploy", "production", "deploy", 0, true), host("web-1", HostOutcome.FAILED));
        var hosts = store().statuses(new EnvironmentName("production"));
        assertThat(hosts).extracting(h -> h.host()).containsExactly("web-1", "web-2");
        var good = hosts.getFirst();
        assertThat(good.deploy().orElseThrow().version()).isEqualTo("v1");
        assertThat(good.deploy().orElseThrow().status()).isEqualTo("ok");
        assertThat(good.provision()).isEmpty();
        var bad = hosts.getLast().deploy().orElseThrow();
        assertThat(bad.status()).isEqualTo("failed");
        assertThat(bad.error()).isEqualTo("answered 503");
    }

    @Test
    void theLatencyIsTheRoundTripThatTheLastLookMeasuredAndALocalHostHasNone() {
        var ping = request("ping", "production", "ping", 0, false);
        run(ping, reached("web-1", "ssh", OptionalLong.of(12)), reached("web-2", "local", OptionalLong.empty()));
        assertThat(statusOf("web-1").ssh().orElseThrow().latencyMillis()).hasValue(12);
        assertThat(statusOf("web-1").ssh().orElseThrow().answer()).isEqualTo("12 ms");
        assertThat(statusOf("web-2").ssh().orElseThrow().latencyMillis()).isEmpty();
        assertThat(statusOf("web-2").ssh().orElseThrow().answer()).isEqualTo("local");
        run(request("deploy"), reached("web-1", "ssh", OptionalLong.empty()));
        assertThat(statusOf("web-1").ssh().orElseThrow().answer())
                .as("an older latency does not take the age of a later look")
                .isEmpty();
    }

    private static HostResult reached(String name, String connection, OptionalLong latency) {
        var h = host(name, HostOutcome.OK);
        return new HostResult(
                name,
                h.outcome(),
                h.stats(),
                h.failedTask(),
                h.message(),
                h.duration(),
                h.versions(),
                new HostResult.Connection(false, Optional.of(connection), latency));
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

    private HostStatus statusOf(String name) {
        return store().statuses(new EnvironmentName("production")).stream()
                .filter(h -> h.host().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anUnreachableHostIsSoInAnyRunAndBackWithTheNextAnswer() {
        run(request("ping", "production", "ping", 0, false), host("web-1", HostOutcome.OK));
        run(request("deploy"), FAILED, host("web-1", HostOutcome.UNREACHABLE));
        assertThat(statusOf("web-1").ssh().orElseThrow().status()).isEqualTo("unreachable");
        assertThat(statusOf("web-1").ssh().orElseThrow().latencyMillis()).isEmpty();
        assertThat(statusOf("web-1").deploy().orElseThrow().status()).isEqualTo("unreachable");
        run(request("deploy"), host("web-1", HostOutcome.OK));
        assertThat(statusOf("web-1").ssh().orElseThrow().status()).isEqualTo("ok");
        assertThat(statusOf("web-1").ssh().orElseThrow().error()).isEmpty();
    }

    @Test
    void aPingThatIsCutShortJudgesEachHostByItsOwnAnswerAlone() {
        var ping = request("ping", "production", "ping", 0, false);
        run(ping, host("web-3", HostOutcome.OK));
        create(asked(ping));
        var working = claim("ping", 9).orElseThrow();
        store().progress(
                        working.id(),
                        Progress.NONE,
                        List.of(
                                host("web-1", HostOutcome.OK),
                                host("web-2", HostOutcome.UNREACHABLE),
                                host("web-3", HostOutcome.PENDING),
                                host("web-4", HostOutcome.PENDING)),
                        Intake.NONE);
        finish(working, new Outcome.TimedOut(Duration.ofMinutes(2), 0));
        assertThat(store().statuses(new EnvironmentName("production")))
                .extracting(h -> h.host() + " " + h.ssh().orElseThrow().status() + " "
                        + h.ssh().orElseThrow().run())
                .as("the last answer of web-3 still counts, and web-4 was never tested")
                .containsExactly("web-1 ok #2", "web-2 unreachable #2", "web-3 ok #1");
    }

    @Test
    void aRunThatTouchesOneHostLeavesTheOthersAlone() {
        run(request("deploy"), host("web-1", HostOutcome.OK), host("web-2", HostOutcome.FAILED));
        var before = statusOf("web-1");
        run(request("deploy"), host("web-2", HostOutcome.OK));
        assertThat(statusOf("web-1")).isEqualTo(before);
        assertThat(statusOf("web-2").deploy().orElseThrow().status()).isEqualTo("ok");
    }

    @Test
    void aHostThatAFailedRunNeverCameToKeepsWhatWasKnownOfIt() {
        run(request("deploy"), host("web-1", HostOutcome.OK));
        var before = statusOf("web-1");
        run(request("deploy"), FAILED, host("web-1", HostOutcome.PENDING), host("web-9", HostOutcome.PENDING));
        assertThat(statusOf("web-1")).isEqualTo(before);
        assertThat(store().statuses(new EnvironmentName("production"))).containsExactly(before);
    }

    @Test
    void theLastRunOfAnyPlaybookSaysHowAHostIs() {
        run(request("deploy"), host("web-1", HostOutcome.OK));
        run(request("play", "production", "patch", 0, false), FAILED, host("web-1", HostOutcome.FAILED));
        assertThat(statusOf("web-1").deploy().orElseThrow().status()).isEqualTo("ok");
        assertThat(statusOf("web-1").last().orElseThrow().status()).isEqualTo("failed");
        assertThat(statusOf("web-1").columns()).anyMatch(c -> c.status().equals("failed"));
        run(request("play", "production", "patch", 0, true), host("web-1", HostOutcome.OK));
        assertThat(statusOf("web-1").last().orElseThrow().status())
                .as("a dry run mends nothing")
                .isEqualTo("failed");
        run(request("play", "production", "other", 0, false), host("web-1", HostOutcome.OK));
        assertThat(statusOf("web-1").last().orElseThrow().status()).isEqualTo("ok");
    }

    @Test
    void aHostThatTheRunDidNotFinishIsNotCalledDeployed() {
        run(
                request("deploy"),
                FAILED,
                host("web-1", HostOutcome.FAILED),
                host("web-2", HostOutcome.INCOMPLETE),
                host("web-3", HostOutcome.PENDING));
        var deploy = statusOf("web-2").deploy().orElseThrow();
        assertThat(deploy.status()).isEqualTo("incomplete");
        assertThat(deploy.version()).isEmpty();
        assertThat(deploy.error()).isNotEmpty();
        assertThat(store().statuses(new EnvironmentName("production")))
                .extracting(HostStatus::host)
                .containsExactly("web-1", "web-2");
        assertThat(store().deployed(new EnvironmentName("production"))).isEmpty();
    }

    @Test
    void whatFailedKeepsTheVersionThatIsStillThere() {
        run(request("deploy"), host("web-1", HostOutcome.OK));
        run(request("deploy"), FAILED, host("web-1", HostOutcome.FAILED));
        var deploy = statusOf("web-1").deploy().orElseThrow();
        assertThat(deploy.status()).isEqualTo("failed");
        assertThat(deploy.version()).isEqualTo("v1");
    }

    @Test
    void aWorkingHostShowsTheRunThatWorksAndTheVersionItHas() {
        run(request("deploy"), host("web-1", HostOutcome.OK));
        create(asked("deploy"));
        var working = claim("deploy", 9).orElseThrow();
        var progress = new Progress(2, 9, "Deploy", "Install packages", 2, 1, 0, 0, 0, 0);
        store().progress(working.id(), progress, List.of(host("web-1", HostOutcome.OK)), Intake.NONE);
        var deploy = statusOf("web-1").deploy().orElseThrow();
        assertThat(deploy.progress()).as("2 of 9 results for 2 hosts").isEqualTo("2/5");
        assertThat(deploy.work().orElseThrow().before()).isEqualTo("ok");
        assertThat(deploy.work().orElseThrow().task()).isEqualTo("Install packages");
        assertThat(deploy.status()).isEqualTo("running");
        assertThat(deploy.run()).isEqualTo(working.id());
        assertThat(deploy.version()).isEqualTo("v1");
        assertThat(deploy.completed()).isEmpty();
    }

    @Test
    void aDryRunSaysNothingOfWhatIsInstalled() {
        run(request("provision", "production", "provision", 0, true), host("web-1", HostOutcome.CHANGED));
        assertThat(statusOf("web-1").provision()).isEmpty();
        assertThat(statusOf("web-1").ssh()).isPresent();
    }

    @Test
    void aRepeatedRunMarksItsHostsFromTheStart() {
        create(asked(request("deploy").retry(new dev.playcall.domain.name.RunId(1), List.of("web-1"))));
        claim("deploy", 9);
        assertThat(deployOf("web-1")).isEqualTo("running");
    }

    private void puts(String version, HostResult... hosts) {
        run(version(version), hosts);
    }

    @Test
    void aDeployRecordsWhatWasLiveBeforeAndWhatIsNow() {
        puts("v1", host("web-1", HostOutcome.CHANGED));
        puts("v2", host("web-1", HostOutcome.CHANGED), host("web-2", HostOutcome.CHANGED));
        assertThat(store().hosts(new RunId(2)))
                .extracting(h -> h.host() + " " + h.versions().before() + " "
                        + h.versions().after())
                .containsExactly("web-1 Optional[v1] Optional[v2]", "web-2 Optional.empty Optional[v2]");
    }

    @Test
    void aHostThatFailedHasNoNewVersion() {
        puts("v1", host("web-1", HostOutcome.CHANGED));
        run(version("v2"), FAILED, host("web-1", HostOutcome.FAILED));
        assertThat(store().hosts(new RunId(2)).getFirst().versions()).isEqualTo(HostResult.Versions.NONE);
        assertThat(store().deployed(new EnvironmentName("production")))
                .extracting(d -> d.version())
                .containsExactly("v1");
    }

    @Test
    void whatThePlaySaysIsLiveCountsMoreThanWhatWasAskedFor() {
        puts("v1", host("web-1", HostOutcome.CHANGED));
        var told = host("web-1", HostOutcome.CHANGED);
        run(
                request("rollback", "production", "rollback", 0, false),
                new HostResult(
                        told.host(),
                        told.outcome(),
                        told.stats(),
                        told.failedTask(),
                        told.message(),
                        told.duration(),
                        new HostResult.Versions(Optional.empty(), Optional.of("v0")),
                        false));
        assertThat(statusOf("web-1").deploy().orElseThrow().version()).isEqualTo("v0");
        assertThat(store().deployed(new EnvironmentName("production")))
                .extracting(d -> d.version() + " " + d.run())
                .containsExactly("v0 #2", "v1 #1");
    }

    @Test
    void theVersionsComeInPagesAndAllOfThemAreCounted() {
        for (int i = 1; i <= 7; i++) {
            puts("v" + i, host("web-1", HostOutcome.CHANGED));
        }
        puts("v3", host("web-1", HostOutcome.CHANGED));
        var environment = new EnvironmentName("production");
        var seen = new ArrayList<String>();
        var page = store().deployed(environment, Optional.empty(), 3);
        for (; !page.isEmpty(); page = store().deployed(environment, Optional.of(seen.getLast()), 3)) {
            page.forEach(d -> seen.add(d.version()));
        }
        assertThat(seen).containsExactly("v3", "v7", "v6", "v5", "v4", "v2", "v1");
        assertThat(store().countDeployed(environment)).isEqualTo(7);
        assertThat(store().deployed(environment, Optional.of("v99"), 3)).isEmpty();
    }

    @Test
    void aDryRunPutsNothingLive() {
        run(request("deploy", "production", "deploy", 0, true), host("web-1", HostOutcome.CHANGED));
        assertThat(store().deployed(new EnvironmentName("production"))).isEmpty();
        assertThat(store().hosts(new RunId(1)).getFirst().versions()).isEqualTo(HostResult.Versions.NONE);
    }
}
