package dev.playcall.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.playcall.domain.Outcome;
import dev.playcall.domain.name.Person;
import dev.playcall.web.Browser;
import dev.playcall.web.WebFixture;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a browser without scripts has them: every form works, and what was typed is never lost. */
class FormsTest {
    @TempDir
    Path folder;

    private WebFixture fixture;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(folder.resolve("playbooks"));
        Files.writeString(folder.resolve("playbooks/tuned.yml"), "- hosts: all\n");
        Files.writeString(folder.resolve("playbooks/tuned.meta.yml"), """
            variables: { note: {}, workers: { type: integer }, loud: { type: boolean } }
            templates: { night: { workers: 3, loud: false } }
            """);
        fixture = new WebFixture(folder);
        browser = new Browser(fixture);
    }

    @AfterEach
    void close() {
        browser.close();
        fixture.close();
    }

    private static String to(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static Map<String, String> deploy(String version, String... more) {
        var fields = new HashMap<>(Map.of(
                "operation",
                "deploy",
                "environment",
                "production",
                "v.version",
                version,
                "when",
                "now",
                "do",
                "review"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }

    private String text(String path) throws Exception {
        return browser.get(path).body().replaceAll("<[^>]+>", " ").replaceAll("\\s+", " ");
    }

    @Test
    void aReviewSaysWhatWouldComeOfItAndStartsNothing() throws Exception {
        fixture.deploy("v1");
        var running = fixture.begin("deploy");
        fixture.deploy("v2");
        var page =
                browser.submit("/start", deploy("v3", "limit", "web", "target", "db-1", "description", "<b>why</b>"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("web-1, web-2, db-1", "for " + running.id() + " of local", "for 1 queued run")
                .contains("value=\"v3\"", "value=\"web,db-1\"")
                .doesNotContain("<b>why");
        assertThat(fixture.journal.read().queue()).hasSize(1);
    }

    @Test
    void whatIsWrongStandsBesideItsFieldAndTheRestIsKept() throws Exception {
        var page = browser.submit("/start", deploy("v3", "v.workers", "many", "name", "Friday", "do", "start"));
        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body())
                .contains("value=\"many\"", "value=\"Friday\"")
                .containsPattern("class=\"wrong\"[^>]*>workers");
        var limit = browser.submit("/start", deploy("v3", "limit", "wbe", "do", "start"));
        assertThat(limit.body()).containsPattern("class=\"wrong\"[^>]*>[^<]*wbe");
        assertThat(browser.submit("/start", deploy("v3", "operation", "nothing"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    @Test
    void aFormThatIsSentTwiceStartsOneRun() throws Exception {
        browser.get("/start?operation=deploy&environment=production");
        var fields = deploy("v3", "do", "start", "key", "00000000-0000-0000-0000-000000000001");
        assertThat(to(browser.submit("/start", fields))).isEqualTo("/runs/1");
        assertThat(text("/runs/1")).contains("Queued as #1");
        assertThat(text("/runs/1")).as("it is said once").doesNotContain("Queued as #1");
        assertThat(to(browser.submit("/start", fields))).isEqualTo("/runs/1");
        assertThat(fixture.journal.read().queue()).hasSize(1);
    }

    @Test
    void aDeploymentIsMadeWithoutAScript() throws Exception {
        var nameless = browser.submit("/start", deploy("v3", "rollout", "1"));
        assertThat(nameless.statusCode()).isEqualTo(422);
        assertThat(nameless.body()).containsPattern("class=\"wrong\"[^>]*>a deployment needs a name");
        var found = browser.submit("/start", deploy("v3", "rollout", "1", "find", "web-", "do", "all"));
        assertThat(found.body()).contains("name=\"limit\" value=\"*web-*\"", "2 servers");
        assertThat(browser.submit("/start", deploy("v3", "rollout", "1", "limit", "web", "do", "none"))
                        .body())
                .contains("name=\"limit\" value=\"\"", "3 servers");
        assertThat(browser.submit("/start", deploy("v3", "rollout", "1", "name", "F", "waves", "1,0%"))
                        .body())
                .containsPattern("class=\"wrong\"[^>]*>waves: ");
        var fields = deploy("v3", "rollout", "1", "name", "Friday", "waves", "1,rest", "limit", "web");
        assertThat(browser.submit("/start", fields).body())
                .contains(
                        "This deploys to <b>2 servers</b> in waves.", "Wave 1: 1 host: web-1", "Wave 2: 1 host: web-2");
        assertThat(fixture.journal.read().queue()).isEmpty();
        fields.putAll(Map.of("do", "start", "key", "00000000-0000-0000-0000-000000000007"));
        assertThat(to(browser.submit("/start", fields))).isEqualTo("/deployments/1");
        assertThat(to(browser.submit("/start", fields))).isEqualTo("/deployments/1");
        assertThat(text("/deployments")).contains("Friday", "New deployment");
        var later = deploy("v3", "rollout", "1", "name", "F", "when", "at", "at", "22:00", "do", "start");
        assertThat(browser.submit("/start", later).body()).contains("A deployment starts now");
    }

    @Test
    void aScheduleIsMadeAndChanged() throws Exception {
        var wrong = browser.submit("/start", deploy("v3", "when", "cron", "cron", "0 0 30 2 *", "do", "start"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("there is no such day").contains("value=\"0 0 30 2 *\"");
        var fields = deploy("v3", "when", "cron", "cron", "30 2 * * *", "timezone", "Europe/Berlin", "do", "start");
        assertThat(to(browser.submit("/start", fields))).isEqualTo("/queue#schedule-1");
        assertThat(text("/queue")).contains("02:30", "deploy production version=v3", "Europe/Berlin", "Runs as local");
        assertThat(to(browser.submit("/schedules/1/pause", Map.of("reason", "a reason"))))
                .startsWith("/queue");
        assertThat(text("/queue")).contains("paused by local: a reason");
        assertThat(to(browser.submit("/schedules/1/resume", Map.of()))).startsWith("/queue");
        assertThat(to(browser.submit("/schedules/1/run", Map.of()))).isEqualTo("/runs/1");
        assertThat(to(browser.submit("/schedules/1/remove", Map.of()))).startsWith("/queue");
        assertThat(text("/queue")).contains("No schedules.");
        assertThat(to(browser.submit("/schedules/1/remove", Map.of()))).startsWith("/queue");
        assertThat(text("/queue")).contains("there is no schedule 1");
    }

    @Test
    void workIsHeldBackAndLetGoOn() throws Exception {
        assertThat(to(browser.submit("/queue/pause", Map.of("what", "environment:production", "reason", "a leak"))))
                .isEqualTo("/queue");
        assertThat(text("/queue")).contains("production is paused by local: a leak");
        assertThat(to(browser.submit("/queue/resume", Map.of("what", "environment:production"))))
                .isEqualTo("/queue");
        assertThat(text("/queue")).contains("production is resumed; it was paused");
        assertThat(text("/queue")).doesNotContain("a leak");
    }

    private static final String QUESTION = "Cancel this run?";

    @Test
    void aRunIsHeldGoneOnCancelledAndRunAgainByFormsAlone() throws Exception {
        fixture.deploy("v1");
        var run = fixture.begin("deploy");
        var page = browser.get("/runs/1").body();
        assertThat(page)
                .contains("action=\"/runs/1/cancel\"", "action=\"/runs/1/pause\"", "value=\"" + QUESTION + "\"")
                .doesNotContain("/runs/1/retry");
        var sure = browser.submit(
                "/runs/1/cancel",
                Map.of("ask", QUESTION),
                "Referer",
                fixture.at("/runs/1").toString());
        assertThat(sure.statusCode()).isEqualTo(200);
        assertThat(sure.body()).contains(QUESTION, "action=\"/runs/1/cancel\"", "href=\"/runs/1\"", "name=\"key\"");
        assertThat(fixture.journal.read().find(run.id()).orElseThrow().cancelledBy())
                .as("nothing yet")
                .isEmpty();
        assertThat(to(browser.submit("/runs/1/pause", Map.of("reason", "a leak"))))
                .isEqualTo("/runs/1");
        assertThat(text("/runs/1")).contains("#1 is paused", "paused by local just now: a leak", "Resume");
        assertThat(to(browser.submit("/runs/1/pause", Map.of()))).isEqualTo("/runs/1");
        assertThat(text("/runs/1")).contains("#1 is paused already");
        assertThat(to(browser.submit("/runs/1/resume", Map.of()))).isEqualTo("/runs/1");
        assertThat(to(browser.submit("/runs/1/cancel", Map.of()))).isEqualTo("/runs/1");
        assertThat(text("/runs/1")).contains("#1 is being cancelled");
        fixture.end(run, new Outcome.Cancelled(new Person("web:local"), 0));
        var key = Map.of("key", "00000000-0000-0000-0000-000000000002");
        assertThat(to(browser.submit("/runs/1/rerun", key))).isEqualTo("/runs/2");
        assertThat(to(browser.submit("/runs/1/rerun", key))).as("pressed twice").isEqualTo("/runs/2");
        assertThat(text("/runs/2")).contains("#2 is this run; it was already requested");
        assertThat(to(browser.submit("/runs/77/cancel", Map.of()))).isEqualTo("/runs");
        assertThat(browser.submit("/runs/1/explode", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void whatFollowedOnAFailedRunIsNamedAndAnOlderOneIsOnlyRepeatedWhenThatIsMeant() throws Exception {
        fixture.deploy("v1");
        fixture.end(fixture.begin("deploy"), new Outcome.Failed(2, "web-1 failed"));
        assertThat(browser.get("/runs/1").body()).contains("action=\"/runs/1/retry\"", "class=\"first\"");
        fixture.ask("admin", "POST", "/api/v1/runs/1/retry", "");
        assertThat(text("/runs/1"))
                .as("above the log")
                .containsSubsequence("Retried by #2 (queued)", "Log", "Hosts", "Details");
        assertThat(browser.get("/runs/1").body()).doesNotContain("class=\"first\" data-deed=\"/api/v1/runs/1/retry\"");
        assertThat(fixture.ask("admin", "GET", "/api/v1/runs/1", "").body())
                .contains("\"repeats\":[{\"id\":2,\"kind\":\"retry\",\"status\":\"queued\"}]");
        fixture.end(fixture.begin("deploy"), new Outcome.Failed(2, "web-1 failed"));
        fixture.deploy("v2");
        fixture.end(fixture.begin("deploy"), new Outcome.Success());
        var why = "#3 (succeeded) is newer than #1 and has version=v2 instead of v1";
        assertThat(browser.get("/runs/1").body())
                .contains("action=\"/runs/1/retry-anyway\"", "value=\"" + why + ". Start it anyway?\"");
        var refused = fixture.ask("admin", "POST", "/api/v1/runs/1/retry", "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains(why, "\"field\":\"confirm\"");
        assertThat(to(browser.submit("/runs/1/rerun", Map.of()))).isEqualTo("/runs/1");
        assertThat(text("/runs/1")).contains(why);
        assertThat(to(browser.submit("/runs/1/rerun-anyway", Map.of()))).isEqualTo("/runs/4");
        assertThat(fixture.ask("admin", "POST", "/api/v1/runs/1/retry", "{\"confirm\":true}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void whatIsHarmlessIsStartedByAFormAlone() throws Exception {
        assertThat(browser.get("/inventory").body()).contains("action=\"/start\"", "name=\"limit\" value=\"web-1\"");
        var ping = Map.of("operation", "ping", "environment", "production", "limit", "web-1", "do", "start");
        assertThat(to(browser.submit("/start", ping))).isEqualTo("/runs/1");
        assertThat(fixture.journal.read().queue().getFirst().request().limit()).isEqualTo("web-1");
    }

    @Test
    void aHostThatStandsInNoFileIsMarked() throws Exception {
        fixture.ask(
                "admin", "POST", "/api/v1/inventory/production/registered", "{\"name\":\"vm-7\",\"tags\":[\"web\"]}");
        assertThat(text("/inventory")).contains("4 servers, 1 registered", "vm-7 registered by admin");
        assertThat(text("/inventory?host=registered")).contains("vm-7").doesNotContain("web-1");
    }

    @Test
    void anotherEnvironmentKeepsWhatWasTyped() throws Exception {
        var page = browser.submit(
                "/start", deploy("v3", "to", "staging", "name", "Friday", "tags", "app", "limit", "web"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains(
                        "data-environment=\"staging\"", "value=\"v3\"", "value=\"Friday\"", "value=\"app\"", "stage-1")
                .contains("value=\"web\"")
                .doesNotContain("web-1");
        assertThat(browser.submit("/start", deploy("v3", "to", "nowhere")).statusCode())
                .isEqualTo(404);
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    @Test
    void aTemplateFillsItsFieldsAndLeavesTheOthers() throws Exception {
        assertThat(browser.get("/start?operation=deploy").body()).doesNotContain("name=\"template\"");
        var playbook = browser.get("/start?playbook=deploy&environment=");
        assertThat(playbook.statusCode()).as(playbook.body()).isEqualTo(200);
        var asked = Map.of(
                "operation",
                "play",
                "environment",
                "production",
                "playbook",
                "tuned",
                "v.note",
                "mine",
                "v.loud",
                "1",
                "template",
                "night");
        var page = browser.submit("/start", asked).body();
        assertThat(page).contains("value=\"mine\"", "value=\"3\"", "name=\"template\" value=\"night\"");
        assertThat(page).doesNotContainPattern("name=\"v.loud\"[^>]* checked");
        var other = new HashMap<>(asked);
        other.put("template", "noon");
        assertThat(browser.submit("/start", other).statusCode()).isEqualTo(404);
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    @Test
    void whatIsUntickedGoesAndWhatIsWrittenStays() throws Exception {
        var page = browser.submit("/start", deploy("v3", "limit", "web,db-1", "was", "db-1", "do", "review"));
        assertThat(page.body()).contains("name=\"limit\" value=\"web\"", "2 servers");
    }

    @Test
    void ofManyServersTheRightOnesAreFound() throws Exception {
        var hosts = java.util.stream.IntStream.range(0, 900)
                .mapToObj(i -> "node-%03d:".formatted(i))
                .collect(java.util.stream.Collectors.joining(" , "));
        Files.writeString(
                folder.resolve("inventory/staging/hosts.yml"),
                "all: {children: {rack7: {hosts: {node-007: }}}, hosts: {" + hosts.replace(":", ": ") + "}}\n");
        var form = deploy("v3", "environment", "staging", "limit", "node-899", "find", "node-12", "do", "find");
        var page = browser.submit("/start", form).body();
        assertThat(page)
                .contains("all 10 servers matching", "value=\"*node-12*\"", "value=\"node-125\"", "value=\"v3\"")
                .contains("value=\"node-899\" checked")
                .doesNotContain("node-130");
        assertThat(browser.get("/start?operation=deploy&environment=staging").body())
                .contains("rack7", "and 800 more");
        var all = deploy("v3", "environment", "staging", "target", "*node-12*", "do", "start");
        assertThat(to(browser.submit("/start", all))).isEqualTo("/runs/1");
        assertThat(fixture.journal.read().queue().getFirst().request().limit()).isEqualTo("*node-12*");
    }

    private static Map<String, String> written(String text, String meta, String seen, String what) {
        return Map.of("playbook", text.replace("\n", "\r\n"), "meta", meta, "seen", seen, "do", what);
    }

    private String seen(String name) throws Exception {
        return fixture.get("/api/v1/playbooks/" + name)
                .headers()
                .firstValue("ETag")
                .orElseThrow()
                .replace("\"", "");
    }

    @Test
    void aFaultIsShownInItsLineAndNothingIsWritten() throws Exception {
        var before = Files.readString(folder.resolve("playbooks/deploy.yml"));
        var edit = "/playbooks/deploy/edit";
        for (var what : new String[] {"check", "save"}) {
            var page = browser.submit(edit, written("- hosts: all\n\ttasks: []\n", "", seen("deploy"), what));
            assertThat(page.statusCode()).isEqualTo(422);
            assertThat(page.body()).contains("data-fault=\"2\"", "a tab cannot start a token", "\ttasks: []");
        }
        var meta = browser.submit(edit, written(before, "title: x\nvariables: 7\n", seen("deploy"), "save"));
        assertThat(meta.body()).contains("data-fault=\"2\"", "deploy.meta.yml:2");
        assertThat(browser.submit(edit, written("- hosts: all\n", "", seen("deploy"), "check"))
                        .body())
                .contains("Not saved yet");
        assertThat(Files.readString(folder.resolve("playbooks/deploy.yml"))).isEqualTo(before);
    }

    @Test
    void whatSomebodyElseWroteIsShownBeforeItIsWrittenOver() throws Exception {
        var mine = seen("deploy");
        var edit = "/playbooks/deploy/edit";
        assertThat(to(browser.submit(edit, written("- hosts: web\n", "", mine, "save"))))
                .isEqualTo("/playbooks/deploy");
        var page = browser.submit(edit, written("- hosts: db\n", "", mine, "save"));
        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body()).contains("-- hosts: web", "+- hosts: db", "Overwrite their version", seen("deploy"));
        assertThat(Files.readString(folder.resolve("playbooks/deploy.yml"))).isEqualTo("- hosts: web\n");
        assertThat(to(browser.submit(edit, written("- hosts: db\n", "", seen("deploy"), "save"))))
                .isNotEmpty();
        assertThat(Files.readString(folder.resolve("playbooks/deploy.yml"))).isEqualTo("- hosts: db\n");
    }

    @Test
    void aPlaybookIsMadeDeletedAndBroughtBack() throws Exception {
        var made = Map.of("name", "nightly", "playbook", "- hosts: all", "meta", "title: Every night", "do", "save");
        assertThat(to(browser.submit("/new-playbook", made))).isEqualTo("/playbooks/nightly");
        assertThat(text("/playbooks/nightly")).contains("Every night", "- hosts: all");
        assertThat(browser.submit("/new-playbook", made).body()).contains("there is a playbook nightly already");
        assertThat(browser.submit("/new-playbook", Map.of("name", "../x", "playbook", "- hosts: all", "do", "save"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(to(browser.submit("/playbooks/nightly/delete", Map.of("seen", "0000"))))
                .isEqualTo("/playbooks/nightly");
        assertThat(text("/playbooks/nightly")).contains("another user changed nightly", "- hosts: all");
        assertThat(to(browser.submit("/playbooks/nightly/delete", Map.of("seen", seen("nightly")))))
                .isEqualTo("/playbooks/nightly");
        assertThat(text("/playbooks/nightly")).contains("The playbook nightly was deleted", "Restore this version");
        assertThat(to(browser.submit("/playbooks/nightly/restore", Map.of()))).isEqualTo("/playbooks/nightly");
        assertThat(text("/playbooks/nightly"))
                .containsPattern("is again as it was until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC")
                .contains("Every night");
        assertThat(browser.get("/playbooks/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void wherePlaybooksAreChangedInGitNoPageOffersToChangeThem() throws Exception {
        fixture.gitOnly("playbooks are changed in Git, not here (git.edits is off)");
        for (var page : List.of("/playbooks", "/playbooks/deploy")) {
            assertThat(text(page))
                    .as(page)
                    .contains("changed in Git, not here")
                    .doesNotContain("New playbook", "/edit\"", "/delete\"");
        }
        for (var page : List.of("/new-playbook", "/playbooks/deploy/edit")) {
            assertThat(browser.get(page).statusCode()).as(page).isEqualTo(409);
        }
    }
}
