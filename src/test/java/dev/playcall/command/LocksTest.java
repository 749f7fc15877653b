package dev.playcall.command;

import static dev.playcall.command.CommandFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.RunState;
import dev.playcall.domain.name.EnvironmentName;
import dev.playcall.domain.name.Person;
import dev.playcall.security.approval.LockStore;
import dev.playcall.security.approval.LockStore.EnvironmentLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks of people, freezes of the configuration, and runs that share hosts. */
class LocksTest {
    @TempDir
    Path home;

    private CommandFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, """
              people:
                - [slack:alice, discord:1]
              bindings:
                - { role: operator, people: [slack:alice, discord:1, slack:bob] }
                - { role: admin, people: [slack:root] }
              policies:
                - { environments: [production], approvals: 0, protected: true }
              freezes:
                - { environments: [production], reason: weekend, cron: "0 18 * * FRI", for: 60h, timezone: UTC }
            """);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Command lock(String environment, String reason, Optional<Duration> time) {
        return new LockCommand.Lock(environment, reason, time);
    }

    private void denied(Reply reply, String... words) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Denied.class, d -> assertThat(d.message()).contains(words));
    }

    @Test
    void aLockKeepsOthersOutAndSaysWhoWhyAndHowLong() {
        var done = fixture.say("slack:alice", lock("production", "database restore", Optional.of(Duration.ofHours(2))));
        assertThat(done).isInstanceOf(Reply.Done.class);
        denied(
                fixture.say("slack:bob", start("deploy", "production")),
                "locked by slack:alice",
                "until Fri 20 Nov 15:00 Europe/Berlin (2 h left)",
                "database restore");
        assertThat(fixture.asked("slack:bob", start("deploy", "staging")).state())
                .isEqualTo(RunState.QUEUED);
        assertThat(fixture.asked("slack:bob", start("ping", "production")).state())
                .isEqualTo(RunState.QUEUED);
        assertThat(fixture.asked("discord:1", start("deploy", "production")).state())
                .isEqualTo(RunState.QUEUED);
        fixture.later(Duration.ofHours(2));
        assertThat(fixture.asked("slack:bob", start("migrate", "production")).state())
                .isEqualTo(RunState.QUEUED);
    }

    @Test
    void whatWaitedWhenItWasLockedGoesOnWaiting() {
        var run = fixture.asked("slack:bob", start("deploy", "production"));
        fixture.say("slack:alice", lock("production", "restore", Optional.empty()));
        assertThat(fixture.claim("deploy")).isEmpty();
        assertThat(fixture.rules.waitsFor(run, List.of()))
                .hasValueSatisfying(w -> assertThat(w).contains("slack:alice"));
        assertThat(fixture.say("slack:alice", new LockCommand.Unlock("production")))
                .isInstanceOf(Reply.Done.class);
        assertThat(fixture.claim("deploy")).isPresent();
    }

    @Test
    void onlyTheHolderOrWhoMayUnlocks() {
        fixture.say("slack:alice", lock("production", "restore", Optional.empty()));
        assertThat(fixture.say("slack:bob", lock("production", "mine", Optional.empty())))
                .isInstanceOfSatisfying(
                        Reply.Conflict.class, t -> assertThat(t.message()).contains("locked by slack:alice"));
        denied(fixture.say("slack:bob", new LockCommand.Unlock("production")), "another user's lock", "restore");
        assertThat(fixture.say("slack:root", new LockCommand.Unlock("production")))
                .isInstanceOfSatisfying(
                        Reply.Done.class, d -> assertThat(d.message()).contains("slack:alice's lock"));
        fixture.say("slack:alice", lock("production", "again", Optional.empty()));
        assertThat(fixture.say("discord:1", new LockCommand.Unlock("production")))
                .isInstanceOf(Reply.Done.class);
    }

    @Test
    void theHolderMayLockAnew() {
        fixture.say("slack:alice", lock("production", "restore", Optional.empty()));
        assertThat(fixture.say("discord:1", lock("production", "longer", Optional.of(Duration.ofHours(1)))))
                .isInstanceOfSatisfying(
                        Reply.Done.class, d -> assertThat(d.message()).contains("longer", "1 h left"));
    }

    @Test
    void theFileOfAnEnvironmentSaysHowLongALockHoldsAndWhenItIsFrozen() throws Exception {
        fixture.write(
                "inventory/production/config.yml",
                "locks: { longest: 8h }\n"
                        + "freezes: [ { reason: stock-taking, from: 2026-11-21T10:00, until: 2026-11-25T10:00, timezone:"
                        + " UTC } ]\n");
        fixture.later(Duration.ofSeconds(1));
        assertThat(fixture.say("slack:alice", lock("production", "x", Optional.of(Duration.ofHours(9)))))
                .isInstanceOfSatisfying(
                        Reply.Invalid.class, i -> assertThat(i.line()).contains("at most 8 h"));
        assertThat(fixture.say("slack:alice", lock("production", "x", Optional.empty())))
                .isInstanceOfSatisfying(
                        Reply.Done.class, d -> assertThat(d.message()).contains("8 h left"));
        fixture.later(Duration.ofHours(23));
        denied(fixture.say("slack:bob", start("deploy", "production")), "frozen until", "stock-taking");
        assertThat(fixture.asked("slack:bob", start("deploy", "staging")).state())
                .isEqualTo(RunState.QUEUED);
    }

    @Test
    void whatIsDoneAgainCanBeOverriddenAndExplainedAnew() {
        var run = fixture.asked("slack:root", start("deploy", "production"));
        fixture.say("slack:root", new RunCommand.Cancel(run.id()));
        fixture.say("slack:alice", lock("production", "restore", Optional.empty()));
        denied(fixture.say("slack:root", new RunCommand.Retry(run.id())), "you may pass it");
        var why = new RepeatReason("second try", "site is down");
        denied(fixture.say("slack:bob", new RunCommand.Rerun(run.id(), why)), "override a lock");
        for (var again : List.of(new RunCommand.Retry(run.id(), why), new RunCommand.Rerun(run.id(), why))) {
            var made = fixture.asked("slack:root", again);
            assertThat(made.approvalState().terms().override()).isEqualTo("site is down");
            assertThat(made.request().description()).isEqualTo("second try");
            fixture.say("slack:root", new RunCommand.Cancel(made.id()));
            denied(fixture.say("slack:root", new RunCommand.Rerun(made.id())), "you may pass it");
        }
    }

    @Test
    void aLockNeedsAReasonAndAnEnvironment() {
        assertThat(fixture.say("slack:alice", lock("production", " ", Optional.empty())))
                .isInstanceOf(Reply.Invalid.class);
        assertThat(fixture.say("slack:alice", lock("prodution", "x", Optional.empty())))
                .isInstanceOfSatisfying(
                        Reply.Invalid.class, i -> assertThat(i.line()).contains("did you mean production?"));
        denied(fixture.say("slack:nobody", lock("production", "x", Optional.empty())), "may not lock");
    }

    @Test
    void anOverrideNeedsThePermissionAndAReasonAndIsKept() {
        fixture.say("slack:alice", lock("production", "restore", Optional.empty()));
        denied(fixture.say("slack:bob", overriding(start("deploy", "production"), "urgent")), "override a lock");
        denied(fixture.say("slack:root", start("deploy", "production")), "you may pass it");
        var run = fixture.asked("slack:root", overriding(start("deploy", "production"), "site is down"));
        assertThat(run.approvalState().terms().override()).isEqualTo("site is down");
        assertThat(fixture.claim("deploy")).isPresent();
    }

    @Test
    void aFreezeHoldsFromItsHourOnAndForItsTime() {
        assertThat(fixture.asked("slack:bob", start("deploy", "production")).state())
                .isEqualTo(RunState.QUEUED);
        fixture.later(Duration.ofHours(6));
        denied(
                fixture.say("slack:bob", start("migrate", "production")),
                "frozen until Mon 23 Nov 07:00 Europe/Berlin",
                "weekend");
        assertThat(fixture.claim("deploy")).isEmpty();
        assertThat(fixture.rules.closed(_ -> true)).singleElement().asString().contains("weekend");
        fixture.later(Duration.ofHours(60));
        assertThat(fixture.asked("slack:bob", start("migrate", "production")).state())
                .isEqualTo(RunState.QUEUED);
        assertThat(fixture.claim("deploy")).isPresent();
    }

    @Test
    void whatCannotBeReadIsNotOpen() {
        var broken = new LockStore() {
            @Override
            public Optional<EnvironmentLock> find(EnvironmentName environment) {
                throw new IllegalStateException("disk gone");
            }

            @Override
            public Optional<EnvironmentLock> take(EnvironmentLock lock, java.util.Set<Person> own) {
                throw new IllegalStateException("disk gone");
            }

            @Override
            public boolean release(EnvironmentLock lock) {
                throw new IllegalStateException("disk gone");
            }

            @Override
            public List<EnvironmentLock> all() {
                throw new IllegalStateException("disk gone");
            }
        };
        var commands = fixture.desk(fixture.config(), fixture.rules(fixture.config(), broken));
        denied(commands.handle(start("deploy", "production"), fixture.caller("slack:bob")), "cannot be read");
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    @Test
    void runsOfDifferentPlaybooksOnTheSameHostsWaitForEachOther() {
        fixture.asked("slack:bob", limited("deploy", "web"));
        var first = fixture.claim("deploy").orElseThrow();
        var meeting = fixture.asked("slack:alice", limited("migrate", "web-2,db-1"));
        assertThat(fixture.claim("migrate")).isEmpty();
        assertThat(fixture.rules.waitsFor(meeting, List.of(first)))
                .contains("waits for #1 deploy of slack:bob, which is running on web-2");
        fixture.asked("slack:alice", limited("migrate", "db"));
        assertThat(fixture.claim("migrate")).map(r -> r.request().limit()).contains("db");
    }

    private static StartCommand limited(String operation, String limit) {
        boolean play = operation.equals("migrate");
        return new StartCommand(
                play ? "play" : operation,
                "production",
                play ? Optional.of(operation) : Optional.empty(),
                limit,
                List.of(),
                false,
                false,
                java.util.Map.of(),
                "",
                "");
    }

    /** The same start, in spite of any lock or freeze. */
    private static StartCommand overriding(StartCommand start, String reason) {
        return new StartCommand(
                start.operation(),
                start.environment(),
                start.playbook(),
                start.limit(),
                start.tags(),
                start.check(),
                start.diff(),
                start.variables(),
                start.name(),
                start.description(),
                reason,
                start.options(),
                start.task(),
                start.template());
    }
}
