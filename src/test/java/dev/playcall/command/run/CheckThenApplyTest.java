package dev.playcall.command.run;

import static dev.playcall.command.CommandFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.command.CommandFixture;
import dev.playcall.command.Reply;
import dev.playcall.command.RunCommand;
import dev.playcall.command.StartCommand;
import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Plan;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.journal.EventStore.Intake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Check, look at the difference, approve exactly this, apply. */
class CheckThenApplyTest {
    @TempDir
    Path home;

    private CommandFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, """
              policies:
                - { environments: [production], operations: [deploy], preview: true }
                - { environments: [staging], reason_required: true, requester_may_approve: true }
            """);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Plan outline(Run run) {
        return fixture.now(run).approvalState().outline().orElseThrow();
    }

    @Test
    void aRunInCheckModeGoesAheadAndItsResultIsShown() {
        var run = fixture.asked("slack:alice", start("deploy", "production"));
        fixture.approvalPreviews.run();
        fixture.approvalPreviews.run();
        var check = outline(run).check().flatMap(fixture.journal.read()::find).orElseThrow();
        assertThat(check.request().check()).isTrue();
        assertThat(check.request().diff()).isTrue();
        assertThat(check.state()).isEqualTo(RunState.QUEUED);
        assertThat(fixture.journal.read().queue()).hasSize(2);
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.Invalid.class, i -> assertThat(i.message()).contains("has not finished yet"));
        fixture.claim("deploy");
        var changed = new HostResult(
                "web-1",
                HostOutcome.CHANGED,
                new HostStats(5, 2, 0, 0, 0, 0, 0),
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO);
        fixture.journal.progress(check, Progress.NONE, List.of(changed), Intake.NONE);
        fixture.journal.append(check.id(), new RunEvent.Finished(new Outcome.Success()));
        fixture.approvalPreviews.run();
        assertThat(outline(run).checkResult())
                .isEqualTo("#2 in check mode: succeeded, 1 of 1 hosts would change (web-1 2 tasks)");
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
        assertThat(fixture.claim("deploy")).map(Run::id).contains(run.id());
    }

    @Test
    void whoAsksHasToSayWhyWhereThatIsWanted() {
        assertThat(fixture.say("slack:alice", start("deploy", "staging")))
                .isInstanceOfSatisfying(
                        Reply.Invalid.class, i -> assertThat(i.line()).contains("--reason"));
        var said = new StartCommand(
                "deploy", "staging", Optional.empty(), "", List.of(), false, false, java.util.Map.of(), "", "OPS-7");
        var run = fixture.asked("slack:alice", said);
        fixture.approvalPreviews.run();
        assertThat(outline(run).tasks()).containsExactly("Copy the release");
        assertThat(fixture.say("slack:alice", new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
    }
}
