package dev.playcall.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.command.CommandFixture;
import dev.playcall.command.RepeatReason;
import dev.playcall.command.Reply;
import dev.playcall.command.RunCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.journal.EventStore;
import dev.playcall.journal.Repeats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Doing an old run again, when what it would undo is newer. */
class NewerRunsTest {
    private static final String ALICE = "slack:alice";

    @TempDir
    Path home;

    private CommandFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new CommandFixture(home, "  bindings: [{ role: admin, people: [slack:alice] }]\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static StartCommand deploy(String version, String limit, boolean check) {
        return new StartCommand(
                "deploy",
                "production",
                Optional.empty(),
                limit,
                List.of(),
                check,
                false,
                Map.of("version", version),
                "",
                "");
    }

    private Run ended(StartCommand command, boolean good, String... hosts) {
        fixture.asked(ALICE, command);
        return ended(good, hosts);
    }

    /** The run that waits, with these hosts, of which the first failed unless it is good. */
    private Run ended(boolean good, String... hosts) {
        var working = fixture.claim("deploy").orElseThrow();
        var results = java.util.stream.IntStream.range(0, hosts.length)
                .mapToObj(i -> host(hosts[i], good || i > 0 ? HostOutcome.CHANGED : HostOutcome.FAILED))
                .toList();
        fixture.journal.progress(working, Progress.NONE, results, EventStore.Intake.NONE);
        fixture.journal.append(
                working.id(),
                new RunEvent.Finished(good ? new Outcome.Success() : new Outcome.Failed(2, hosts[0] + " failed")));
        return fixture.now(working);
    }

    private static HostResult host(String name, HostOutcome outcome) {
        return new HostResult(
                name,
                outcome,
                HostStats.NONE,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                HostResult.Versions.NONE,
                false);
    }

    private void isAsked(RunCommand command, String line, String remedy) {
        assertThat(fixture.say(ALICE, command)).isEqualTo(new Reply.Invalid("confirm", line, Optional.of(remedy)));
    }

    @Test
    void aRetryThatWouldGoBackToAnOlderVersionIsAskedAbout() {
        var old = ended(deploy("v1", "", false), false, "db-1", "web-1", "web-2");
        ended(deploy("v2", "", false), true, "db-1", "web-1", "web-2");
        isAsked(new RunCommand.Retry(old.id()), "v2 is live on db-1 since #2; #1 has v1", "retry 1 --yes");
        isAsked(
                new RunCommand.Rerun(old.id()),
                "v2 is live on db-1, web-1, web-2 since #2; #1 has v1",
                "rerun 1 --yes");
        var again = fixture.asked(ALICE, new RunCommand.Retry(old.id(), RepeatReason.SAME.confirm()));
        assertThat(again.request().hosts()).containsExactly("db-1");
    }

    @Test
    void soIsOneAfterANewerRunThatDidNotEndWell() {
        var old = ended(deploy("v1", "", false), false, "db-1", "web-1");
        ended(deploy("v2", "", false), false, "db-1", "web-1");
        isAsked(
                new RunCommand.Retry(old.id()),
                "#2 (failed) is newer than #1 and has version=v2 instead of v1",
                "retry 1 --yes");
    }

    @Test
    void nobodyIsAskedWhereNothingNewerWouldBeUndone() {
        var old = ended(deploy("v1", "", false), false, "db-1", "web-1");
        ended(deploy("v2", "", true), true, "db-1", "web-1");
        ended(deploy("v2", "web-1", false), true, "web-1");
        ended(deploy("v1", "db-1", false), false, "db-1");
        assertThat(fixture.say(ALICE, new RunCommand.Retry(old.id()))).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void whatFollowedOnARunIsKnown() {
        var old = ended(deploy("v1", "", false), false, "db-1", "web-1");
        assertThat(Repeats.of(old, fixture.journal.read()).line()).isEmpty();
        fixture.asked(ALICE, new RunCommand.Retry(old.id()));
        ended(true, "db-1");
        var again = fixture.asked(ALICE, new RunCommand.Rerun(old.id()));
        assertThat(Repeats.of(old, fixture.journal.read()).line())
                .isEqualTo("retried by #2 (succeeded), re-run as #3 (queued)");
        assertThat(Repeats.of(again, fixture.journal.read()).isEmpty()).isTrue();
    }
}
