package dev.playcall.boot;

import static dev.playcall.boot.ChatFixture.bad;
import static dev.playcall.boot.ChatFixture.good;
import static dev.playcall.boot.ChatStage.Feature.AUTOCOMPLETE;
import static dev.playcall.boot.ChatStage.Feature.BUTTONS;
import static dev.playcall.boot.ChatStage.Feature.FILES;
import static dev.playcall.boot.ChatStage.Feature.GLOBAL_LIMIT;
import static dev.playcall.boot.ChatStage.Feature.GROUPS;
import static dev.playcall.boot.ChatStage.Feature.MENTIONS;
import static dev.playcall.boot.ChatStage.Feature.THREADS;
import static dev.playcall.boot.ChatStage.Feature.WIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.playcall.domain.HostResult;
import dev.playcall.domain.Run;
import dev.playcall.domain.RunState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What every platform owes the people in its channel. One list; a platform that cannot do something says why. */
final class ChatScenarios {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Duration OUTAGE = Duration.ofSeconds(30);

    private ChatScenarios() {}

    /**
     * One promise; {@code needs} what a platform must have for it to make sense, {@code readOnly} that it finds an empty
     * gateway and leaves it so.
     */
    record Scenario(String name, Set<ChatStage.Feature> needs, boolean readOnly, Consumer<ChatStage> play) {
        Scenario(String name, Set<ChatStage.Feature> needs, Consumer<ChatStage> play) {
            this(name, needs, false, play);
        }
    }

    static Scenario always(String name, Consumer<ChatStage> play) {
        return new Scenario(name, Set.of(), play);
    }

    private static Scenario readOnly(String name, Consumer<ChatStage> play) {
        return new Scenario(name, Set.of(), true, play);
    }

    static Scenario where(ChatStage.Feature feature, String name, Consumer<ChatStage> play) {
        return new Scenario(name, Set.of(feature), play);
    }

    static Scenario says(String line, String... parts) {
        return readOnly("`" + line + "` answers the one who asks alone", s -> {
            var said = s.say("alice", line);
            assertThat(said.text()).contains(parts);
            assertThat(said.alone()).isTrue();
            assertThat(s.house().runs()).isEmpty();
            assertThat(s.channel()).isEmpty();
        });
    }

    static Scenario refuses(String line, String... parts) {
        return readOnly("`" + line + "` is refused in one line that says what would be right", s -> {
            var said = s.say("alice", line);
            assertThat(said.text().strip()).contains(parts).doesNotContain("\n");
            assertThat(said.alone()).isTrue();
            assertThat(s.house().runs()).isEmpty();
            assertThat(s.channel()).isEmpty();
        });
    }

    private static Scenario starts(String line, String card) {
        return always("`" + line + "` becomes a run with one card", s -> {
            assertThat(s.say("alice", line).text()).contains("#1");
            shows(s, card);
            assertThat(s.channel()).hasSize(1);
            assertThat(s.channel().getFirst()).contains("by alice");
        });
    }

    static void shows(ChatStage stage, String... parts) {
        shows(
                stage,
                t -> List.of(parts).stream().allMatch(t::contains),
                List.of(parts).toString());
    }

    static void shows(ChatStage stage, Predicate<String> text, String what) {
        await(what).atMost(LONG).untilAsserted(() -> assertThat(stage.channel()).anyMatch(text));
    }

    static Run working(ChatStage stage) {
        stage.say("alice", "deploy production version=v1.2.3");
        shows(stage, "#1");
        var run = stage.house().begin("deploy");
        shows(stage, "running");
        return run;
    }

    static Run failed(ChatStage stage) {
        var run = working(stage);
        stage.house()
                .fail(run, bad("web-1", "answered 503"), bad("web-2", "answered 503"), good("web-3"), good("db-1"));
        shows(stage, "failed", "web-1");
        await().atMost(LONG).untilAsserted(() -> assertThat(stage.channel()).hasSize(2));
        return run;
    }

    private static Run succeeded(ChatStage stage) {
        var run = working(stage);
        stage.house().progress(run, "Restart", good("web-1"), good("web-2"), good("web-3"), good("db-1"));
        stage.house().log(run, "TASK [Restart]\nchanged: [web-1]\nok: [web-2]\n");
        stage.house().succeed(run);
        shows(stage, "succeeded");
        return run;
    }

    /** Alice is in the group that may operate, Bob is not. */
    private static void guarded(ChatStage s) {
        s.house()
                .access("access: { roles: { stager: { includes: [operator], environments: [staging] } }, bindings: [{"
                        + " role: stager, groups: ["
                        + s.group() + "] }] }\n");
        s.say("alice", "help"); // waits until the platform is connected again
    }

    private static List<Scenario> access() {
        return List.of(
                where(GROUPS, "who is in a group of the platform may do what its role allows, and nothing else", s -> {
                    guarded(s);
                    assertThat(s.say("alice", "deploy staging").text()).contains("#1");
                    assertThat(s.say("alice", "deploy production").text())
                            .contains("you may not start deploy in production");
                    assertThat(s.say("alice", "status").text())
                            .contains("stage-1")
                            .doesNotContain("web-1");
                    assertThat(s.house().runs()).hasSize(1);
                }),
                where(GROUPS, "who is in no group is refused, learns who could, and sees nothing", s -> {
                    guarded(s);
                    var said = s.say("bob", "deploy staging");
                    assertThat(said.text())
                            .contains("you may not start deploy in staging", "group " + s.group(), "could");
                    assertThat(said.alone()).isTrue();
                    assertThat(s.say("bob", "status").text())
                            .contains("you may not")
                            .doesNotContain("stage-1");
                    assertThat(s.house().runs()).isEmpty();
                }),
                where(GROUPS, "a button is decided for who presses it", s -> {
                    guarded(s);
                    s.say("alice", "deploy staging");
                    shows(s, "#1");
                    assertThat(s.press("bob", "Cancel").text()).contains("you may not cancel deploy in staging");
                    assertThat(s.house().last().state()).isEqualTo(RunState.QUEUED);
                    s.press("alice", "Cancel");
                    await().atMost(LONG)
                            .untilAsserted(
                                    () -> assertThat(s.house().last().state()).isEqualTo(RunState.CANCELLED));
                }),
                where(GROUPS, "a direct message gives the same rights, and `whoami` says why", s -> {
                    guarded(s);
                    assertThat(s.direct("alice", "whoami").text())
                            .contains("role stager of group " + s.group(), "staging");
                    assertThat(s.direct("bob", "whoami").text()).contains("You have no permissions here");
                }));
    }

    static List<Scenario> all() {
        return java.util.stream.Stream.of(
                        commands(),
                        refusals(),
                        cards(),
                        buttons(),
                        people(),
                        HomeScenarios.all(),
                        access(),
                        ApprovalScenarios.all(),
                        hostile(),
                        DayScenarios.all(),
                        BatchScenarios.all(),
                        AlertScenarios.all(),
                        wire(),
                        troubles())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Scenario> commands() {
        return List.of(
                starts("validate production", "validate → production"),
                starts("ping production", "ping → production"),
                starts("provision staging", "provision → staging"),
                starts("deploy production version=v1.2.3", "deploy v1.2.3 → production"),
                starts("rollback production", "rollback → production"),
                starts("update production --limit web", "update → production (web)"),
                starts("deploy production --check --tags app", "→ production check"),
                starts("check deploy production", "→ production check"),
                starts("play provision staging", "play provision → staging"),
                says("help", "deploy", "status", "retry"),
                says("help deploy", "deploy <env>", "--limit"),
                says("status", "production", "staging", "web-1", "–"),
                says("status staging", "stage-1"),
                says("queue", "Queue is empty."),
                says("runs", "No runs yet"),
                says("hosts production", "web-1", "db-1"),
                says("playbooks", "Migrate the database", "target"),
                always(
                        "`whoami` says who you are here",
                        s -> assertThat(s.say("alice", "whoami").text()).contains(s.platform() + ":")),
                always("`queue` shows running and queued runs", s -> {
                    working(s);
                    s.say("bob", "deploy staging");
                    assertThat(s.say("alice", "queue").text()).contains("1 running, 1 queued", "#1", "#2");
                }),
                always("`runs production failed` shows those and no others", s -> {
                    failed(s);
                    s.say("alice", "ping staging");
                    assertThat(s.say("alice", "runs production failed").text())
                            .contains("#1")
                            .doesNotContain("#2");
                }),
                always("`runs` finds by host, person, time and words of the error, and pages go on", s -> {
                    failed(s);
                    s.say("bob", "ping staging");
                    for (var filter :
                            List.of("host=web-2", "by=me", "text=503", "text=\"answered 503\"", "playbook=deploy")) {
                        assertThat(s.say("alice", "runs " + filter).text())
                                .as(filter)
                                .contains("#1")
                                .doesNotContain("#2");
                    }
                    assertThat(s.say("alice", "runs by=bob since=1h").text())
                            .contains("#2")
                            .doesNotContain("#1 ");
                    assertThat(s.say("alice", "runs before=2").text())
                            .contains("#1")
                            .doesNotContain("#2");
                    assertThat(s.say("alice", "runs until=1h").text()).contains("No runs fit until=1h");
                }),
                always("`compare 1 2` compares two runs", s -> {
                    failed(s);
                    s.say("alice", "deploy production version=v1.2.4");
                    shows(s, "#2");
                    s.house().succeed(s.house().begin("deploy"));
                    assertThat(s.say("bob", "compare 1 2").text())
                            .contains("From #1 to #2", "version", "v1.2.3", "v1.2.4", "web-1", "failed: Check health")
                            .contains("unknown");
                }),
                always("`stats` shows statistics", s -> {
                    failed(s);
                    assertThat(s.say("alice", "stats 30d").text())
                            .contains("1 run in the last 30 days, 0% succeeded", "answered 503", "alice");
                    assertThat(s.say("alice", "stats today staging").text()).contains("No runs finished");
                }),
                always("`pin 1` keeps a run, with a reason, until `unpin 1`", s -> {
                    failed(s);
                    assertThat(s.say("alice", "pin 1").text()).contains("reason required");
                    assertThat(s.say("alice", "pin 1 for the report").text()).contains("#1 is exempt from retention");
                    assertThat(s.say("bob", "unpin 1").text()).contains("subject to retention again");
                    assertThat(s.say("bob", "unpin 1").text()).contains("was not pinned");
                }),
                always("`host add` changes the inventory and leaves its comments alone", s -> {
                    s.house().file("inventory/staging/hosts.yml", "all:\n  hosts:\n    stage-1:   # old\n    # end\n");
                    assertThat(s.say("alice", "host add staging stage-2 group=canary")
                                    .text())
                            .contains("there is no group canary", "group add staging canary");
                    s.say("alice", "group add staging canary");
                    assertThat(s.say("alice", "host add staging stage-2 group=canary")
                                    .text())
                            .contains("stage-2 is in staging, group canary");
                    assertThat(s.say("alice", "hosts staging").text()).contains("stage-2", "canary");
                    assertThat(s.say("alice", "host add staging stage-2").text())
                            .contains("already exists");
                    assertThat(s.say("alice", "host remove staging stage-2").text())
                            .contains("no longer in staging");
                    assertThat(s.say("alice", "host remove staging stage-9").text())
                            .contains("there is no host");
                    assertThat(s.house().text("inventory/staging/hosts.yml"))
                            .contains("    stage-1:   # old\n", "    # end\n")
                            .doesNotContain("stage-2");
                }),
                always("`show 1` tells everything of a run, to the one who asks", s -> {
                    failed(s);
                    var said = s.say("bob", "show 1");
                    assertThat(said.text()).contains("web-1", "web-3", "Check health");
                    assertThat(said.alone()).isTrue();
                }),
                always("`logs 1 --host web-1` shows what is about that host", s -> {
                    failed(s);
                    assertThat(s.say("bob", "logs 1 --host web-1").text()).contains("answered 503");
                    assertThat(s.say("bob", "logs 1 --host web-3").text()).doesNotContain("answered 503");
                }),
                always("`retry 1` runs only on the hosts that failed", s -> {
                    failed(s);
                    s.say("alice", "retry 1");
                    shows(s, "#2", "(web-1,web-2)", "retry of #1");
                }),
                always("`rerun 1` asks for the same again", s -> {
                    succeeded(s);
                    s.say("bob", "rerun 1");
                    shows(s, "#2 deploy v1.2.3 → production");
                }),
                always("`cancel 1` ends a run that waits", s -> {
                    s.say("alice", "deploy production");
                    shows(s, "queued");
                    assertThat(s.say("bob", "cancel 1").text()).contains("#1 is cancelled");
                    shows(s, "cancelled", "by alice");
                }),
                always("`cancel 1` reaches a running run", s -> {
                    var run = working(s);
                    assertThat(s.say("bob", "cancel 1").text()).contains("being cancelled");
                    shows(s, "cancelling, requested by bob");
                    assertThat(s.house().state(run)).isEqualTo(RunState.RUNNING);
                }),
                always("what is missing is asked for, and then it is done", s -> {
                    assertThat(s.say("alice", "play migrate production").text()).contains("target");
                    assertThat(s.house().runs()).isEmpty();
                    s.submit("alice", Map.of("target", "blue", "note", "two words"));
                    shows(s, "play migrate → production");
                    assertThat(s.house().last().request().variables().toString())
                            .contains("blue", "two words");
                }),
                always("a wrong value in a form is refused", s -> {
                    s.say("alice", "play migrate production");
                    assertThat(s.submit("alice", Map.of("target", "red")).text())
                            .contains("blue");
                    assertThat(s.house().runs()).isEmpty();
                }),
                always("a destructive operation is started when confirmed", s -> {
                    assertThat(s.say("alice", "play wipe production").text()).contains("Start it?");
                    assertThat(s.house().runs()).isEmpty();
                    s.answer("alice", "Yes, start");
                    shows(s, "play wipe → production");
                }),
                always("a destructive operation is not started when not confirmed", s -> {
                    s.say("alice", "play wipe production");
                    assertThat(s.answer("alice", "No").text()).contains("nothing was started");
                    assertThat(s.house().runs()).isEmpty();
                }),
                always("a channel subscribes and unsubscribes", s -> {
                    assertThat(s.say("alice", "subscribe staging failures").text())
                            .contains("every failed run in staging");
                    assertThat(s.say("alice", "unsubscribe staging failures").text())
                            .contains("no longer subscribed");
                }));
    }

    private static List<Scenario> refusals() {
        return List.of(
                refuses("depoly production", "did you mean deploy?"),
                refuses("deploy prodction", "did you mean production?"),
                refuses("deploy production --limit wbe", "web"),
                refuses("deploy production colour=red", "colour"),
                refuses("deploy production --limt web", "did you mean --limit?"),
                refuses("play nothing production", "there is no playbook \"nothing\""),
                refuses("show 99", "there is no run #99"),
                refuses("runs refused", "runs text=refused"),
                refuses("runs hots=web-1", "did you mean host=?"),
                refuses("runs since=yesteryear", "is not a time"),
                refuses("compare 1", "which two runs?"),
                refuses("stats fortnight", "is not a period"),
                refuses("retry 99", "there is no run #99"),
                refuses("cancel 99", "there is no run #99"),
                refuses("subscribe nowhere", "nowhere"),
                always("`retry` of a run that succeeded is refused with what would be right", s -> {
                    succeeded(s);
                    assertThat(s.say("bob", "retry 1").text()).contains("nothing to retry", "rerun 1");
                }),
                always("`cancel` of a run that has ended is refused", s -> {
                    succeeded(s);
                    assertThat(s.say("bob", "cancel 1").text()).contains("already finished");
                }));
    }

    private static List<Scenario> cards() {
        return List.of(
                always("a run has one card from its queue to its end", s -> {
                    succeeded(s);
                    assertThat(s.channel()).hasSize(1);
                    assertThat(s.channel().getFirst()).contains("succeeded", "by alice", "4 changed");
                }),
                always("while it works the card counts real results and names the task", s -> {
                    var run = working(s);
                    s.house().progress(run, "Copy the release", good("web-1"));
                    shows(s, "9 of about 18", "Copy the release", "1 changed");
                }),
                always("while it waits the card says for whom", s -> {
                    working(s);
                    s.say("bob", "deploy staging");
                    shows(s, "#2", "Next, waiting for #1 of alice (deploy");
                }),
                always("the card says which version is live, and that a run goes back to an older one", s -> {
                    succeeded(s);
                    assertThat(s.say("alice", "deploy production version=v1.0.0")
                                    .text())
                            .contains("v1.2.3 → v1.0.0 (downgrade)");
                    shows(s, "#2", "Version: v1.2.3 → v1.0.0 (downgrade)");
                    s.house().begin("deploy");
                    shows(s, "#2", "running", "Version: v1.2.3 → v1.0.0 (downgrade)");
                }),
                always("a failure names hosts, task and message once for all of them", s -> {
                    failed(s);
                    assertThat(s.channel().getLast()).contains("web-1, web-2", "Check health", "answered 503");
                    assertThat(s.channel().getLast()).containsOnlyOnce("answered 503");
                }),
                where(WIRE, "the channel hears of a failure once", s -> {
                    failed(s);
                    s.house().restart();
                    s.say("alice", "ping staging");
                    shows(s, "ping → staging");
                    assertThat(s.channel().stream().filter(t -> t.contains("#1")))
                            .hasSize(2);
                }),
                where(THREADS, "the thread hears of plays and failures as they happen", s -> {
                    var run = working(s);
                    s.house().progress(run, "Restart", good("web-2"));
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.thread()).anyMatch(t -> t.contains("Play: Roll out")));
                    s.house().progress(run, "Restart", bad("web-1", "no disk"));
                    await().atMost(LONG)
                            .untilAsserted(() ->
                                    assertThat(s.thread()).anyMatch(t -> t.contains("web-1") && t.contains("no disk")));
                }),
                where(THREADS, "at the end the thread has every host with its counts", s -> {
                    failed(s);
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.thread())
                                    .anyMatch(t -> t.contains("web-3") && t.contains("2 changed")));
                }),
                where(FILES, "at the end the thread has the log as a file", s -> {
                    failed(s);
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.files()).containsExactly("run-1.log"));
                }),
                where(WIRE, "a run asked for by a program is shown in the default channel", s -> {
                    s.house().asProgram("deploy", "production");
                    shows(s, "#1 deploy");
                }));
    }

    private static List<Scenario> buttons() {
        return List.of(
                where(BUTTONS, "each state has its buttons", s -> {
                    s.say("alice", "deploy production");
                    shows(s, "queued");
                    assertThat(s.buttons()).containsExactly("Notify me", "Cancel");
                    var run = s.house().begin("deploy");
                    shows(s, "running");
                    assertThat(s.buttons()).containsExactly("Cancel", "Pause", "Log");
                    s.house().fail(run, bad("web-1", "x"), good("web-2"));
                    shows(s, "failed");
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.buttons())
                                    .containsExactly("Retry failed hosts", "Full log", "Details"));
                }),
                always("Cancel ends a run that waits", s -> {
                    s.say("alice", "deploy production");
                    shows(s, "queued");
                    s.press("bob", "Cancel");
                    shows(s, "cancelled");
                }),
                always("Cancel reaches a running run", s -> {
                    working(s);
                    s.press("bob", "Cancel");
                    shows(s, "cancelling, requested by bob");
                }),
                always("Log shows the end of the log to the one who pressed", s -> {
                    succeeded(s);
                    var said = s.press("bob", "Log");
                    assertThat(said.text()).contains("TASK [Restart]");
                    assertThat(said.alone()).isTrue();
                    assertThat(s.channel()).hasSize(1);
                }),
                always("Full log shows what happened, without noise in the channel", s -> {
                    failed(s);
                    assertThat(s.press("bob", "Full log").text()).contains("answered 503");
                    assertThat(s.channel()).hasSize(2);
                }),
                always("Details shows every host, without noise in the channel", s -> {
                    failed(s);
                    assertThat(s.press("bob", "Details").text()).contains("web-3", "db-1");
                    assertThat(s.channel()).hasSize(2);
                }),
                always("Retry runs only on the hosts that failed", s -> {
                    failed(s);
                    s.press("bob", "Retry failed hosts");
                    shows(s, "#2", "(web-1,web-2)", "by bob");
                }),
                always("Re-run asks for the same again", s -> {
                    succeeded(s);
                    s.press("bob", "Re-run");
                    shows(s, "#2 deploy v1.2.3 → production", "by bob");
                }),
                always("of two who press Retry one is first and the other sees who", s -> {
                    failed(s);
                    s.press("alice", "Retry failed hosts");
                    var second = s.say("bob", "retry 1");
                    assertThat(second.text()).contains("alice was faster");
                    assertThat(s.house().runs()).hasSize(2);
                }),
                always("buttons work after a restart of the gateway", s -> {
                    failed(s);
                    s.house().restart();
                    s.say("alice", "ping staging");
                    shows(s, "ping → staging");
                    s.say("bob", "retry 1");
                    shows(s, "#3", "retry of #1");
                }));
    }

    private static List<Scenario> people() {
        return List.of(
                where(MENTIONS, "a mention understands the same words", s -> {
                    s.mention("alice", "deploy production version=v1.2.3");
                    shows(s, "#1 deploy v1.2.3 → production", "by alice");
                }),
                where(MENTIONS, "a direct message understands the same words", s -> {
                    assertThat(s.direct("alice", "status staging").text()).contains("stage-1");
                }),
                where(MENTIONS, "strangers, guests and bots are refused", s -> {
                    assertThat(s.stranger("deploy production").text()).isNotBlank();
                    assertThat(s.house().runs()).isEmpty();
                }),
                where(AUTOCOMPLETE, "what exists is offered while typing", s -> {
                    assertThat(s.complete("deploy", "env", "prod")).contains("production");
                    assertThat(s.complete("deploy", "limit", "we")).contains("web", "web-1");
                    working(s);
                    assertThat(s.complete("deploy", "version", "")).contains("v1.2.3");
                }));
    }

    private static List<Scenario> hostile() {
        var evil =
                "@everyone <!channel> <@U1> ``` \u001b[31mred\u001b[0m \u202egpj.exe <script> *bold* [x](http://evil)";
        return List.of(
                always("what a host says can neither call people nor paint nor break out", s -> {
                    var run = working(s);
                    s.house().fail(run, bad("web-1", evil), good("web-2"));
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.channel()).hasSize(2));
                    assertThat(s.pings()).isZero();
                    assertThat(String.join("", s.channel())).doesNotContain("\u001b", "\u202e");
                    assertThat(s.channel().getLast()).contains("red").contains("gpj.exe");
                }),
                always("a host with a hostile name calls nobody", s -> {
                    var run = working(s);
                    s.house().fail(run, bad("@everyone", "down"), bad("<!here>", "down"));
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.channel()).hasSize(2));
                    assertThat(s.pings()).isZero();
                }),
                always("a failure of two thousand lines is cut and still readable", s -> {
                    var run = working(s);
                    var text = new StringBuilder();
                    IntStream.range(0, 2000)
                            .forEach(i -> text.append("line ").append(i).append(" of the trace\n"));
                    s.house().fail(run, bad("web-1", text.toString()), good("web-2"));
                    shows(s, "line 0 of the trace");
                }),
                always("every script and every sign is shown as it is", s -> {
                    var run = working(s);
                    s.house().fail(run, bad("web-1", "диск заполнен 磁盘已满 👩‍🚀 ß"), good("web-2"));
                    shows(s, "диск заполнен", "磁盘已满", "👩‍🚀");
                }),
                always("three hundred hosts that failed alike are one group", s -> {
                    var run = working(s);
                    var hosts = IntStream.range(0, 300)
                            .mapToObj(i -> bad("node-" + i, "disk of node-" + i + " is full"))
                            .toArray(HostResult[]::new);
                    s.house().fail(run, hosts);
                    shows(s, "more", "disk of node-0 is full");
                }),
                always("fifty kinds of failure fit within the limits of the platform", s -> {
                    var run = working(s);
                    var kinds = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWX";
                    var hosts = IntStream.range(0, 50)
                            .mapToObj(i -> bad("node-" + i, ("kind " + kinds.charAt(i) + " ").repeat(400)))
                            .toArray(HostResult[]::new);
                    s.house().fail(run, hosts);
                    shows(s, "other kinds of failure");
                }),
                always("a line of twenty thousand characters is refused or understood, never a fault", s -> {
                    assertThat(s.say("alice", "deploy production version=" + "x".repeat(2900))
                                    .text())
                            .isNotBlank();
                    assertThat(s.say("alice", "status staging").text()).contains("stage-1");
                }));
    }

    private static List<Scenario> wire() {
        return List.of(
                always("after a restart in the middle the same card goes on", s -> {
                    var run = working(s);
                    s.house().restart();
                    s.house().succeed(run);
                    shows(s, "succeeded");
                    assertThat(s.channel()).hasSize(1);
                }),
                always("what ended while the gateway was down is reported at its next start", s -> {
                    var run = working(s);
                    s.house().endWhileAway(run);
                    shows(s, "failed");
                }),
                where(WIRE, "when the answer to the post is lost there is no second card", s -> {
                    s.loseNextAnswer();
                    s.say("alice", "deploy production");
                    shows(s, "queued");
                    s.house().succeed(s.house().begin("deploy"));
                    shows(s, "succeeded");
                    assertThat(s.channel()).hasSize(1);
                }),
                where(WIRE, "the end is shown although the platform asked to wait", s -> {
                    var run = working(s);
                    s.slowDown();
                    s.house().progress(run, "Copy", good("web-1"));
                    s.house().succeed(run);
                    shows(s, "succeeded");
                    assertThat(s.channel()).hasSize(1);
                }),
                where(WIRE, "an outage of the platform loses nothing", s -> {
                    var run = working(s);
                    s.away(true);
                    s.house().fail(run, bad("web-1", "answered 503"), good("web-2"));
                    s.away(false);
                    shows(s, "failed");
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(s.channel()).hasSize(2));
                }),
                where(WIRE, "a command that is delivered twice is done once", s -> {
                    s.say("alice", "deploy production");
                    shows(s, "queued");
                    s.deliverAgain();
                    s.say("bob", "deploy staging");
                    shows(s, "#2");
                    assertThat(s.house().runs()).hasSize(2);
                }));
    }

    private static List<Scenario> troubles() {
        return Arrays.stream(ConnectionFault.values())
                .map(t -> new Scenario(
                        t.promise(),
                        t == ConnectionFault.TOO_MANY_GLOBAL ? Set.of(WIRE, GLOBAL_LIMIT) : Set.of(WIRE),
                        s -> survives(s, t)))
                .toList();
    }

    /** The trouble comes when the card is posted, when it changes, and when the run ends. */
    private static void survives(ChatStage s, ConnectionFault problem) {
        switch (problem) {
            case LATE -> {
                s.trouble(problem);
                s.shout("alice", "deploy production version=v1.2.3");
            }
            case TWICE, REFRESH, DEAD -> {
                s.say("alice", "deploy production version=v1.2.3");
                shows(s, "queued");
                s.trouble(problem);
            }
            default -> {
                s.trouble(problem);
                s.say("alice", "deploy production version=v1.2.3");
            }
        }
        await().atMost(LONG).until(() -> s.house().runs().size() == 1);
        var run = s.house().begin("deploy");
        if (problem == ConnectionFault.DEAD) {
            // The one promise that is about time: so long nobody answers.
            await().pollDelay(OUTAGE).timeout(OUTAGE.multipliedBy(2)).until(() -> true);
            s.house().fail(run, bad("web-1", "answered 503"), good("web-2"));
            s.away(false);
        } else {
            shows(s, "running");
            if (problem != ConnectionFault.LATE && problem != ConnectionFault.TWICE) {
                s.trouble(problem);
            }
            s.house().fail(run, bad("web-1", "answered 503"), good("web-2"));
        }
        await().atMost(OUTAGE.multipliedBy(4)).untilAsserted(() -> {
            assertThat(s.channel()).hasSize(2);
            assertThat(s.channel().getFirst()).contains("failed");
            assertThat(s.thread()).anyMatch(t -> t.contains("web-1"));
            assertThat(s.files()).hasSize(1);
        });
        assertThat(s.house().runs()).hasSize(1);
        assertThat(s.say("bob", "show 1").text()).contains("failed");
    }
}
