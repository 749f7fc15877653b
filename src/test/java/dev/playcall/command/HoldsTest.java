package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.command.run.RunCommands;
import dev.playcall.domain.RunState;
import dev.playcall.testing.Rules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people hold back does not begin, whoever asks for it, until it is let go on. */
class HoldsTest {
    private static final String ACCESS = """
          bindings:
            - { role: admin, people: [slack:ada] }
            - { role: operator, people: [slack:bob] }
            - { role: operator, people: [slack:eve], environments: [staging] }
        """;

    @TempDir
    Path home;

    private CommandFixture fixture;
    private CommandHandler commands;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, ACCESS);
        var config = fixture.config();
        var links = new dev.playcall.security.access.IdentityLinks(
                config.access().people(), fixture.database.links(), java.util.List::of, fixture.clock);
        var rights = new Rights(
                new dev.playcall.security.access.Authorizer(config.access(), false, java.util.List::of), links);
        var runRequestFactory = Rules.requests(
                new dev.playcall.catalog.DiskCatalogs(config, fixture.clock),
                rights,
                dev.playcall.testing.MemorySecrets.emptyVault(),
                Duration.ofHours(1));
        var holds = fixture.database.holds();
        commands = fixture.commands.queue(
                holds, new RunCommands(fixture.journal, runRequestFactory, fixture.rules).queue(holds, fixture.clock));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Reply say(String person, Command command) {
        return commands.handle(command, fixture.caller(person));
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
    void aPausedQueueBeginsNothingAndSaysWhoAndWhy() {
        assertThat(line(say("slack:ada", new QueueCommand.Pause("queue", "disk is full"))))
                .contains("the queue is paused");
        var run = fixture.asked("slack:bob", CommandFixture.start("deploy", "staging"));
        assertThat(fixture.claim("deploy")).isEmpty();
        assertThat(fixture.rules.waitsFor(run, java.util.List.of()))
                .contains("the queue is paused by slack:ada: disk is full");
        assertThat(line(say("slack:bob", new QueueCommand.Resume("")))).contains("slack:ada", "disk is full");
        assertThat(fixture.claim("deploy")).isEmpty();
        assertThat(say("slack:ada", new QueueCommand.Resume(""))).isInstanceOf(Reply.Done.class);
        assertThat(fixture.claim("deploy")).isPresent();
    }

    @Test
    void oneEnvironmentOrOnePlaybookIsHeldBackAndTheRestGoesOn() {
        say("slack:ada", new QueueCommand.Pause("production", "database moves"));
        fixture.asked("slack:bob", CommandFixture.start("deploy", "production"));
        var staging = fixture.asked("slack:bob", CommandFixture.start("deploy", "staging"));
        assertThat(fixture.claim("deploy").orElseThrow().id()).isEqualTo(staging.id());
        say("slack:ada", new QueueCommand.Pause("playbook:migrate", "it is broken"));
        fixture.asked("slack:bob", CommandFixture.start("migrate", "staging"));
        assertThat(fixture.claim("migrate")).isEmpty();
        assertThat(line(say("slack:ada", new QueueCommand.Resume("migrate")))).contains("it is broken");
        assertThat(fixture.claim("migrate")).isPresent();
        assertThat(fixture.database.holds().all()).hasSize(1);
    }

    @Test
    void whatManyRunsHaveToWaitForIsReadOnce() {
        var run = fixture.asked("slack:bob", CommandFixture.start("deploy", "staging"));
        var before = fixture.rules.snapshot();
        say("slack:ada", new QueueCommand.Pause("queue", "disk is full"));
        assertThat(before.waitsFor(run, java.util.List.of())).isEmpty();
        assertThat(fixture.rules.snapshot().waitsFor(run, java.util.List.of())).isPresent();
    }

    @Test
    void whileDrainedNothingNewIsTakenAndWhatWaitsGoesOn() {
        var before = fixture.asked("slack:bob", CommandFixture.start("deploy", "staging"));
        say("slack:ada", new QueueCommand.Drain("update at six"));
        assertThat(line(say("slack:bob", CommandFixture.start("deploy", "production"))))
                .contains("no new runs are accepted, by slack:ada: update at six");
        assertThat(fixture.claim("deploy").orElseThrow().id()).isEqualTo(before.id());
        say("slack:ada", new QueueCommand.Resume(""));
        assertThat(say("slack:bob", CommandFixture.start("migrate", "production")))
                .isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void rightsAndReasonsAreAskedFor() {
        assertThat(line(say("slack:ada", new QueueCommand.Pause("queue", " ")))).contains("reason required");
        assertThat(line(say("slack:ada", new QueueCommand.Pause("prodction", "x"))))
                .contains("did you mean production");
        assertThat(say("slack:eve", new QueueCommand.Pause("queue", "x"))).isInstanceOf(Reply.Denied.class);
        assertThat(say("slack:eve", new QueueCommand.Drain("x"))).isInstanceOf(Reply.Denied.class);
        assertThat(fixture.database.holds().all()).isEmpty();
        say("slack:ada", new QueueCommand.Pause("queue", "x"));
        assertThat(say("slack:ada", new QueueCommand.Pause("queue", "y")))
                .isEqualTo(new Reply.Conflict("the queue is paused by slack:ada already: x"));
    }

    @Test
    void cancellingTheQueueCancelsWhatOneMayCancelAndNothingThatWorks() {
        var runners = fixture.asked("slack:bob", CommandFixture.start("deploy", "staging"));
        assertThat(fixture.claim("deploy")).isPresent();
        var mine = fixture.asked("slack:bob", CommandFixture.start("deploy", "staging"));
        var theirs = fixture.asked("slack:bob", CommandFixture.start("deploy", "production"));
        assertThat(line(say("slack:eve", new QueueCommand.CancelQueue())))
                .contains("1 queued run is cancelled", mine.id().toString(), "1 that you may not cancel is left");
        assertThat(fixture.now(mine).state()).isEqualTo(RunState.CANCELLED);
        assertThat(fixture.now(theirs).state()).isEqualTo(RunState.QUEUED);
        assertThat(fixture.now(runners).state()).isEqualTo(RunState.RUNNING);
    }
}
