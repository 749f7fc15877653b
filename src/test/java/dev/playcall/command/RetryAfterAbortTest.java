package dev.playcall.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.HostResult.HostStats;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Progress;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.Value;
import dev.playcall.domain.ansible.AnsibleOptions;
import dev.playcall.journal.EventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a retry repeats of a run that was broken off. */
class RetryAfterAbortTest {
    @TempDir
    Path home;

    private CommandFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new CommandFixture(
                home, "  bindings: [{ role: admin, people: [slack:alice] }, { role: operator, people: [web:oper] }]\n");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Run failed(HostResult... hosts) {
        return failed(CommandFixture.start("deploy", "production"), hosts);
    }

    private Run failed(StartCommand start, HostResult... hosts) {
        var run = fixture.asked("slack:alice", start);
        var working = fixture.claim(run.request().lock()).orElseThrow();
        fixture.journal.progress(working, Progress.NONE, List.of(hosts), EventStore.Intake.NONE);
        fixture.journal.append(working.id(), new RunEvent.Finished(new Outcome.Failed(2, "db-1")));
        return fixture.journal.read().find(working.id()).orElseThrow();
    }

    private static HostResult host(String name, HostOutcome outcome, boolean added) {
        return new HostResult(
                name,
                outcome,
                HostStats.NONE,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                HostResult.Versions.NONE,
                added);
    }

    @Test
    void aRetryMayChooseAmongTheHostsThatAreLeft() {
        var run = failed(
                host("web-1", HostOutcome.FAILED, false),
                host("db-1", HostOutcome.UNREACHABLE, false),
                host("web-2", HostOutcome.OK, false));
        assertThat(limited(run, "web-2"))
                .isInstanceOfSatisfying(
                        Reply.Invalid.class,
                        i -> assertThat(i.line()).contains("none of these hosts is left to retry", "web-1"));
        assertThat(limited(run, "web-1,web-2"))
                .isInstanceOfSatisfying(
                        Reply.Accepted.class,
                        a -> assertThat(a.run().request().hosts()).containsExactly("web-1"));
    }

    @Test
    void aRetryMayHaveOtherValuesOfVariables() {
        var run = failed(host("web-1", HostOutcome.FAILED, false), host("web-2", HostOutcome.OK, false));
        assertThat(changed(run, Map.of("verson", "v2")))
                .isInstanceOfSatisfying(
                        Reply.Invalid.class, i -> assertThat(i.line()).contains("verson", "did you mean version?"));
        assertThat(changed(run, Map.of("version", "v2"))).isInstanceOfSatisfying(Reply.Accepted.class, a -> {
            assertThat(a.run().request().variables()).containsExactly(Map.entry("version", new Value.Text("v2")));
            assertThat(a.run().request().retryOf()).contains(run.id());
            assertThat(a.run().request().hosts()).containsExactly("web-1");
        });
    }

    private Reply changed(Run run, Map<String, Object> variables) {
        return fixture.say("slack:alice", new RunCommand.Retry(run.id(), RepeatReason.SAME, "", variables));
    }

    private Reply limited(Run run, String limit) {
        return fixture.commands.handle(
                new RunCommand.Retry(run.id(), RepeatReason.SAME, limit, Map.of()), fixture.caller("slack:alice"));
    }

    private Reply retry(Run run) {
        return fixture.commands.handle(
                new RunCommand.Retry(run.id(), RepeatReason.SAME), fixture.caller("slack:alice"));
    }

    @Test
    void aRetryKeepsTheSlicesOfItsRunWithoutTheRightToThem() {
        var slices = new AnsibleOptions(List.of(), 0, "", false, Optional.of(2));
        var run = failed(
                CommandFixture.start("deploy", "production").with(slices), host("web-1", HostOutcome.FAILED, false));
        assertThat(fixture.say("web:oper", new RunCommand.Retry(run.id())))
                .isInstanceOfSatisfying(
                        Reply.Accepted.class,
                        a -> assertThat(a.run().request().options()).isEqualTo(slices));
        assertThat(fixture.say("web:oper", new RunCommand.Rerun(run.id(), RepeatReason.SAME.confirm())))
                .isInstanceOf(Reply.Denied.class);
    }

    @Test
    void hostsThatWereCutOffOrNeverBeganAreRetriedToo() {
        var run = failed(
                host("db-1", HostOutcome.FAILED, false),
                host("web-1", HostOutcome.INCOMPLETE, false),
                host("web-2", HostOutcome.PENDING, false),
                host("web-3", HostOutcome.OK, false));
        var reply = (Reply.Accepted) retry(run);
        assertThat(reply.run().request().hosts()).containsExactlyInAnyOrder("db-1", "web-1", "web-2");
    }

    @Test
    void aHostThatTheRunMadeItselfIsNoRetryTargetAndRerunIsOffered() {
        var run = failed(host("fresh-vm-1", HostOutcome.FAILED, true), host("localhost", HostOutcome.OK, true));
        var reply = (Reply.Invalid) retry(run);
        assertThat(reply.message()).contains("fresh-vm-1", "not in the inventory of production", "created it itself");
        assertThat(reply.remedy()).contains("rerun " + run.id().value());
    }
}
