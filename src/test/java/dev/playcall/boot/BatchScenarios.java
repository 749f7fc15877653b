package dev.playcall.boot;

import static dev.playcall.boot.ChatFixture.bad;
import static dev.playcall.boot.ChatFixture.good;
import static dev.playcall.boot.ChatScenarios.always;
import static dev.playcall.boot.ChatScenarios.shows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.RunState;
import java.time.Duration;
import java.util.List;

/** What every platform owes those who do the same in several environments. */
final class BatchScenarios {
    private static final Duration LONG = Duration.ofSeconds(40);

    private BatchScenarios() {}

    static List<ChatScenarios.Scenario> all() {
        return List.of(
                always("a batch is one card with a line for each environment, and its runs have no cards", s -> {
                    assertThat(s.say("alice", "batch deploy staging,production version=v1")
                                    .text())
                            .contains("Batch 1 deploy v1 → staging, production");
                    shows(s, "Batch 1", "queued", "#1", "staging", "#2", "production", "by alice, stops on failure");
                    var first = s.house().begin("deploy");
                    shows(s, "Batch 1", "running", "#1 staging");
                    s.house().restart();
                    s.house().succeed(first);
                    shows(s, "1 of 2 ended");
                    s.house().succeed(s.house().begin("deploy"));
                    shows(s, "Batch 1 deploy v1 → staging, production succeeded");
                    assertThat(s.channel()).hasSize(1);
                }),
                always(
                        "when a run of a batch fails, the channel hears it, the rest does not start, and can be"
                                + " retried",
                        s -> {
                            s.say("alice", "batch deploy production,staging version=v1");
                            shows(s, "Batch 1", "queued");
                            s.house().fail(s.house().begin("deploy"), bad("web-1", "answered 503"), good("web-2"));
                            shows(
                                    s,
                                    "Batch 1",
                                    "failed: 1 failed, 1 not started",
                                    "web-1",
                                    "batch 1 stopped after #1 production failed");
                            shows(s, "#1 deploy v1 → production failed", "answered 503");
                            assertThat(s.house().run(2).state()).isEqualTo(RunState.CANCELLED);
                            s.press("bob", "Retry failed");
                            shows(s, "Batch 2", "production (web-1)", "retry of batch 1", "by bob");
                            assertThat(s.press("alice", "Retry failed").text()).contains("bob was faster");
                            assertThat(s.house().runs()).hasSize(4);
                            await().atMost(LONG)
                                    .untilAsserted(() -> assertThat(s.channel()).hasSize(3));
                        }),
                always("`--on-failure continue` goes on behind a failure", s -> {
                    s.say("alice", "batch deploy production,staging version=v1 --on-failure continue");
                    shows(s, "continues on failure");
                    s.house().fail(s.house().begin("deploy"), bad("web-1", "answered 503"));
                    s.house().succeed(s.house().begin("deploy"));
                    shows(s, "Batch 1", "failed: 1 failed, 1 succeeded");
                }),
                always("if one environment of a batch is refused nothing is started, and each is named", s -> {
                    assertThat(s.say("alice", "batch deploy staging,prodction version=v1")
                                    .text())
                            .contains("nothing was started", "prodction", "did you mean production");
                    s.say("bob", "lock production database restore");
                    assertThat(s.say("alice", "batch deploy staging,production version=v1")
                                    .text())
                            .contains("nothing was started", "production: ", "database restore");
                    assertThat(s.say("alice", "batch deploy").text()).contains("environment");
                    assertThat(s.house().runs()).isEmpty();
                    assertThat(s.channel()).isEmpty();
                }),
                always("a batch over all environments is shown in its order and asked about before", s -> {
                    var said = s.say("alice", "batch deploy all version=v1");
                    assertThat(said.text())
                            .contains("2 environments", "in this order: production, staging", "Start them?");
                    assertThat(s.house().runs()).isEmpty();
                    s.answer("alice", "Yes, start");
                    shows(s, "Batch 1");
                    assertThat(s.house().runs()).hasSize(2);
                }),
                always("runs of a batch that have not started are cancelled, and running ones continue", s -> {
                    s.say("alice", "batch deploy staging,production version=v1");
                    shows(s, "Batch 1");
                    var first = s.house().begin("deploy");
                    shows(s, "running");
                    assertThat(s.press("bob", "Cancel the rest").text()).contains("#2 production does not start");
                    assertThat(s.house().state(first)).isEqualTo(RunState.RUNNING);
                    s.house().succeed(first);
                    shows(s, "Batch 1", "cancelled: 1 succeeded, 1 not started");
                    assertThat(s.say("alice", "show batch 1").text()).contains("Batch 1", "not started");
                    assertThat(s.say("alice", "cancel batch 1").text()).contains("has already finished");
                    s.say("alice", "batch deploy staging,production version=v2");
                    shows(s, "Batch 2");
                    assertThat(s.say("alice", "cancel 3").text())
                            .contains("#3 is cancelled, and with it the rest of its batch, which stops there:"
                                    + " production");
                }),
                always("a run of a batch that needs approval asks for it on the card of the batch", s -> {
                    s.house().access("access: { policies: [{ environments: [production], approvals: 1 }] }\n");
                    s.say("alice", "batch deploy staging,production version=v1");
                    shows(s, "Batch 1", "#2 production is awaiting approval", "needs 1 approval");
                    s.press("bob", "Approve #2");
                    await().atMost(LONG).until(() -> s.house().run(2).state() == RunState.QUEUED);
                    s.house().succeed(s.house().begin("deploy"));
                    s.house().succeed(s.house().begin("deploy"));
                    shows(s, "Batch 1", "succeeded");
                }));
    }
}
