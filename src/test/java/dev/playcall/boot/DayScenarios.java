package dev.playcall.boot;

import static dev.playcall.boot.ChatStage.Feature.BUTTONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What every platform owes those who operate day after day. */
final class DayScenarios {
    private static final Duration LONG = Duration.ofSeconds(40);

    private DayScenarios() {}

    static List<ChatScenarios.Scenario> all() {
        return List.of(schedules(), holds(), LibraryScenarios.all()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static ChatScenarios.Scenario always(String name, Consumer<ChatStage> play) {
        return new ChatScenarios.Scenario(name, Set.of(), play);
    }

    private static ChatScenarios.Scenario unasked(String name, Consumer<ChatStage> play) {
        return new ChatScenarios.Scenario(name, Set.of(ChatStage.Feature.UNASKED), play);
    }

    private static void shows(ChatStage stage, String... parts) {
        await(List.of(parts).toString())
                .atMost(LONG)
                .untilAsserted(() -> assertThat(stage.channel())
                        .anyMatch(t -> List.of(parts).stream().allMatch(t::contains)));
    }

    private static List<ChatScenarios.Scenario> schedules() {
        return List.of(
                always("a schedule is kept, listed with its next times, paused, resumed and removed", s -> {
                    var said =
                            s.say("alice", "schedule add \"30 2 * * *\" deploy staging version=v1 --tz Europe/Berlin");
                    assertThat(said.text())
                            .contains(
                                    "Schedule 1", "deploy staging", "02:30", "Europe/Berlin", "caught up with one run");
                    assertThat(s.say("alice", "schedule list").text()).contains("deploy staging", "02:30", "alice");
                    assertThat(s.say("alice", "schedule pause 1 we move house").text())
                            .contains("is paused");
                    assertThat(s.say("bob", "schedule list").text()).contains("we move house");
                    assertThat(s.say("alice", "schedule resume 1").text()).contains("is resumed");
                    assertThat(s.say("alice", "schedule remove 1").text()).contains("is removed");
                    assertThat(s.say("alice", "schedule list").text()).contains("No schedules.");
                    assertThat(s.house().runs()).isEmpty();
                }),
                always("a schedule that cannot be is refused in one line", s -> {
                    assertThat(s.say("alice", "schedule add \"0 0 30 2 *\" deploy staging")
                                    .text())
                            .contains("no such day");
                    assertThat(s.say("alice", "schedule add \"30 2 * * *\" deploy stagin")
                                    .text())
                            .contains("did you mean staging");
                    assertThat(s.say("alice", "schedule add").text()).contains("For example: schedule add");
                    assertThat(s.say("alice", "schedule run 7").text()).contains("there is no schedule 7");
                    assertThat(s.house().runs()).isEmpty();
                }),
                always("what is scheduled is shown in the channel where that was said, with its owner's rights", s -> {
                    s.say("alice", "schedule at +2s deploy staging version=v1");
                    s.house().goOn(Duration.ofSeconds(3));
                    shows(s, "deploy v1 → staging", "schedule 1");
                    assertThat(s.house().last().requestedBy().value()).isEqualTo("schedule:1");
                }),
                always("`schedule run` starts it now, once for each time it is said", s -> {
                    s.say("alice", "schedule add \"30 2 * * *\" deploy staging version=v1");
                    assertThat(s.say("bob", "schedule run 1").text()).contains("#1");
                    shows(s, "deploy v1 → staging", "queued", "by bob");
                    assertThat(s.house().last().state()).isEqualTo(RunState.QUEUED);
                }),
                always("a report is had at once, kept, listed and removed", s -> {
                    assertThat(s.say("alice", "report now staging").text())
                            .contains("staging, the last 24 hours: no runs finished");
                    var daily = "report daily staging at 08:30 --tz Europe/Berlin";
                    boolean inSlack = s.platform().equals("slack");
                    assertThat(s.say("alice", daily + " --channel " + (inSlack ? "discord:9" : "slack:C9"))
                                    .text())
                            .contains(
                                    "cannot be posted to", (inSlack ? "Discord" : "Slack") + " is not configured here");
                    if (s.platform().equals("console")) {
                        assertThat(s.say("alice", daily).text()).contains("a Slack or Discord channel");
                        return;
                    }
                    assertThat(s.say("alice", daily + " --channel " + (inSlack ? "slack:C0NOBODY" : "discord:404"))
                                    .text())
                            .contains("no such channel");
                    assertThat(s.say("alice", daily).text())
                            .contains("Schedule 1: report on staging", "08:30", "Europe/Berlin", "posted here");
                    assertThat(s.say("bob", "report list").text()).contains("1 report", "report on staging");
                    assertThat(s.say("alice", "schedule run 1").text()).contains("report now staging");
                    assertThat(s.say("alice", "report remove 1").text()).contains("is removed");
                    assertThat(s.say("alice", "report list").text()).contains("No scheduled reports");
                }),
                ChatScenarios.where(BUTTONS, "a report offers to retry what still fails", s -> {
                    ChatScenarios.failed(s);
                    assertThat(s.say("bob", "report now production").text())
                            .contains("Still failing: deploy production");
                    s.answer("bob", "Retry #1 deploy production");
                    shows(s, "#2", "retry of #1", "by bob");
                    assertThat(s.say("bob", "report now production").text()).doesNotContain("Retry #1");
                }),
                always("a host without an inventory file is registered, seen everywhere, and unregistered", s -> {
                    assertThat(s.say("alice", "host register staging vm-7 address=10.0.0.7 tags=canary rack=12")
                                    .text())
                            .contains("vm-7 is registered in staging, tagged canary");
                    assertThat(s.say("bob", "hosts staging").text()).contains("vm-7 (registered)", "canary");
                    assertThat(s.say("bob", "host registered staging").text()).contains("10.0.0.7", "rack=12", "alice");
                    s.say("alice", "deploy staging version=v1 --limit canary");
                    assertThat(s.house().last().request().hosts()).containsExactly("vm-7");
                    assertThat(s.say("alice", "host unregister staging vm-7").text())
                            .contains("no longer registered", "keep it");
                    assertThat(s.say("alice", "host register staging vm-7 ansible_connection=local")
                                    .text())
                            .contains("decide what is executed");
                }),
                unasked("a schedule in a freeze window starts nothing, and the channel is notified why", s -> {
                    s.say("alice", "schedule at +2s deploy staging version=v1");
                    s.house().freeze("staging", "year end");
                    s.house().goOn(Duration.ofSeconds(3));
                    shows(s, "Schedule 1 did not start deploy staging", "year end");
                    assertThat(s.house().runs()).isEmpty();
                }));
    }

    private static List<ChatScenarios.Scenario> holds() {
        return List.of(
                always("a paused environment keeps its runs waiting, and their card says by whom and why", s -> {
                    assertThat(s.say("alice", "pause production database moves").text())
                            .contains("is paused");
                    s.say("bob", "deploy production version=v1");
                    shows(s, "queued", "production is paused by", "database moves");
                    assertThat(s.say("bob", "queue").text())
                            .contains("#1: Position 1 for deploy; production is paused by alice: database moves");
                    assertThat(s.say("alice", "resume production").text()).contains("production is resumed");
                }),
                always(
                        "a running run is paused and resumed, and its card says by whom and what that cannot" + " hold",
                        s -> {
                            s.say("alice", "deploy production version=v1");
                            shows(s, "queued");
                            var run = s.house().begin("deploy");
                            shows(s, "running");
                            s.press("bob", "Pause");
                            shows(
                                    s,
                                    "#1 deploy v1 → production paused",
                                    "paused by bob since",
                                    "already started on hosts continue");
                            s.house().restart();
                            assertThat(s.say("alice", "show 1").text()).contains("paused by bob");
                            assertThat(s.say("alice", "pause 1 again").text()).contains("paused already");
                            assertThat(s.say("alice", "resume 1").text()).contains("running");
                            shows(s, "#1 deploy v1 → production running");
                            s.house().succeed(run);
                            shows(s, "succeeded");
                        }),
                always("who asks for it is mentioned below the card when the run starts and when it finishes", s -> {
                    s.say("alice", "deploy production version=v1");
                    shows(s, "Next");
                    assertThat(s.press("bob", "Notify me").text()).contains("mentioned below the card of #1");
                    s.house().restart();
                    var run = s.house().begin("deploy");
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.thread())
                                    .anyMatch(t -> t.contains("running") && t.contains("for bob, who asked")));
                    s.house().succeed(run);
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.thread())
                                    .anyMatch(t -> t.contains("succeeded") && t.contains("for bob, who asked")));
                    assertThat(s.say("bob", "notify me 1").text()).contains("has already finished");
                    assertThat(s.say("bob", "notify me x").text()).contains("For example: notify me");
                }),
                always("while it is drained every request is refused with the reason", s -> {
                    s.say("alice", "drain update at six");
                    assertThat(s.say("bob", "deploy production version=v1").text())
                            .contains("update at six");
                    assertThat(s.house().runs()).isEmpty();
                    s.say("alice", "resume");
                    assertThat(s.say("bob", "deploy production version=v1").text())
                            .contains("#1");
                }));
    }
}
