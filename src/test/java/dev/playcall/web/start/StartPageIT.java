package dev.playcall.web.start;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.playcall.domain.ansible.AdhocTask;
import dev.playcall.web.BrowserPage;
import dev.playcall.web.Chromium;
import dev.playcall.web.WebFixture;
import dev.playcall.web.http.Samples;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From the list of playbooks to a run, and what stands in its way; then how it waits. */
@ExtendWith(Chromium.class)
class StartPageIT {
    private final Browser browser;

    @TempDir
    Path folder;

    private WebFixture fixture;

    StartPageIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeEach
    void open() throws Exception {
        fixture = new WebFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void threeStepsLeadFromTheDescriptionToARun() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/playbooks");
            visit.page.locator("[data-key=deploy] a.button:has-text('Start')").click();
            visit.page.fill("[name='v.version']", "v1.2.3");
            visit.page.fill("[name='v.workers']", "many");
            visit.page.locator("#places button:has-text('staging')").click();
            assertThat(visit.page.locator("h1")).containsText("staging");
            assertThat(visit.page.locator("[name='v.version']")).hasValue("v1.2.3");
            assertThat(visit.page.locator("#reach")).containsText("stage-1");
            visit.page.locator("#places button:has-text('production')").click();
            assertThat(visit.page.locator("#reach")).containsText("3 servers");
            visit.looksWell("start-1");
            visit.page.locator("#next").click();
            visit.page.fill("#limit", "wbe");
            assertThat(visit.page.locator("#reach .problem")).containsText("wbe");
            visit.page.fill("#limit", "");
            visit.page.locator(".picks .chip:has-text('web')").click();
            assertThat(visit.page.locator("#limit")).hasValue("web");
            assertThat(visit.page.locator("#reach")).containsText("2 servers web-1, web-2");
            visit.looksWell("start-2");
            visit.page.locator("#next").click();
            assertThat(visit.page.locator("[data-field=workers] .wrong")).containsText("workers");
            visit.looksWell("start-wrong");
            visit.page.fill("[name='v.workers']", "4");
            var ahead = fixture.deploy("v1.2.2");
            fixture.begin("deploy");
            visit.page.locator("#steps button:has-text('Review')").click();
            assertThat(visit.page.locator("#review")).containsText("web-1, web-2");
            assertThat(visit.page.locator("#review .waits")).containsText("for " + ahead);
            visit.looksWell("start-3").as(BrowserPage.DESK).looksWell("start-3").as(BrowserPage.PHONE);
            visit.page.locator("#go").click();
            visit.page.waitForURL("**/runs/2");
            assertThat(visit.page.locator(".toast")).containsText("Queued as #2");
        }
        var run = fixture.journal.read().queue().getFirst();
        assertThat(run.request().limit()).isEqualTo("web");
        assertThat(run.request().variables())
                .hasEntrySatisfying("workers", v -> assertThat(v.display()).isEqualTo("4"));
    }

    @Test
    void aDeploymentIsMadeInThreeSteps() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/deployments");
            visit.page.selectOption("[name=playbook]", "deploy");
            visit.looksWell("deployments-none");
            visit.page.locator("button:has-text('New deployment')").click();
            assertThat(visit.page.locator("[name=rollout]")).isChecked();
            visit.page.fill("[name='v.version']", "v1.2.3");
            visit.page.fill("#waves", "1,rest");
            visit.looksWell("deployment-new-1");
            visit.page.locator("#next").click();
            visit.page.fill("#limit", "web");
            assertThat(visit.page.locator("#reach")).containsText("2 servers");
            visit.page.locator("button:has-text('Clear selection')").click();
            assertThat(visit.page.locator("#limit")).hasValue("");
            assertThat(visit.page.locator("#reach")).containsText("3 servers");
            visit.looksWell("deployment-new-2");
            visit.page.locator("#next").click();
            assertThat(visit.page.locator("[data-field=name] .wrong")).containsText("a deployment needs a name");
            visit.page.fill("#name", "Friday");
            visit.page.locator("#steps button:has-text('Review')").click();
            assertThat(visit.page.locator("#review")).containsText("This deploys to 3 servers in waves.");
            assertThat(visit.page.locator("#review")).containsText("Wave 1: 1 host");
            visit.looksWell("deployment-new-3");
            visit.page.locator("#go").click();
            visit.page.waitForURL("**/deployments/1");
            assertThat(visit.page.locator("h1")).containsText("Friday");
            visit.to("/batches/1");
            visit.page.waitForURL("**/deployments/1");
        }
        assertThat(fixture.journal.read().queue()).hasSize(2);
    }

    @Test
    void aModuleIsRunWithoutAPlaybook() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/inventory/production");
            visit.page.locator("a.button:has-text('Run a module')").click();
            visit.page.selectOption("[name='v.module']", "setup");
            visit.page.fill("[name='v.args']", "min");
            visit.looksWell("module-1")
                    .as(BrowserPage.DESK)
                    .looksWell("module-1")
                    .as(BrowserPage.PHONE);
            visit.page.locator("#next").click();
            visit.page.locator(".picks .chip:has-text('web')").click();
            visit.page.locator("#next").click();
            assertThat(visit.page.locator("[data-field=args] .wrong")).containsText("arguments written key=value");
            visit.page.fill("[name='v.args']", "gather_subset=min\nfilter=ansible_distribution*");
            visit.page.locator("#steps button:has-text('Review')").click();
            assertThat(visit.page.locator("#review")).containsText("web-1, web-2");
            assertThat(visit.page.locator("#review")).containsText("ansible_distribution*");
            visit.looksWell("module-3");
            visit.page.locator("#go").click();
            visit.page.waitForURL("**/runs/1");
        }
        var request = fixture.journal.read().queue().getFirst().request();
        assertThat(request.task().map(AdhocTask::module)).contains("setup");
        assertThat(request.limit()).isEqualTo("web");
        assertThat(request.variables().keySet()).containsExactly("filter", "gather_subset");
    }

    @Test
    void aScheduleIsMadeHeldBackRunAndRemoved() {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/queue").looksWell("queue-none");
            visit.page.locator("#schedules a.button").click();
            visit.page.fill("[name='v.version']", "v1.2.3");
            visit.page.locator("#steps button:has-text('Review')").click();
            visit.page.fill("#cron", "61 * * * *");
            assertThat(visit.page.locator("#preview .problem")).isVisible();
            visit.page.fill("#cron", "30 2 * * mon-fri");
            assertThat(visit.page.locator("#preview li")).hasCount(5);
            assertThat(visit.page.locator("#preview")).containsText("02:30");
            visit.looksWell("schedule-new");
            visit.page.locator("#go").click();
            visit.page.waitForURL("**/queue#schedule-1");
            assertThat(visit.page.locator(".toast")).containsText("Schedule 1");
            assertThat(visit.page.locator("[data-key=schedule-1] time.state")).containsText("in ");
            visit.page.locator("[data-key=schedule-1] button:has-text('Pause')").click();
            assertThat(visit.page.locator("[data-key=schedule-1] .state")).containsText("paused by local");
            visit.page
                    .locator("[data-key=schedule-1] button:has-text('Run now')")
                    .click();
            visit.page.waitForURL("**/runs/1");
            visit.to("/queue");
            visit.page
                    .locator("[data-key=schedule-1] button:has-text('Remove')")
                    .click();
            assertThat(visit.page.locator(".schedule")).hasCount(0);
        }
    }

    @Test
    void theQueueSaysWhoWaitsForWhom() throws Exception {
        var samples = new Samples(fixture);
        samples.good("v1");
        var holder = samples.ran("v2");
        fixture.deploy("v3");
        fixture.deploy("v4");
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/queue");
            assertThat(visit.page.locator(".place")).hasCount(2);
            assertThat(visit.page.locator(".place").first())
                    .containsText("waiting for #" + holder.id().value() + " (deploy)");
            fixture.end(holder, new dev.playcall.domain.Outcome.Success());
            fixture.begin("deploy");
            assertThat(visit.page.locator(".place")).hasCount(1);
            assertThat(visit.page.locator(".place .position")).hasText("1");
            visit.to("/start?operation=deploy&environment=production");
            assertThat(visit.page.locator("[data-field=version]")).containsText("Live: v1 on 3 hosts");
            assertThat(visit.page.locator("[data-field=version] option")).hasCount(4);
            visit.page.fill("[name='v.version']", "v0.9");
            visit.page.locator("#steps button:has-text('Review')").click();
            assertThat(visit.page.locator("#review .notice")).hasText("Downgrade: v1 is live, v0.9 is older.");
            assertThat(visit.page.locator("#review")).containsText("Typically takes");
            visit.looksWell("start-downgrade");
        }
    }
}
