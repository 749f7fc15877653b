package dev.playcall.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
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

    private WebHouse house;

    StartPageIT(Browser browser) {
        this.browser = browser;
    }

    @BeforeEach
    void open() throws Exception {
        house = new WebHouse(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aFormIsMadeOfTheDescriptionAndStartsARun() {
        try (var visit = new Visit(browser, house, Visit.PHONE)) {
            visit.to("/playbooks");
            visit.page.locator("[data-key=deploy] a.button").click();
            visit.page.fill("#limit", "web");
            assertThat(visit.page.locator("#review")).containsText("2 servers web-1, web-2");
            visit.page.fill("#limit", "wbe");
            assertThat(visit.page.locator("#review .problem")).containsText("wbe");
            visit.page.fill("#limit", "web");
            visit.page.fill("[name='v.version']", "v1.2.3");
            visit.page.fill("[name='v.workers']", "many");
            visit.page.locator("button.first").click();
            assertThat(visit.page.locator("[data-field=workers] .wrong")).containsText("workers");
            visit.looksWell("start-wrong");
            visit.page.fill("[name='v.workers']", "4");
            visit.page.locator("button.first").click();
            visit.page.waitForURL("**/runs/1");
            assertThat(visit.page.locator(".toast")).containsText("Asked for as #1");
        }
        var run = house.journal.read().queue().getFirst();
        assertThat(run.request().limit()).isEqualTo("web");
        assertThat(run.request().variables())
                .hasEntrySatisfying("workers", v -> assertThat(v.display()).isEqualTo("4"));
    }

    @Test
    void theQueueSaysWhoWaitsForWhom() throws Exception {
        var samples = new Samples(house);
        samples.good("v1");
        var holder = samples.ran("v2");
        house.deploy("v3");
        house.deploy("v4");
        try (var visit = new Visit(browser, house, Visit.PHONE)) {
            visit.to("/queue");
            assertThat(visit.page.locator(".place")).hasCount(2);
            assertThat(visit.page.locator(".place").first())
                    .containsText("waits for #" + holder.id().value() + ", which holds deploy");
            house.end(holder, new dev.playcall.domain.Outcome.Success());
            house.begin("deploy");
            assertThat(visit.page.locator(".place")).hasCount(1);
            assertThat(visit.page.locator(".place .position")).hasText("1");
        }
    }
}
