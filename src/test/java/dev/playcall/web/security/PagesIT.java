package dev.playcall.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import dev.playcall.web.BrowserPage;
import dev.playcall.web.Chromium;
import dev.playcall.web.WebFixture;
import dev.playcall.web.http.Samples;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page as it is seen at a desk and on a phone, by eyes and by axe; light, and with {@code -Dscreenshots=true} dark too. */
@ExtendWith(Chromium.class)
@TestInstance(Lifecycle.PER_CLASS)
class PagesIT {
    private static final long HEAVIEST = 150_000;

    private final Browser browser;
    private WebFixture fixture;

    PagesIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        fixture = new WebFixture(
                folder,
                "access: { policies: [{ environments: [staging], operations: [deploy], approvals: 1, expires: 4h }]"
                        + " }\n");
        Samples.of(fixture);
        fixture.notificationEngine.sendTest("ops", "web:local");
        fixture.post(
                "/api/v1/runs",
                "{\"operation\":\"deploy\",\"environment\":\"staging\",\"variables\":{\"version\":\"v1.3.0\"},"
                        + "\"description\":\"the fix for the basket\"}");
        var receiver = HttpRequest.newBuilder(fixture.at("/api/v1/receivers/night"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"webhook\":\"https://pager.example.org/hook\"}"));
        assertThat(fixture.send(receiver).statusCode()).isEqualTo(200);
        fixture.post(
                "/api/v1/deployments",
                "{\"name\":\"Friday release\",\"playbook\":\"provision\",\"environment\":\"production\","
                        + "\"rollout\":{\"waves\":[1,\"rest\"],\"pause\":\"approve\"}}");
        fixture.alert("Disk full on web-1", "critical", "{\"environment\":\"production\",\"host\":\"web-1\"}");
        fixture.alert("Certificate of shop.example.org expires in 6 days", "warning", "{\"environment\":\"staging\"}");
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "operations, /",
        "operations-merged, /?merged=1",
        "runs, /runs",
        "runs-none, /runs?host=nothing",
        "runs-found, /runs?q=health",
        "runs-filtered, '/runs?from=2020-01-31&requested_by=local&status=failed'",
        "statistics, /statistics",
        "statistics-none, '/statistics?period=30d&environment=staging'",
        "compare, /runs/3/compare/4",
        "secrets, /secrets",
        "run-failed, /runs/4",
        "run-running, /runs/5",
        "run-waiting, /runs/6",
        "run-approval, /runs/8",
        "queue, /queue",
        "playbooks, /playbooks",
        "playbook, /playbooks/provision",
        "start-cron, '/start?operation=provision&environment=production&when=cron&cron=30+2+*+*+mon-fri'",
        "start, '/start?operation=deploy&environment=production'",
        "venvs, /venvs",
        "inventory, /inventory",
        "notifications, /notifications",
        "receivers, /notifications/receivers",
        "host, /inventory/production/hosts/web-2",
        "not-found, /runs/99999",
        "search, /search?q=web",
        "alerts, /alerts",
        "alert, /alerts/1",
        "audit, /audit",
        "settings, /settings",
        "settings-people, /settings?tab=people",
        "settings-keys, /settings?tab=keys",
        "deployments, /deployments",
        "deployment, /deployments/1",
        "start-deployment, '/start?operation=play&playbook=provision&rollout=1&environment=production'",
        "version, VERSION"
    })
    void isReadableEverywhere(String name, String path) throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
            visit.to(path.equals("VERSION") ? version() : path).looksWell(name);
            assertThat(visit.bytes()).isLessThan(HEAVIEST);
            visit.as(BrowserPage.PHONE).looksWell(name);
        }
        if (Boolean.getBoolean("screenshots")) {
            try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK, ColorScheme.DARK)) {
                visit.to(path.equals("VERSION") ? version() : path).looksWell(name + "-dark");
                visit.as(BrowserPage.PHONE).looksWell(name + "-dark");
            }
        }
    }

    private String version() throws Exception {
        var found = java.util.regex.Pattern.compile("/playbooks/provision/versions/[^\"]+")
                .matcher(fixture.get("/playbooks/provision").body());
        assertThat(found.find()).isTrue();
        return found.group();
    }

    /** The editor of others weighs more. */
    @ParameterizedTest
    @CsvSource({"editor, /playbooks/provision/edit", "editor-new, /new-playbook"})
    void isWrittenEverywhere(String name, String path) {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
            visit.to(path);
            visit.page.waitForSelector(".CodeMirror .cm-atom");
            visit.looksWell(name).as(BrowserPage.PHONE).looksWell(name);
        }
    }

    /** The browser must not hold back what the editor has in place of its own field. */
    @Test
    void anEmptyPlaybookIsRefusedAndCanBeSentAgain() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
            visit.to("/new-playbook").page.fill("#name", "fresh");
            saves(visit, "", "empty");
            saves(visit, "- hosts: all\n\ttasks: []\n", "fresh.yml:2");
        }
    }

    private static void saves(BrowserPage visit, String text, String problem) {
        visit.page.waitForSelector(".CodeMirror");
        visit.page.locator(".CodeMirror-line").first().click();
        visit.page.keyboard().press("Control+a");
        visit.page.keyboard().press("Delete");
        visit.page.keyboard().insertText(text);
        visit.page.locator("button[value=save]").click();
        visit.page.waitForSelector(".problem:has-text('" + problem + "')");
    }

    @Test
    void isReadableInTheDark() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK, ColorScheme.DARK)) {
            visit.to("/").looksWell("operations-dark").to("/runs/4").looksWell("run-failed-dark");
            visit.to("/playbooks/provision")
                    .looksWell("playbook-dark")
                    .to("/queue")
                    .looksWell("queue-dark");
        }
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE, ColorScheme.DARK)) {
            visit.to("/").looksWell("operations-dark").to("/queue").looksWell("queue-dark");
            visit.to("/settings").looksWell("settings-dark");
        }
    }

    @Test
    void thePlanIsReadBeforeItIsApproved() throws Exception {
        var page = fixture.get("/runs/8").body();
        // Nobody has to log in here, so that nobody knows who asked: one more has to agree.
        assertThat(page)
                .contains(
                        "“the fix for the basket”", "2 approvals required", "The requester cannot.", "data-left=\"14");
        assertThat(page.indexOf("<h2>Plan</h2>")).isBetween(1, page.indexOf(">Approve<"));
        assertThat(page.indexOf(">Approve<")).isLessThan(page.indexOf("class=\"tabs\""));
    }

    @Test
    void runsAreFilteredWithOneTapAndTheFilterIsKept() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/runs").page.locator(".chip:has-text('Failed')").click();
            visit.page.waitForCondition(
                    () -> visit.page.locator("#list li.run:visible").count() == 1);
            assertThat(visit.page.locator("#list li.run:visible").allInnerTexts())
                    .singleElement()
                    .satisfies(r -> assertThat(r).contains("#4", "local", "failed"));
            visit.page.locator("button:has-text('Save this view')").click();
            visit.page.fill("#views input", "Trouble");
            visit.page.keyboard().press("Enter");
            visit.to("/runs").page.locator("#views a:has-text('Trouble')").click();
            visit.page.waitForURL("**/runs?status=failed*");
            visit.looksWell("runs-view");
            visit.page.locator("button:has-text('Forget Trouble')").click();
            assertThat(visit.page.locator("#views a").count()).isZero();
        }
    }

    @Test
    void anActionIsOneRowOfTheAuditLogWhichIsExported() throws Exception {
        var page = fixture.get("/audit?from=2020-01-31&person=local").body();
        assertThat(page)
                .contains(
                        "href=\"/runs/4\">#4</a>",
                        "/api/v1/audit/export?from=2020-01-31&amp;person=local&amp;format=csv")
                .contains("<span class=\"good\">done</span>")
                .doesNotContain("<span class=\"soft\">asked</span>");
        assertThat(fixture.get("/api/v1/audit/export?format=csv").body())
                .startsWith("sequence,at,person,channel,deed,subject,decision,reason,details\r\n")
                .contains(",deploy production,asked,", ",deploy production,done,");
    }

    @Test
    void timesAreInUtcOrInTheZoneOfTheBrowserWhichIsRemembered() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK, ColorScheme.LIGHT, "Asia/Tokyo")) {
            var time = visit.to("/runs/4").page.locator("main time[datetime]").first();
            assertThat(time.getAttribute("title")).endsWith(" UTC");
            visit.page.locator("#side button:has-text('Times in UTC')").click();
            assertThat(time.getAttribute("title")).endsWith(" GMT+9");
            assertThat(visit.to("/audit").page.locator("#side .zone").innerText())
                    .isEqualTo("Times in Asia/Tokyo");
            assertThat(visit.page.locator("main time[datetime]").first().getAttribute("title"))
                    .endsWith(" GMT+9");
        }
    }

    @Test
    void aDayAndAPlaybookOfTheStatisticsLeadToTheirRuns() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE, ColorScheme.DARK)) {
            visit.to("/statistics").looksWell("statistics-dark");
            visit.page.locator(".bars a[href]").last().click();
            visit.page.waitForURL("**/runs?from=*&to=*");
            assertThat(visit.page.locator("#list li.run").count()).isPositive();
            visit.to("/statistics").page.locator(".trends .plot").first().click();
            visit.page.waitForURL("**/runs?playbook=*&from=*");
            assertThat(visit.page.locator("#list li.run").count()).isPositive();
        }
    }

    @Test
    void isWalkedByKeyboardOnAPhoneToo() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/");
            assertThat(visit.page.locator("#side").isVisible()).isFalse();
            visit.page.focus("#menu");
            visit.page.keyboard().press("Enter");
            assertThat(visit.page.locator("#side").isVisible()).isTrue();
            visit.looksWell("menu");
            visit.page.locator("#side a[href='/queue']").focus();
            visit.page.keyboard().press("Enter");
            visit.page.waitForURL("**/queue");
            visit.page.waitForSelector("#link.on");
            visit.page.keyboard().press("?");
            com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(visit.page.locator("dialog"))
                    .containsText("Ctrl+K");
            visit.page.keyboard().press("Escape");
            visit.page.keyboard().press("Control+k");
            visit.page.locator("dialog input").fill("#4");
            visit.looksWell("palette");
            visit.page.keyboard().press("Enter");
            visit.page.waitForURL("**/runs/4");
        }
    }
}
