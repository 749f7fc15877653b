package dev.playcall.web.inventory;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.playcall.domain.HostResult.HostOutcome;
import dev.playcall.domain.Outcome;
import dev.playcall.web.BrowserPage;
import dev.playcall.web.Chromium;
import dev.playcall.web.WebFixture;
import dev.playcall.web.http.Samples;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The first page in a browser: it changes by itself, explains itself, and starts work. */
@ExtendWith(Chromium.class)
class OperationsPageIT {
    private final Browser browser;

    @TempDir
    Path folder;

    private WebFixture fixture;

    OperationsPageIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeEach
    void open() throws Exception {
        var huge = Files.createDirectories(folder.resolve("inventory/huge")).resolve("hosts.yml");
        Files.writeString(
                huge,
                IntStream.rangeClosed(1, 1000)
                        .mapToObj(i -> "node-" + i + ": ")
                        .collect(Collectors.joining(", ", "all: {hosts: {", "}}\n")));
        fixture = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aButtonStartsARunAndThePageFollowsIt() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/?environment=production");
            visit.page.locator("[data-key=production] button:has-text('Ping')").click();
            assertThat(visit.page.locator(".toast")).containsText("Queued as #1");
            assertThat(visit.page.locator("#active")).containsText("ping");
            var run = fixture.begin("ping");
            assertThat(visit.page.locator("#active .state")).hasText("running");
            fixture.progress(
                    run,
                    "Ping",
                    1,
                    3,
                    List.of(WebFixture.host("web-1", HostOutcome.UNREACHABLE, "Ping", "No route to host")));
            fixture.end(run, new Outcome.Failed(4, "web-1 is unreachable"));
            assertThat(visit.page.locator("h1")).containsText("1 server failing");
            assertThat(visit.page.locator("#dots a:has-text('ping') .dot.bad")).hasCount(1);
        }
    }

    @Test
    void anErrorIsReadByKeyboardAndStaysOpenWhileThePageChanges() throws Exception {
        new Samples(fixture).failed();
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
            visit.to("/?environment=production");
            var cell = visit.page.locator("tr[data-key='production/web-2'] details");
            cell.locator("summary").focus();
            visit.page.keyboard().press("Enter");
            assertThat(cell.locator(".error")).containsText("Status code was 503");
            fixture.deploy("v9.9.9");
            assertThat(visit.page.locator("#active")).containsText("v9.9.9");
            assertThat(cell.locator(".error")).isVisible();
            assertThat((Boolean) visit.page.evaluate("document.activeElement.tagName === 'SUMMARY'"))
                    .isTrue();
            assertThat(visit.page.locator("form[action='/runs/1/retry-anyway']"))
                    .hasAttribute(
                            "data-ask", Pattern.compile("#2 .queued. is newer than #1 and has .*Start it anyway.*"));
        }
    }

    @Test
    void troubleComesFirstAndIsDealtWithOnAPhone() throws Exception {
        new Samples(fixture).failed();
        fixture.alert("Disk full on web-1", "critical", "{\"environment\":\"production\",\"host\":\"web-1\"}");
        fixture.post("/api/v1/runs", "{\"operation\":\"ping\",\"environment\":\"staging\"}");
        var ping = fixture.begin("ping");
        fixture.progress(ping, "Ping", 1, 1, List.of(WebFixture.host("stage-1", HostOutcome.OK, "", "")));
        fixture.end(ping, new Outcome.Success());
        fixture.send(HttpRequest.newBuilder(fixture.at("/api/v1/environments/staging/lock"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"reason\":\"release day\",\"for\":\"2h\"}")));
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/").looksWell("operations-trouble");
            assertThat(visit.page).hasTitle("(1) 1 open alert, 3 servers failing · Playcall");
            assertThat(visit.page.locator("#alertcount")).containsText("1");
            assertThat(visit.page.locator("#alerts")).isInViewport();
            assertThat(visit.page.locator("#locks")).containsText("release day");
            assertThat(visit.page.locator("tr[data-key='production/web-2'] .status"))
                    .containsText("#1");
            assertThat(visit.page.locator("tr[data-key='production/web-2'] .cause"))
                    .containsText("503");
            assertThat(visit.page.locator("#environments > *").first()).containsText("production");
            var healthy = visit.page.locator("details[data-key=staging]");
            assertThat(healthy).containsText("1/1 healthy");
            assertThat(healthy.locator("table")).isHidden();
            healthy.locator("summary").click();
            visit.to("/");
            assertThat(healthy.locator("table")).isVisible();
            visit.page.locator("#alerts button:has-text('Acknowledge')").click();
            assertThat(visit.page.locator("#alerts")).containsText("acknowledged by");
            visit.page.locator("#locks button:has-text('Unlock')").click();
            assertThat(visit.page.locator("#locks li")).hasCount(0);
            visit.page
                    .locator("[data-key=production] button:has-text('Retry #1')")
                    .click();
            visit.page.waitForURL("**/runs/3");
        }
    }

    @Test
    void oneSeveralOrAllEnvironmentsAreShown() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.DESK)) {
            visit.to("/");
            assertThat(visit.page.locator("#environments section")).hasCount(3);
            visit.page.locator(".chips a:has-text('staging')").click();
            assertThat(visit.page.locator("#environments section")).hasCount(1);
            visit.page.locator(".chips a:has-text('production')").click();
            assertThat(visit.page.locator("#environments section")).hasCount(2);
            visit.page.locator(".chips a:has-text('Merged view')").click();
            assertThat(visit.page.locator("#environments tbody tr")).hasCount(4);
            visit.page.fill("#host", "stage");
            visit.page.keyboard().press("Enter");
            assertThat(visit.page.locator("#environments tbody tr")).hasCount(1);
        }
    }

    @Test
    void ofManyServersThoseThatFailAreInSight() throws Exception {
        fixture.post("/api/v1/runs", "{\"operation\":\"ping\",\"environment\":\"huge\"}");
        var run = fixture.begin("ping");
        fixture.progress(
                run, "Ping", 1, 1, List.of(WebFixture.host("node-7", HostOutcome.UNREACHABLE, "Ping", "No route")));
        fixture.end(run, new Outcome.Failed(4, "node-7 is unreachable"));
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/");
            var rows = visit.page.locator("[data-key=huge] tbody tr:visible");
            assertThat(rows).hasCount(1);
            assertThat(rows).containsText("node-7");
            visit.looksWell("operations-many");
            visit.page.locator("[data-key='huge/rest'] summary").click();
            assertThat(rows).hasCount(60);
            visit.to("/?host=node-70");
            assertThat(visit.page.locator("tr[data-key='huge/node-70']")).isVisible();
            for (int i = 0; i < 40; i++) {
                fixture.post("/api/v1/runs", "{\"operation\":\"ping\",\"environment\":\"huge\"}");
            }
            visit.to("/runs").looksWell("runs-many");
            assertThat(visit.page.locator("#list li.run")).hasCount(41);
            visit.to("/queue").looksWell("queue-many").to("/").looksWell("operations-queue");
        }
    }

    @Test
    void aThousandServersAreShownAtOnce() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/");
            visit.to("/?environment=huge&all=1");
            assertThat(visit.page.locator("tr[data-key='huge/node-1000']")).isAttached();
            assertThat(visit.page.locator("tr[data-key^='huge/']")).hasCount(1000);
            assertThat(visit.bytes()).isLessThan(150_000);
        }
    }

    @Test
    void whatOneMayNotDoIsSaid() throws Exception {
        fixture.close();
        fixture = new WebFixture(
                folder.resolve("guarded"), "access: { bindings: [{ role: viewer, people: [web:eve] }] }\n");
        fixture.entrance.identity().accounts().add("eve", false, "four words and more");
        try (var eve = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            eve.login("eve", "four words and more").to("/?environment=production");
            var button = eve.page.locator("[data-key=production] button:has-text('Ping')");
            assertThat(button).hasAttribute("aria-disabled", "true");
            button.focus();
            eve.page.keyboard().press("Enter");
            assertThat(eve.page.locator(".toast")).containsText("start");
            eve.looksWell("operations-looker");
        }
        assertThat(fixture.journal.read().queue()).isEmpty();
    }

    /** What docs/day-two.md says of the taps is counted here. */
    @Test
    void anIncidentIsDealtWithOnTwoPhones() throws Exception {
        fixture.close();
        fixture = new WebFixture(folder.resolve("incident"), """
            access:
              bindings:
                - { role: operator, people: ["web:olga"] }
                - { role: approver, people: ["web:anna"] }
                - { role: admin, people: ["token:admin"] }
              policies: [{ environments: [production], operations: [ping], approvals: 1, expires: 1h }]
            """, true);
        for (var name : List.of("olga", "anna")) {
            fixture.entrance.identity().accounts().add(name, false, "four words and more");
        }
        var alert = "{\"title\":\"web-1 is down\",\"severity\":\"critical\",\"status\":\"%s\",\"subject\":\"web-1\","
                + "\"labels\":{\"environment\":\"production\",\"host\":\"web-1\"}}";
        fixture.ask("admin", "POST", "/api/v1/notifications", alert.formatted("open"));
        try (var olga = new BrowserPage(browser, fixture, BrowserPage.PHONE);
                var anna = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            var taps = new ArrayList<String>();
            olga.login("olga", "four words and more").to("/");
            assertThat(olga.page.locator("#alerts")).containsText("web-1 is down");
            tap(taps, olga, "#alerts button:has-text('ping it')");
            assertThat(olga.page.locator("#active .run")).containsText("awaiting approval");
            olga.looksWell("incident-asked");
            anna.login("anna", "four words and more").to("/");
            tap(taps, anna, "#now a:has-text('awaiting approval')");
            tap(taps, anna, "#list .run a");
            anna.page.waitForURL("**/runs/1");
            anna.page.waitForSelector("#link.on");
            anna.looksWell("incident-approval");
            tap(taps, anna, "#plan button:has-text('Approve')");
            assertThat(anna.page.locator("#runstate .state")).hasText("queued");
            var run = fixture.begin("ping");
            fixture.progress(run, "Ping", 3, 3, Samples.fine());
            fixture.end(run, new Outcome.Success());
            assertThat(anna.page.locator("#runstate .state")).hasText("succeeded");
            var over = fixture.ask("admin", "POST", "/api/v1/notifications", alert.formatted("resolved"));
            assertThat(over.body()
                            + fixture.ask("admin", "GET", "/api/v1/alerts", "").body())
                    .doesNotContain("web-1 is down");
            // By itself the page asks again within half a minute.
            olga.to("/");
            assertThat(olga.page.locator("h1")).containsText("Nothing failing");
            assertThat(olga.page.locator("#recent .run").first()).containsText("succeeded");
            assertThat(taps).as("besides two answers to a question").hasSize(4);
        }
    }

    private static void tap(List<String> taps, BrowserPage visit, String selector) {
        visit.page.locator(selector).first().tap();
        taps.add(selector);
    }
}
