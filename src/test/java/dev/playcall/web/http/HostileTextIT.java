package dev.playcall.web.http;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Origin;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.RunEvent;
import dev.playcall.domain.StartTerms;
import dev.playcall.domain.Timeline;
import dev.playcall.domain.name.Person;
import dev.playcall.web.BrowserPage;
import dev.playcall.web.Chromium;
import dev.playcall.web.WebFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever others can write comes to the page as text: no script runs, and the policy has nothing to stop. */
@ExtendWith(Chromium.class)
class HostileTextIT {
    private static final List<String> HOSTILE = List.of(
            "<script>window.hacked = 1</script>",
            "<img src=x onerror='window.hacked = 1'>",
            "\"><svg onload=\"window.hacked = 1\">",
            "'></p><a href=javascript:window.hacked=1>x</a>",
            "</title></style></textarea><iframe srcdoc='<script>top.hacked=1</script>'>",
            "${7*7} {{7*7}} \u202e\u0000\u001b]0;x\u0007");

    private static final List<String> PATHS = List.of(
            "/",
            "/?merged=1",
            "/runs",
            "/runs?q=%3Cscript%3Ewindow.hacked%3D1%3C/script%3E&host=%22%3E%3Csvg%20onload=window.hacked=1%3E",
            "/runs/1",
            "/runs/2",
            "/runs/2/compare/1",
            "/settings?tab=general",
            "/settings?tab=people",
            "/runs/1#%3Cimg%20src=x%20onerror=window.hacked=1%3E",
            "/queue",
            "/statistics",
            "/playbooks",
            "/playbooks/deploy",
            "/playbooks/deploy/edit",
            "/start?operation=deploy&environment=production&when=cron&timezone=%3Cimg%20src=x%20onerror=window.hacked=1%3E&cron=%3Cscript%3Ewindow.hacked%3D1%3C/script%3E",
            "/start?operation=deploy&environment=production&limit=%3Cscript%3Ewindow.hacked%3D1%3C/script%3E",
            "/inventory?host=%3Cimg%20src=x%20onerror=window.hacked=1%3E",
            "/audit",
            "/notifications");

    private final Browser browser;

    @TempDir
    Path folder;

    HostileTextIT(Browser browser) {
        this.browser = browser;
    }

    @Test
    void nothingThatOthersWroteIsExecuted() throws Exception {
        var all = String.join(" ", HOSTILE);
        try (var fixture = new WebFixture(folder)) {
            Files.writeString(
                    folder.resolve("playbooks/deploy.meta.yml"),
                    "title: " + quoted(HOSTILE.getFirst()) + "\ndescription: " + quoted(HOSTILE.get(1) + HOSTILE.get(2))
                            + "\nvariables: {version: {type: text, description: " + quoted(HOSTILE.get(3))
                            + ", choices: [" + quoted(HOSTILE.get(2)) + ", v1]}}\n");
            Files.writeString(
                    folder.resolve("playbooks/deploy.yml"),
                    "- hosts: all\n  tasks: []\n  # </textarea>" + HOSTILE.get(0) + HOSTILE.get(4) + "\n");
            fixture.post(
                    "/api/v1/schedules",
                    JsonBodies.object()
                            .put("cron", "0 4 * * *")
                            .put("operation", "deploy")
                            .put("environment", "production")
                            .put("limit", "all")
                            .set("variables", JsonBodies.object().put("version", HOSTILE.get(2)))
                            .toString());
            fixture.post(
                    "/api/v1/schedules/1/pause",
                    JsonBodies.object().put("reason", all).toString());
            fixture.post(
                    "/api/v1/queue/pause",
                    JsonBodies.object()
                            .put("what", "staging")
                            .put("reason", HOSTILE.get(1))
                            .toString());
            var made = fixture.post(
                    "/api/v1/runs",
                    JsonBodies.object()
                            .put("operation", "deploy")
                            .put("environment", "production")
                            .put("name", HOSTILE.get(0))
                            .put("description", HOSTILE.get(2))
                            .set("variables", JsonBodies.object().put("version", "v1"))
                            .toString());
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            var run = fixture.begin("deploy");
            fixture.log(run, String.join("\n", HOSTILE) + "\n\u001b[31m" + all + "\u001b[0m\n");
            fixture.timelines.put(
                    run.id(),
                    new Timeline(
                            List.of(new Timeline.Step(all, all, all, run.requestedAt(), run.requestedAt(), "fc")),
                            List.of(HOSTILE.get(1), HOSTILE.get(2)),
                            List.of(new Timeline.Diff(all, HOSTILE.get(0), "+" + all + "\n-" + all)),
                            false));
            var bad = WebFixture.host(HOSTILE.get(1), HostOutcome.FAILED, all, all);
            fixture.progress(run, all, 1, 2, List.of(bad, WebFixture.host("web-1", HostOutcome.OK, "", "")));
            fixture.tellInVain(run, HOSTILE.get(1), all, all);
            fixture.end(run, new Outcome.Failed(2, all));
            var somebody = new Person("slack:" + HOSTILE.get(1));
            fixture.journal.create(new RunEvent.Requested(
                    run.request(), somebody, Origin.of("slack:" + HOSTILE.get(2)), StartTerms.NONE));
            var other = fixture.journal.read().queue().getFirst();
            fixture.journal.append(other.id(), new RunEvent.CancelRequested(somebody));
            fixture.deploy("v1");
            fixture.notificationEngine.sendTest("ops", all);
            try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
                for (var path : PATHS) {
                    visit.to(path);
                    assertThat(visit.page.evaluate("window.hacked === undefined"))
                            .as(path)
                            .isEqualTo(true);
                    assertThat(visit.page.evaluate(
                                    "document.querySelectorAll('main script:not([src]), iframe, img, [onerror],"
                                            + " [onload], a[href^=\"javascript:\"]').length"))
                            .as(path)
                            .isEqualTo(0);
                }
                visit.to("/runs/1");
                assertThat(visit.page.locator("#lines")).containsText("<script>window.hacked = 1</script>");
                visit.page.locator("#tasks button.bad").first().click();
                visit.as(BrowserPage.PHONE).to("/").looksWell("hostile");
            }
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
