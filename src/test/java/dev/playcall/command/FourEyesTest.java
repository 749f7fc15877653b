package dev.playcall.command;

import static dev.playcall.command.CommandFixture.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.RunState;
import dev.playcall.domain.name.Person;
import dev.playcall.security.identity.ApiToken;
import dev.playcall.security.secret.SecretKind;
import dev.playcall.security.secret.SecretRef;
import dev.playcall.security.secret.SecretText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has to be agreed, by whom, and what the agreement is about. */
class FourEyesTest {
    private static final String POLICY = """
          people:
            - [slack:alice, discord:1]
            - [slack:bob, discord:2]
          bindings:
            - { role: operator, people: [slack:alice, slack:olga, "token:*"] }
            - { role: approver, people: [slack:bob, discord:2, slack:carol, discord:1, slack:alice, "token:*"] }
            - { role: admin, people: [slack:root] }
          policies:
            - { environments: [production], operations: [migrate], approvals: 2, expires: 1h }
            - { environments: [production], operations: [deploy], expires: 2h, roles: [approver], reason_required: false }
        """;

    @TempDir
    Path home;

    private CommandFixture fixture;

    @BeforeEach
    void open() throws IOException {
        fixture = new CommandFixture(home, POLICY);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Run deployment() {
        return fixture.asked("slack:alice", start("deploy", "production"));
    }

    @Test
    void whatAPolicyIsAboutWaitsAndEverythingElseDoesNot() {
        assertThat(deployment().state()).isEqualTo(RunState.AWAITING_APPROVAL);
        assertThat(fixture.asked("slack:alice", start("deploy", "staging")).state())
                .isEqualTo(RunState.QUEUED);
        assertThat(fixture.asked("slack:alice", start("ping", "production")).state())
                .isEqualTo(RunState.QUEUED);
        var check = new StartCommand(
                "deploy",
                "production",
                java.util.Optional.empty(),
                "",
                List.of(),
                true,
                true,
                java.util.Map.of(),
                "",
                "");
        assertThat(fixture.asked("slack:alice", check).state()).isEqualTo(RunState.QUEUED);
        assertThat(fixture.claim("deploy"))
                .map(r -> r.request().environment().value())
                .contains("staging");
    }

    @Test
    void noOtherNameIsAWayAround() {
        var play = new StartCommand(
                "play",
                "production",
                java.util.Optional.of("deploy"),
                "",
                List.of(),
                false,
                false,
                java.util.Map.of(),
                "",
                "");
        assertThat(fixture.asked("slack:alice", play).state()).isEqualTo(RunState.AWAITING_APPROVAL);
    }

    @Test
    void anApproverLetsItStart() {
        var run = deployment();
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
        assertThat(fixture.now(run).approvedBy()).contains(new Person("slack:bob"));
        assertThat(fixture.claim("deploy")).isPresent();
    }

    @Test
    void whoAskedDoesNotApproveNeitherAsTheirOtherIdentity() {
        var run = deployment();
        for (var me : List.of("slack:alice", "discord:1")) {
            assertThat(fixture.say(me, new RunCommand.Approve(run.id())))
                    .isInstanceOfSatisfying(
                            Reply.Denied.class, d -> assertThat(d.message()).contains("you requested #1 yourself"));
        }
        assertThat(fixture.now(run).state()).isEqualTo(RunState.AWAITING_APPROVAL);
        assertThat(fixture.claim("deploy")).isEmpty();
    }

    @Test
    void aTokenIsNobodyElseThanWhoMadeIt() {
        var token = new ApiToken(
                "ci",
                new Person("discord:1"),
                Set.of("start"),
                CommandFixture.T,
                CommandFixture.T.plusSeconds(60),
                Optional.empty());
        fixture.database.tokens().add(token, "0f");
        var run = fixture.asked("token:ci", start("deploy", "production"));
        fixture.database.tokens().revoke("ci", CommandFixture.T);
        assertThat(fixture.say("slack:alice", new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.Denied.class, d -> assertThat(d.message()).contains("yourself as ci"));
        var own = deployment();
        assertThat(fixture.say("token:ci", new RunCommand.Approve(own.id())))
                .isInstanceOfSatisfying(
                        Reply.Denied.class, d -> assertThat(d.message()).contains("a person has to"));
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void whoMayNotApproveIsToldWhoCould() {
        var run = deployment();
        assertThat(fixture.say("slack:olga", new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.Denied.class, d -> assertThat(d.whoCould()).contains("slack:bob"));
        assertThat(fixture.say("slack:olga", new RunCommand.Reject(run.id(), "no")))
                .isInstanceOf(Reply.Denied.class);
        // An admin may approve, but this policy wants the role itself.
        assertThat(fixture.say("slack:root", new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.Denied.class, d -> assertThat(d.message()).contains("the role approver"));
        assertThat(fixture.now(run).state()).isEqualTo(RunState.AWAITING_APPROVAL);
    }

    @Test
    void twoHaveToBeTwoHumans() {
        var run = fixture.asked("slack:alice", start("migrate", "production"));
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
        assertThat(fixture.now(run).state()).isEqualTo(RunState.AWAITING_APPROVAL);
        assertThat(fixture.say("discord:2", new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.Invalid.class, i -> assertThat(i.message()).contains("already as slack:bob; 1 more"));
        assertThat(fixture.say("slack:carol", new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
        assertThat(fixture.now(run).state()).isEqualTo(RunState.QUEUED);
    }

    @Test
    void ofManyClicksInTheSameMillisecondExactlyOneCounts() throws Exception {
        for (int round = 0; round < 10; round++) {
            var run = deployment();
            List<Callable<Reply>> clicks = List.of(
                    () -> fixture.say("slack:bob", new RunCommand.Approve(run.id())),
                    () -> fixture.say("slack:carol", new RunCommand.Approve(run.id())),
                    () -> fixture.say("discord:2", new RunCommand.Reject(run.id(), "no")));
            var replies = together(clicks);
            assertThat(replies).filteredOn(Reply.Accepted.class::isInstance).hasSize(1);
            assertThat(replies).filteredOn(Reply.TooLate.class::isInstance).hasSize(2);
            assertThat(fixture.now(run).approvalState().given()).hasSizeLessThan(2);
        }
    }

    @Test
    void oneHumanWhoClicksTwiceAtOnceIsOneHuman() throws Exception {
        for (int round = 0; round < 10; round++) {
            var run = fixture.asked("slack:alice", start("migrate", "production"));
            var replies = together(List.of(
                    () -> fixture.say("slack:bob", new RunCommand.Approve(run.id())),
                    () -> fixture.say("discord:2", new RunCommand.Approve(run.id()))));
            assertThat(replies).filteredOn(Reply.Accepted.class::isInstance).hasSize(1);
            assertThat(fixture.now(run).state()).isEqualTo(RunState.AWAITING_APPROVAL);
            assertThat(fixture.now(run).approvalState().given()).hasSize(1);
        }
    }

    private static List<Reply> together(List<Callable<Reply>> clicks) throws Exception {
        var barrier = new CyclicBarrier(clicks.size());
        var replies = new ArrayList<Reply>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = clicks.stream()
                    .map(c -> threads.submit(() -> {
                        barrier.await();
                        return c.call();
                    }))
                    .toList();
            for (var f : futures) {
                replies.add(f.get());
            }
        }
        return replies;
    }

    @Test
    void aPlaybookEditedBeforeTheClickVoidsIt() throws IOException {
        var run = deployment();
        fixture.write("playbooks/roles/web/tasks/main.yml", "- shell: rm -rf /\n");
        fixture.later(Duration.ofSeconds(1));
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.TooLate.class, l -> assertThat(l.message()).contains("invalid: playbooks/roles changed"));
        assertThat(fixture.now(run).state()).isEqualTo(RunState.REJECTED);
        assertThat(fixture.claim("deploy")).isEmpty();
    }

    @Test
    void anotherValueOfASecretVoidsItAndTheSameValueDoesNot() throws IOException {
        fixture.write("playbooks/deploy.meta.yml", "variables:\n  password: { secret: { name: db_password } }\n");
        fixture.later(Duration.ofSeconds(1));
        keep("hunter2-hunter2");
        var run = deployment();
        keep("hunter2-hunter2");
        fixture.secrets.rotate();
        assertThat(fixture.rules.voids(run)).isEmpty();
        keep("hunter3-hunter3");
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.TooLate.class,
                        l -> assertThat(l.message())
                                .contains("invalid: the secret production/db_password changed")
                                .doesNotContain("hunter"));
        assertThat(run.approvalState().terms().contentDigest().orElseThrow().toString())
                .doesNotContain("hunter");
    }

    @Test
    void anotherKeyOfTheEnvironmentVoidsIt() {
        var run = deployment();
        fixture.secrets.set(
                SecretRef.parse("production/default").orElseThrow(),
                SecretKind.VAULT_PASSWORD,
                new SecretText("open-sesame"),
                new Person("web:ada"));
        assertThat(fixture.rules.voids(run))
                .hasValueSatisfying(v -> assertThat(v).contains("the secret production/default changed"));
    }

    private void keep(String value) {
        fixture.secrets.set(
                SecretRef.parse("production/db_password").orElseThrow(),
                SecretKind.TEXT,
                new SecretText(value),
                new Person("web:ada"));
    }

    @Test
    void aPlaybookEditedBetweenApprovalAndStartIsSeenAtTheStart() throws IOException {
        var run = deployment();
        fixture.say("slack:bob", new RunCommand.Approve(run.id()));
        assertThat(fixture.rules.voids(fixture.now(run))).isEmpty();
        fixture.write("inventory/production/group_vars/all.yml", "secret_door: open\n");
        fixture.later(Duration.ofSeconds(1));
        assertThat(fixture.rules.voids(fixture.now(run)))
                .hasValueSatisfying(why -> assertThat(why).contains("inventory/production/group_vars changed"));
    }

    @Test
    void theGatewaysOwnStatusFileVoidsNothing() throws IOException {
        var run = deployment();
        fixture.write("inventory/production/status.yml", "environment: production\n");
        fixture.later(Duration.ofSeconds(1));
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
    }

    @Test
    void anExpiredApprovalEndsAsExpired() {
        var run = deployment();
        fixture.later(Duration.ofHours(2));
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id())))
                .isInstanceOfSatisfying(
                        Reply.TooLate.class, l -> assertThat(l.message()).contains("expired"));
        assertThat(fixture.now(run).state()).isEqualTo(RunState.EXPIRED);
        var other = deployment();
        fixture.later(Duration.ofHours(2));
        fixture.approvalPreviews.run();
        assertThat(fixture.now(other).state()).isEqualTo(RunState.EXPIRED);
    }

    @Test
    void anApprovalAfterARestartCounts() throws IOException {
        var run = deployment();
        fixture.approvalPreviews.run();
        fixture.close();
        fixture = new CommandFixture(home, POLICY);
        assertThat(fixture.now(run).approvalState().outline()).isPresent();
        assertThat(fixture.say("slack:bob", new RunCommand.Approve(run.id()))).isInstanceOf(Reply.Accepted.class);
        assertThat(fixture.claim("deploy")).map(Run::id).contains(run.id());
    }

    @Test
    void aRejectionEndsItAndSaysWhy() {
        var run = deployment();
        assertThat(fixture.say("slack:bob", new RunCommand.Reject(run.id(), "not before the backup")))
                .isInstanceOf(Reply.Accepted.class);
        assertThat(fixture.now(run).state()).isEqualTo(RunState.REJECTED);
        assertThat(fixture.now(run).reason()).isEqualTo("rejected by slack:bob: not before the backup");
        assertThat(fixture.say("slack:carol", new RunCommand.Approve(run.id()))).isInstanceOf(Reply.TooLate.class);
    }

    @Test
    void aRetryOfAnApprovedRunIsAskedForAnew() {
        var run = deployment();
        fixture.say("slack:bob", new RunCommand.Approve(run.id()));
        fixture.claim("deploy");
        fixture.journal.append(run.id(), new RunEvent.Finished(new Outcome.Failed(2, "1 of 2 hosts failed")));
        assertThat(fixture.asked("slack:alice", new RunCommand.Retry(run.id())).state())
                .isEqualTo(RunState.AWAITING_APPROVAL);
        assertThat(fixture.asked("slack:alice", new RunCommand.Rerun(run.id())).state())
                .isEqualTo(RunState.AWAITING_APPROVAL);
    }
}
