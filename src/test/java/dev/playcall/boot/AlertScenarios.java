package dev.playcall.boot;

import static dev.playcall.boot.ChatScenarios.always;
import static dev.playcall.boot.ChatScenarios.refuses;
import static dev.playcall.boot.ChatScenarios.says;
import static dev.playcall.boot.ChatScenarios.shows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.boot.ChatScenarios.Scenario;
import dev.playcall.boot.ChatStage.Said;
import dev.playcall.notify.event.NotificationEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What every platform owes those who are called by an alert. */
final class AlertScenarios {
    private static final Duration LONG = Duration.ofSeconds(40);

    private AlertScenarios() {}

    private static boolean hasChannel(ChatStage s) {
        return !s.platform().equals("console");
    }

    private static void opens(ChatStage s, String instance) {
        s.house().tellAlerts(s.platform());
        s.say("alice", "help"); // waits until the platform is connected again
        s.house().alert("nginx is down", NotificationEvent.Status.OPEN, labels(instance));
        sees(s, "nginx is down");
    }

    private static Map<String, String> labels(String instance) {
        return Map.of("environment", "production", "instance", instance);
    }

    /** In the channel, and for those without one in the list of alerts. */
    private static void sees(ChatStage s, String text) {
        if (hasChannel(s)) {
            shows(s, text);
        } else {
            await(text)
                    .atMost(LONG)
                    .untilAsserted(
                            () -> assertThat(s.say("alice", "alerts").text()).contains(text));
        }
    }

    /** A button, or what is typed where there are none. */
    private static Said does(ChatStage s, String person, String label, String typed) {
        return hasChannel(s) ? s.press(person, label) : s.say(person, typed);
    }

    static List<Scenario> all() {
        return List.of(
                says("alerts", "No open alerts"),
                says("mutes", "No active mutes"),
                says("deliveries", "No deliveries yet"),
                refuses("mute prodction", "did you mean production?"),
                refuses("unmute 9", "there is no mute 9"),
                refuses("ack 99", "there is no alert 99"),
                refuses("act 99", "there is no action 99"),
                refuses("resolve 99 it is gone", "there is no alert 99"),
                refuses("resolve soon", "which alert?"),
                refuses("notify test nobody", "there is no receiver or route \"nobody\""),
                refuses("redeliver 9", "there is no delivery 9"),
                refuses("deliveries lost", "due, sending, done, dead, muted, folded"),
                always("Ack shows in place who takes care of an alert", s -> {
                    opens(s, "web-1");
                    assertThat(does(s, "bob", "Ack", "ack 1").text()).contains("acknowledged: 1: nginx is down");
                    sees(s, hasChannel(s) ? "bob acknowledged it at" : "acknowledged by bob");
                    assertThat(s.say("alice", "ack 1").text()).contains("bob already acknowledged alert 1");
                }),
                always("an alert is resolved by hand with a reason, and everyone notified sees it", s -> {
                    opens(s, "web-1");
                    assertThat(s.say("alice", "resolve 1 the playbook was deleted")
                                    .text())
                            .contains("alert 1 is resolved: nginx is down");
                    assertThat(s.say("bob", "resolve 1 once more").text()).contains("alert 1 was resolved at");
                    assertThat(s.say("bob", "alerts").text()).contains("No open alerts");
                    if (hasChannel(s)) {
                        shows(s, "Resolved: nginx is down", "resolved by hand by alice: the playbook was deleted");
                    }
                }),
                always("an action of an alert is started by who presses it, and its result is posted there", s -> {
                    opens(s, "web-1");
                    assertThat(does(s, "alice", "restart web-1", "act 1").text())
                            .contains("#1");
                    var run = s.house().last();
                    assertThat(run.request().limit()).isEqualTo("web-1");
                    assertThat(s.say("bob", "act 1").text()).contains("alice already ran this", "(#1)");
                    var begun = s.house().begin("rollback");
                    s.house().succeed(begun);
                    if (hasChannel(s)) {
                        shows(s, "nginx is down", "#1 (restart web-1) succeeded");
                        s.house().alert("nginx is down", NotificationEvent.Status.RESOLVED, labels("web-1"));
                        shows(s, "Resolved: nginx is down", "#1 (restart web-1) resolved it");
                    }
                }),
                always("what an alert offers is refused where its limit is no host", s -> {
                    opens(s, "web-99");
                    assertThat(does(s, "alice", "restart web-99", "act 1").text())
                            .contains("web-99");
                    assertThat(s.house().runs()).isEmpty();
                }),
                always("a muted alert is not sent, and is sent when the mute ends", s -> {
                    opens(s, "web-1");
                    assertThat(s.say("alice", "mute production --for 2h disks are replaced")
                                    .text())
                            .contains("notifications muted: production for 2 h");
                    s.house().alert("disk is full", NotificationEvent.Status.OPEN, labels("web-2"));
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(
                                            s.say("bob", "deliveries muted").text())
                                    .contains("disk is full"));
                    assertThat(s.say("bob", "mutes").text())
                            .contains("environment=\"production\"", "disks are replaced", "1 suppressed");
                    assertThat(s.channel()).noneMatch(t -> t.contains("disk is full"));
                    assertThat(s.say("bob", "unmute 1").text()).contains("is unmuted");
                    sees(s, "disk is full");
                }));
    }
}
