package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that works is held still and goes on, and what is said about its time is true. */
class PauseRunTest {
    private static final String ACCESS = """
          bindings:
            - { role: operator, people: [slack:bob, slack:ann] }
            - { role: viewer, people: [slack:eve] }
        """;

    @TempDir
    Path home;

    private CommandFixture fixture;
    private CommandHandler commands;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, ACCESS);
        commands = fixture.commands;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Reply say(String person, Command command) {
        return commands.handle(command, fixture.caller(person));
    }

    @Test
    void itsTimeStandsStillWithItAndIsNotCounted() {
        var run = fixture.asked("slack:bob", CommandFixture.start("deploy", "staging"));
        assertThat(((Reply.TooLate) say("slack:bob", new RunCommand.PauseRun(run.id(), ""))).message())
                .contains("is not paused, it is queued");
        fixture.claim("deploy");
        fixture.clock.go(Duration.ofSeconds(10));
        assertThat(say("slack:eve", new RunCommand.PauseRun(run.id(), ""))).isInstanceOf(Reply.Denied.class);
        assertThat(say("slack:bob", new RunCommand.PauseRun(run.id(), "disk"))).isInstanceOf(Reply.Accepted.class);
        assertThat(((Reply.TooLate) say("slack:ann", new RunCommand.PauseRun(run.id(), ""))).message())
                .contains("paused already, by slack:bob");
        fixture.clock.go(Duration.ofMinutes(5));
        try (var again = Database.open(fixture.config().store().url(), fixture.clock)) {
            var kept = again.events().find(run.id()).orElseThrow();
            assertThat(kept.state()).isEqualTo(RunState.RUNNING);
            assertThat(kept.paused().orElseThrow().reason()).isEqualTo("disk");
            assertThat(kept.activeTime(fixture.clock.instant())).isEqualTo(Duration.ofSeconds(10));
        }
        assertThat(say("slack:ann", new RunCommand.ResumeRun(run.id()))).isInstanceOf(Reply.Accepted.class);
        assertThat(fixture.now(run).pausedTotal()).isEqualTo(Duration.ofMinutes(5));
        fixture.journal.append(run.id(), new RunEvent.Finished(new Outcome.TimedOut(Duration.ofSeconds(60), 0)));
        assertThat(fixture.now(run).reason())
                .contains("stopped after its timeout of 1 min", "the 5 min it was paused do not count");
    }

    @Test
    void aCancelEndsThePause() {
        var run = fixture.asked("slack:bob", CommandFixture.start("deploy", "staging"));
        fixture.claim("deploy");
        say("slack:bob", new RunCommand.PauseRun(run.id(), ""));
        say("slack:ann", new RunCommand.Cancel(run.id()));
        assertThat(fixture.now(run).paused()).isEmpty();
        assertThat(((Reply.TooLate) say("slack:bob", new RunCommand.PauseRun(run.id(), ""))).message())
                .contains("is being cancelled");
    }
}
