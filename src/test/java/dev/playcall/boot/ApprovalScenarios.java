package dev.playcall.boot;

import static dev.playcall.boot.ChatScenarios.always;
import static dev.playcall.boot.ChatScenarios.shows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.RunState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What the buttons Approve and Reject promise on every platform. */
final class ApprovalScenarios {
    private static final Duration LONG = Duration.ofSeconds(40);

    private ApprovalScenarios() {}

    /** Everybody of the platform may do everything, and this has to be agreed. */
    private static void agreed(ChatStage s, String policy) {
        s.house()
                .access("access: { bindings: [ { role: admin, people: [\"" + s.platform()
                        + ":*\"] } ], policies: [ { operations: [deploy]" + policy + " } ] }\n");
        s.say("alice", "help"); // waits until the platform is connected again
        s.say("alice", "deploy production version=v1.2.3");
        shows(s, "#1", "deploy v1.2.3");
        assertThat(s.house().last().state()).isEqualTo(RunState.AWAITING_APPROVAL);
    }

    private static void becomes(ChatStage s, RunState state) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(s.house().last().state()).isEqualTo(state));
    }

    static List<ChatScenarios.Scenario> all() {
        return List.of(
                always("Approve of somebody else lets it start, and the card says who", s -> {
                    agreed(s, "");
                    s.press("bob", "Approve");
                    becomes(s, RunState.QUEUED);
                    shows(s, "#1", "approved by bob");
                }),
                always("Approve of the one who asked is refused, and they learn who could", s -> {
                    agreed(s, "");
                    var said = s.press("alice", "Approve");
                    assertThat(said.text())
                            .contains("someone else has to approve it", "everybody on " + s.platform(), "could");
                    assertThat(said.alone()).isTrue();
                    assertThat(s.house().last().state()).isEqualTo(RunState.AWAITING_APPROVAL);
                }),
                always("of two who press Approve at once one is first, and the other sees that", s -> {
                    agreed(s, ", requester_may_approve: true");
                    var both = Stream.of("alice", "bob")
                            .map(p -> CompletableFuture.supplyAsync(
                                    () -> s.press(p, "Approve").text()))
                            .toList();
                    var texts = both.stream().map(CompletableFuture::join).toList();
                    becomes(s, RunState.QUEUED);
                    assertThat(s.house().last().approvalState().given()).hasSize(1);
                    assertThat(texts).filteredOn(t -> t.contains("was faster")).hasSize(1);
                }),
                always("Reject ends it, and the card says who", s -> {
                    agreed(s, "");
                    s.press("bob", "Reject");
                    becomes(s, RunState.REJECTED);
                    shows(s, "#1", "rejected", "bob");
                }),
                always("Approve after its time ends it as expired", s -> {
                    agreed(s, ", expires: 1s");
                    var over = s.house().last().approvalState().terms().until().orElseThrow();
                    await().atMost(LONG).until(() -> java.time.Instant.now().isAfter(over));
                    assertThat(s.press("bob", "Approve").text()).contains("expired");
                    becomes(s, RunState.EXPIRED);
                }),
                always("Approve after a restart still counts", s -> {
                    agreed(s, "");
                    s.house().restart();
                    s.say("bob", "help"); // waits until the platform is connected again
                    s.press("bob", "Approve");
                    becomes(s, RunState.QUEUED);
                }),
                always("`retry 1` and `rerun 1` take a reason and an override", s -> {
                    s.say("alice", "deploy production version=v1.2.3");
                    shows(s, "queued");
                    s.say("alice", "cancel 1");
                    shows(s, "cancelled");
                    s.say("bob", "lock production database restore");
                    assertThat(s.say("alice", "rerun 1").text()).contains("database restore");
                    s.say("alice", "rerun 1 --override \"site is down\" --reason again");
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.house().runs()).hasSize(2));
                    var run = s.house().last();
                    assertThat(run.approvalState().terms().override()).isEqualTo("site is down");
                    assertThat(run.request().description()).isEqualTo("again");
                }));
    }
}
