package dev.playcall.boot;

import static dev.playcall.boot.ChatScenarios.always;
import static dev.playcall.boot.ChatScenarios.failed;
import static dev.playcall.boot.ChatScenarios.shows;
import static dev.playcall.boot.ChatScenarios.where;
import static dev.playcall.boot.ChatStage.Feature.THREADS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        var said = s.say("alice", "deploy production version=v1.2.3");
        shows(s, "#1", "deploy v1.2.3");
        var waiting = s.house().last();
        assertThat(waiting.state()).isEqualTo(RunState.AWAITING_APPROVAL);
        assertThat(said.text())
                .contains("needs " + waiting.approvalState().terms().approvals(), "; approve 1");
    }

    private static void becomes(ChatStage s, RunState state) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(s.house().last().state()).isEqualTo(state));
    }

    /**
     * In a form, or with the reason behind the command where there are no forms; answered with names, not with ids, but on the
     * console, which knows no names.
     */
    private static void rejects(ChatStage s, String reason) {
        ChatStage.Said said;
        boolean console = s.platform().equals("console");
        if (console) {
            said = s.say("bob", "reject 1 " + reason);
        } else {
            s.press("bob", "Reject");
            said = s.submit("bob", Map.of("reason", reason));
        }
        assertThat(said.text()).contains("rejected by " + (console ? "console:bob" : "bob") + ": " + reason);
    }

    /** What was said asks for the reason; Discord opens a form only for who presses a button. */
    private static void giveReason(ChatStage s, ChatStage.Said said, String reason) {
        assertThat(said.text()).contains("requires a reason");
        if (s.platform().equals("discord")) {
            s.answer("alice", "Fill in");
        }
        s.submit("alice", Map.of("reason", reason));
    }

    private static void belowTheCard(ChatStage s, String... parts) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(s.thread())
                        .anyMatch(
                                t -> t.contains("<@") && List.of(parts).stream().allMatch(t::contains)));
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
                            .contains("someone else has to approve it", "everybody else on " + s.platform(), "could");
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
                always("Reject asks for a reason and ends it, and the card says who and why", s -> {
                    agreed(s, "");
                    rejects(s, "wrong week");
                    becomes(s, RunState.REJECTED);
                    shows(s, "#1", "rejected", "bob", "wrong week");
                }),
                where(THREADS, "who asked is mentioned below the card when it is approved", s -> {
                    agreed(s, "");
                    s.press("bob", "Approve");
                    belowTheCard(s, "deploy v1.2.3 → production was approved by bob", "for alice, who requested it");
                }),
                where(THREADS, "who asked is mentioned below the card when it is rejected", s -> {
                    agreed(s, "");
                    rejects(s, "wrong week");
                    belowTheCard(s, "rejected by bob: wrong week", "for alice, who requested it");
                }),
                always("what waits for approval says who asks, why, until when, and that nobody tried it", s -> {
                    s.house()
                            .access("access: { bindings: [ { role: admin, people: [\"" + s.platform()
                                    + ":*\"] } ], policies: [ { operations: [deploy] } ] }\n");
                    s.say("alice", "help"); // waits until the platform is connected again
                    s.say("alice", "deploy production --reason \"fix the login\"");
                    shows(s, "by alice", "reason: fix the login", "expires in", "No preview was made");
                }),
                always("a reason that is required is asked for, also by a button, and then it is done", s -> {
                    failed(s);
                    s.house()
                            .access("access: { bindings: [ { role: admin, people: [\"" + s.platform()
                                    + ":*\"] } ], policies: [ { operations: [deploy], approvals: 0,"
                                    + " reason_required: true } ] }\n");
                    s.say("alice", "help"); // waits until the platform is connected again
                    giveReason(s, s.press("alice", "Retry failed hosts"), "disk replaced");
                    shows(s, "#2", "retry of #1");
                    assertThat(s.house().last().request().description()).isEqualTo("disk replaced");
                    giveReason(s, s.say("alice", "deploy staging version=v1.2.4"), "CHG-7 hot fix");
                    shows(s, "#3", "deploy v1.2.4");
                    assertThat(s.house().last().request().description()).isEqualTo("CHG-7 hot fix");
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
