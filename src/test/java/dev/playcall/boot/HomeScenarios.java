package dev.playcall.boot;

import static dev.playcall.boot.ChatScenarios.failed;
import static dev.playcall.boot.ChatScenarios.shows;
import static dev.playcall.boot.ChatScenarios.where;
import static dev.playcall.boot.ChatScenarios.working;
import static dev.playcall.boot.ChatStage.Feature.HOME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.RunState;
import dev.playcall.notify.event.NotificationEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What somebody's own page shows of the operations, and what can be done there. */
final class HomeScenarios {
    private static final Duration LONG = Duration.ofSeconds(40);

    private HomeScenarios() {}

    /** Opens the page until it shows all of this. */
    private static void home(ChatStage s, String person, String... parts) {
        await().atMost(LONG).untilAsserted(() -> assertThat(s.home(person)).contains(parts));
    }

    /** alice may do everything, bob everything in staging. */
    private static void bobHasStaging(ChatStage s) {
        var p = s.platform();
        s.house().access("""
            access:
              roles: { stager: { permissions: [view, start, approve, cancel, lock], environments: [staging] } }
              bindings:
                - { role: admin, people: ["%s:U0ALICE"] }
                - { role: stager, people: ["%s:U0BOB"] }
            """.formatted(p, p));
        s.say("alice", "help"); // waits until the platform is connected again
    }

    static List<ChatScenarios.Scenario> all() {
        return List.of(
                where(HOME, "a page of one's own shows what runs, what is live where and what one did", s -> {
                    working(s);
                    home(
                            s,
                            "alice",
                            "1 running",
                            "#1 deploy v1.2.3 → production by alice, running for",
                            "Live",
                            "No open alerts",
                            "Your last runs");
                    s.pressHome("alice", "Status", "web-1");
                }),
                where(HOME, "a server that fails stands on the page with the version that is live", s -> {
                    failed(s);
                    home(s, "bob", "Nothing is running", "✗ production", "failing: web-1");
                }),
                where(HOME, "what waits for one's approval is approved on the page, by nobody who asked for it", s -> {
                    s.house()
                            .access("access: { bindings: [ { role: admin, people: [\"" + s.platform()
                                    + ":*\"] } ], policies: [ { operations: [deploy] } ] }\n");
                    s.say("alice", "help"); // waits until the platform is connected again
                    s.say("alice", "deploy production --reason \"fix the login\"");
                    shows(s, "#1");
                    home(s, "alice", "1 awaiting approval");
                    assertThat(s.home("alice")).doesNotContain("Waiting for your approval");
                    home(
                            s,
                            "bob",
                            "Waiting for your approval: 1",
                            "#1 deploy → production by alice, expires in",
                            "reason: fix the login");
                    s.pressHome("bob", "Approve");
                    await().atMost(LONG)
                            .untilAsserted(
                                    () -> assertThat(s.house().last().state()).isEqualTo(RunState.QUEUED));
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.home("bob")).doesNotContain("Waiting for your approval"));
                }),
                where(HOME, "an open alert is acknowledged on the page", s -> {
                    s.house().tellAlerts(s.platform());
                    s.say("alice", "help"); // waits until the platform is connected again
                    var labels = Map.of("environment", "production", "instance", "web-1");
                    s.house().alert("nginx is down", NotificationEvent.Status.OPEN, labels);
                    shows(s, "nginx is down");
                    home(s, "bob", "1 open alert", "nginx is down", "Acknowledge");
                    s.pressHome("bob", "Acknowledge", "acknowledged by bob");
                }),
                where(HOME, "*Run…* on the page opens the form that starts a run", s -> {
                    home(s, "alice", "Run…");
                    s.pressHome("alice", "Run…", "start.command");
                }),
                where(HOME, "the page shows only what this person may see, and how much more there is", s -> {
                    bobHasStaging(s);
                    for (int i = 0; i < 7; i++) {
                        var labels = Map.of("environment", "staging", "instance", "stage-" + i);
                        s.house().alert("disk " + i + " is full", NotificationEvent.Status.OPEN, labels);
                    }
                    s.say("alice", "deploy production");
                    shows(s, "#1");
                    home(s, "bob", "Nothing is running", "7 open alerts", "and 2 more", "Show all");
                    assertThat(s.home("bob")).doesNotContain("production", "#1", "1 awaiting approval");
                    s.pressHome("bob", "Show all", "disk 0 is full", "disk 6 is full");
                }));
    }
}
