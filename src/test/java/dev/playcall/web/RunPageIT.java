package dev.playcall.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.domain.Run;
import dev.playcall.domain.Timeline;
import dev.playcall.web.http.JsonBodies;
import dev.playcall.web.http.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One run in a browser: watched live, by two at once, over a restart, and however long its log is. */
@ExtendWith(Chromium.class)
class RunPageIT {
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    private final Browser browser;

    @TempDir
    Path folder;

    private WebFixture fixture;
    private Samples samples;

    RunPageIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder);
        samples = new Samples(fixture);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static String log(BrowserPage visit) {
        return String.valueOf(visit.page.evaluate(
                "[...document.querySelectorAll('#lines > div > span')].map(s => s.textContent).join('\\n')"));
    }

    private static String path(Run run) {
        return "/runs/" + run.id().value();
    }

    @Test
    void twoWatchOneRunAndALateOneSeesEverything() throws Exception {
        var run = samples.ran("v1.0.0");
        try (var early = new BrowserPage(browser, fixture, BrowserPage.DESK);
                var phone = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            early.to(path(run));
            phone.to(path(run));
            fixture.log(run, "TASK [Health check] ***\n\u001b[0;32mok: [web-1]\u001b[0m\nhalf a li");
            for (var visit : List.of(early, phone)) {
                assertThat(visit.page.locator("#lines")).containsText("half a li", SOON);
            }
            fixture.log(run, "ne\n");
            fixture.progress(run, "Health check", 3, 3, Samples.fine());
            fixture.end(run, new Outcome.Success());
            try (var late = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
                late.to(path(run));
                assertThat(late.page.locator("#lines")).containsText("half a line", SOON);
                for (var visit : List.of(early, phone)) {
                    assertThat(visit.page.locator("#lines")).containsText("half a line", SOON);
                    assertThat(visit.page.locator("#runstate .state")).hasText("succeeded");
                    assertThat(log(visit)).isEqualTo(log(late)).containsOnlyOnce("half a li");
                }
                assertThat(late.page.locator("#lines .f2").first()).hasText("ok: [web-2]");
            }
        }
    }

    @Test
    void aRestartInTheMiddleIsSurvived() throws Exception {
        var run = samples.ran("v1.0.0");
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
            visit.to(path(run));
            fixture.log(run, "before the restart\n");
            assertThat(visit.page.locator("#lines")).containsText("before the restart", SOON);
            fixture.restart();
            fixture.log(run, "after the restart\n");
            fixture.progress(
                    run,
                    "Health check",
                    1,
                    3,
                    List.of(WebFixture.host("web-1", HostOutcome.FAILED, "Health check", "503")));
            fixture.end(run, new Outcome.Failed(2, "web-1 failed"));
            assertThat(visit.page.locator("#lines")).containsText("after the restart", SOON);
            assertThat(visit.page.locator("#card")).containsText("web-1 failed", SOON);
            assertThat(log(visit)).containsOnlyOnce("before the restart").containsOnlyOnce("after the restart");
            visit.page.waitForSelector("#link.on", new Page.WaitForSelectorOptions().setTimeout(20_000));
        }
    }

    @Test
    void aMillionLinesDoNotFreezeThePage() throws Exception {
        var run = samples.ran("v1.0.0");
        var text = new StringBuilder(1 << 20);
        for (int i = 8; i <= 1_000_000; i++) {
            text.append("ok: [web-1] => (item=").append(i).append(i == 700_000 ? ") the needle\n" : ")\n");
            if (text.length() > 1_000_000) {
                fixture.log(run, text.toString());
                text.setLength(0);
            }
        }
        fixture.log(run, text.toString());
        fixture.end(run, new Outcome.Success());
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to(path(run) + "#L500000");
            assertThat(visit.page.locator("#lines .marked")).containsText("item=500000", SOON);
            assertThat(visit.page.locator("#total")).hasText("1,000,000");
            visit.page.fill("#q", "THE NEEDLE");
            visit.page.keyboard().press("Enter");
            assertThat(visit.page.locator("#lines .marked")).containsText("item=700000", SOON);
            assertThat(visit.page.locator("#found")).hasText("1 of 1");
            visit.page.locator("#logmenu").click();
            visit.page.evaluate("document.getElementById('lines').scrollTop = 0");
            assertThat(visit.page.locator("#lines [data-n='699500']")).isAttached();
            visit.page.locator("#follow").click();
            assertThat(visit.page.locator("#lines [data-n='1000000']")).isAttached();
            assertThat(((Number) visit.page.evaluate("document.querySelectorAll('#lines > div').length")).intValue())
                    .isLessThanOrEqualTo(2500);
        }
    }

    @Test
    void theFirstFailureIsOneTapAwayAndRetriedWithAnother() throws Exception {
        var run = samples.failed();
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to(path(run));
            assertThat(visit.page.locator("#lines .marked")).containsText("fatal: [web-2]", SOON);
            assertThat(visit.page.locator(".runhead")).isInViewport();
            visit.page.locator(".tabs a:has-text('Tasks')").click();
            visit.page.locator("#tasks button[data-find='fatal: [web-2']").click();
            assertThat(visit.page.locator("#lines .marked")).containsText("FAILED!", SOON);
            assertThat(visit.page.locator("#follow")).hasAttribute("aria-pressed", "false");
            visit.page.locator("#card button:has-text('Retry failed hosts')").click();
            visit.page.waitForURL("**/runs/2");
            assertThat(visit.page.locator(".toast")).containsText("Queued as #2");
            assertThat(visit.page.locator("#facts")).containsText("Retry of");
            visit.page.locator("#runstate button:has-text('Cancel')").click();
            assertThat(visit.page.locator("#runstate .state")).hasText("cancelled");
        }
        assertThat(fixture.journal.read().hosts(run.id())).hasSize(3);
    }

    @Test
    void theLogIsFoldedFilteredAndLinkedByLines() throws Exception {
        var run = samples.failed();
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to(path(run));
            visit.page.locator("#failures").click();
            assertThat(visit.page.locator("#picked > div")).hasText(new java.util.regex.Pattern[] {
                java.util.regex.Pattern.compile("TASK \\[Make the release directory.*"),
                java.util.regex.Pattern.compile("fatal: \\[web-2.*")
            });
            visit.looksWell("log-failures");
            assertThat(visit.page.locator("#fold")).isHidden();
            visit.page.locator("#logmenu").click();
            visit.page.selectOption("#loghost", "db-1");
            assertThat(visit.page.locator("#picked")).containsText("No such lines.");
            visit.page.locator("#failures").click();
            assertThat(visit.page.locator("#picked")).containsText("ok: [db-1]");
            assertThat(visit.page.locator("#picked")).not().containsText("web-1");
            visit.page.locator("#fold").click();
            var task = visit.page.locator("#picked details.task");
            assertThat(task.locator("summary")).containsText("1 failed");
            assertThat(task.locator("div").first()).containsText("changed: [web-1]");
            visit.looksWell("log-folded");
            task.locator("div a").first().click();
            assertThat(visit.page.locator("#lines .marked")).containsText("changed: [web-1]");
            assertThat(visit.page.locator("#picked")).isHidden();
            visit.to("/").to(path(run) + "#L4-L6");
            assertThat(visit.page.locator("#lines .marked")).hasCount(3);
            assertThat(visit.page.locator("#lines [data-n='1'] + span")).hasText("PLAY [Deploy] ***");
            visit.page.locator("#logmenu").click();
            visit.page.locator("#times").click();
            assertThat(visit.page.locator("#lines div:has([data-n='3']) time"))
                    .hasAttribute(
                            "datetime",
                            JsonBodies.time(run.startedAt().orElseThrow().plusMillis(740)));
            visit.page.locator("#wrap").click();
            visit.looksWell("log-unwrapped");
            var whole = fixture.get("/api/v1/runs/" + run.id().value() + "/log?download=1");
            assertThat(whole.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename=\"run-1.log\"");
            assertThat(whole.body()).startsWith("PLAY [Deploy] *****").endsWith("PLAY RECAP ****\n");
        }
    }

    @Test
    void someOfTheFailedHostsAreChosenAndRetried() throws Exception {
        var run = samples.ran("v1.0.0");
        fixture.log(run, "PLAY [x]\n");
        fixture.progress(
                run,
                "Health check",
                3,
                3,
                Stream.of("web-1", "web-2", "db-1")
                        .map(h -> h.equals("db-1")
                                ? WebFixture.host(h, HostOutcome.OK, "", "")
                                : WebFixture.host(h, HostOutcome.FAILED, "Health check", "503"))
                        .toList());
        fixture.end(run, new Outcome.Failed(2, "2 of 3 hosts failed"));
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
            visit.to(path(run));
            visit.page.locator("#retry-some summary").click();
            assertThat(visit.page.locator("#retry-some label")).hasText(new String[] {"web-1", "web-2"});
            visit.looksWell("run-choose-hosts").as(BrowserPage.PHONE).looksWell("run-choose-hosts");
            visit.page.locator("#retry-some button").click();
            assertThat(visit.page.locator(".toast")).containsText("Select at least one host");
            visit.page.locator("#retry-some summary").click();
            visit.page.locator("#retry-some label:has-text('web-2')").click();
            visit.page.locator("#retry-some button").click();
            visit.page.waitForURL("**/runs/2");
            assertThat(visit.page.locator("#facts")).containsText("Retry of");
        }
        assertThat(fixture.journal.read().queue())
                .singleElement()
                .satisfies(r -> assertThat(r.request().hosts()).containsExactly("web-2"));
        fixture.end(fixture.begin("deploy"), new Outcome.Success());
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to(path(run));
            visit.page.locator("#retry-some summary").click();
            visit.page.locator("#retry-some label:has-text('web-1')").click();
            visit.page.locator("#retry-some label:has-text('web-2')").click();
            visit.page.locator("#retry-some button").click();
            visit.page.waitForURL("**/runs/3");
            fixture.end(fixture.begin("deploy"), new Outcome.Success());
            visit.to(path(run));
            assertThat(visit.page.locator("#card")).containsText("Retried by #3 (succeeded)");
            assertThat(visit.page.locator("#retry-some")).hasCount(0);
        }
    }

    @Test
    void manyHostsAndALongNameFitOnAPhone() throws Exception {
        var run = samples.ran("v1.0.0");
        var names = Stream.concat(
                        Stream.of("very-long-hostname-of-a-legacy-machine.eu-central-1.example.org"),
                        IntStream.rangeClosed(1, 24).mapToObj(i -> "web-" + i))
                .toList();
        var hosts = names.stream()
                .map(name -> name.equals("web-2")
                        ? WebFixture.host(name, HostOutcome.FAILED, "Health check", "health check answered 503")
                        : WebFixture.host(name, HostOutcome.CHANGED, "", ""))
                .toList();
        fixture.timelines.put(
                run.id(), new Timeline(Samples.timeline(run, "ccc", "ooo").steps(), names, List.of(), false));
        fixture.progress(run, "Health check", 25, 25, hosts);
        fixture.log(run, "PLAY [x]\n");
        fixture.end(run, new Outcome.Failed(2, "1 of 25 hosts failed"));
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
            visit.to(path(run));
            assertThat(visit.page.locator("#card .why").last())
                    .hasText("web-2, Health check: health check answered 503");
            visit.looksWell("run-many-hosts").as(BrowserPage.PHONE).looksWell("run-many-hosts");
            visit.page.locator(".tabs a:has-text('Hosts')").click();
            assertThat(visit.page.locator("[data-key='web-2'] td").first()).isInViewport();
            assertThat(visit.page.locator("#hosts details summary")).hasText("24 finished");
            visit.looksWell("run-hosts");
            visit.page.locator(".tabs a:has-text('Tasks')").click();
            visit.looksWell("run-tasks").as(BrowserPage.DESK).looksWell("run-tasks");
        }
    }

    @Test
    void differencesAreShownOncePerKind() throws Exception {
        fixture.post(
                "/api/v1/runs",
                "{\"operation\":\"deploy\",\"environment\":\"production\",\"check\":true,\"diff\":true,\"variables\":{\"version\":\"v1\"}}");
        var run = fixture.begin("deploy");
        var same = "--- before\n+++ after\n@@ -1 +1 @@\n-workers: 2\n+workers: <b>4</b>\n";
        fixture.timelines.put(
                run.id(),
                new Timeline(
                        Samples.timeline(run, "ccc", "ooo").steps(),
                        List.of("web-1", "web-2", "db-1"),
                        List.of(
                                new Timeline.Diff("Write the configuration", "web-1", same),
                                new Timeline.Diff("Write the configuration", "web-2", same)),
                        false));
        fixture.log(run, "PLAY [x]\n");
        fixture.end(run, new Outcome.Success());
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
            visit.to(path(run)).looksWell("run-diff").as(BrowserPage.PHONE).looksWell("run-diff");
            assertThat(visit.page.locator("#diffs details")).hasCount(1);
            assertThat(visit.page.locator("#diffs")).containsText("on web-1, web-2");
            assertThat(visit.page.locator("#diffs .add")).containsText("+workers: <b>4</b>");
        }
    }
}
