package dev.playcall.web.runs;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.playcall.domain.Outcome;
import dev.playcall.web.BrowserPage;
import dev.playcall.web.Chromium;
import dev.playcall.web.WebFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several environments from the first page: chosen, ordered, reviewed, followed, and continued after a failure. */
@ExtendWith(Chromium.class)
class BatchPageIT {
    private final Browser browser;

    @TempDir
    Path folder;

    private WebFixture fixture;

    BatchPageIT(Browser browser) {
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
    void severalEnvironmentsAreDeployedInOrderAndTheRestIsRunLater() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/").looksWell("operations-batch").as(BrowserPage.DESK).looksWell("operations-batch");
            visit.as(BrowserPage.PHONE);
            visit.page.locator("#batch button:has-text('Ping')").click();
            assertThat(visit.page.locator(".toast")).containsText("Queued as batch 1 of 2 runs");
            fixture.end(fixture.begin("ping"), new Outcome.Success());
            fixture.end(fixture.begin("ping"), new Outcome.Success());
            visit.page.locator("#batch a:has-text('Deploy')").click();
            visit.page.waitForURL("**/batch?operation=deploy**");
            visit.page.locator("[aria-label='Move staging up']").click();
            assertThat(visit.page.locator(".order li").first()).containsText("staging");
            visit.page.fill("[name='v.version']", "v1.2.3");
            visit.page.locator(".deeds button:has-text('Review')").click();
            assertThat(visit.page.locator("#review")).containsText("after staging");
            visit.looksWell("batch-review")
                    .as(BrowserPage.DESK)
                    .looksWell("batch-review")
                    .as(BrowserPage.PHONE);
            visit.page.locator("button:has-text('Start batch')").click();
            visit.page.waitForURL("**/batches/2");
            assertThat(visit.page.locator("#runs .run").first()).containsText("staging");
            fixture.end(fixture.begin("deploy"), new Outcome.Failed(2, "stage-1 failed"));
            assertThat(visit.page.locator("#card")).containsText("1 not successful, 1 not started");
            visit.looksWell("batch").as(BrowserPage.DESK).looksWell("batch").as(BrowserPage.PHONE);
            visit.page.locator("button:has-text('Run the rest')").click();
            visit.page.waitForURL("**/batches/3");
            assertThat(visit.page.locator("#runs .run")).hasCount(1);
        }
        assertThat(fixture.journal
                        .read()
                        .batches()
                        .runs(3)
                        .getFirst()
                        .request()
                        .environment()
                        .value())
                .isEqualTo("production");
    }
}
