package dev.playcall.web.environments;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.playcall.web.BrowserPage;
import dev.playcall.web.Chromium;
import dev.playcall.web.WebFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An environment from its first host to its archive, on a phone and at a desk. */
@ExtendWith(Chromium.class)
class EnvironmentPagesIT {
    private final Browser browser;

    @TempDir
    Path folder;

    private WebFixture fixture;

    EnvironmentPagesIT(Browser browser) {
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
    void anEnvironmentIsMadeGivenAPolicyRenamedAndArchived() throws Exception {
        try (var visit = new BrowserPage(browser, fixture, BrowserPage.PHONE)) {
            visit.to("/inventory")
                    .page
                    .locator("a:has-text('Environments')")
                    .first()
                    .click();
            visit.page.waitForURL("**/environments");
            visit.looksWell("environments");
            visit.page.locator("a:has-text('New environment')").click();
            visit.page.fill("#name", "staging");
            visit.page.fill("#hosts", "p-1=10.0.0.1\np-2");
            visit.page.locator("button:has-text('Create environment')").click();
            assertThat(visit.page.locator(".wrong:visible")).containsText("there is an environment staging already");
            visit.looksWell("environment-new").as(BrowserPage.DESK).looksWell("environment-new");
            visit.as(BrowserPage.PHONE);
            visit.page.fill("#name", "preview");
            visit.page.locator("button:has-text('Create environment')").click();
            visit.page.waitForURL("**/environments/preview");
            assertThat(visit.page.locator(".toast")).containsText("preview is created with 2 hosts");
            writes(visit);
            visit.page.fill("#name", "canary");
            visit.page.locator("button:has-text('Rename')").click();
            visit.page.waitForURL("**/environments/canary");
            visit.page.locator("button:has-text('Archive')").click();
            visit.page.waitForURL("**/environments");
            assertThat(visit.page.locator("#archived")).containsText("canary");
            visit.as(BrowserPage.DESK).looksWell("environments-archived").as(BrowserPage.PHONE);
            visit.looksWell("environments-archived");
            visit.page.locator("button:has-text('Restore')").click();
            assertThat(visit.page.locator("#environments")).containsText("canary");
        }
        assertThat(Files.readString(folder.resolve("inventory/canary/config.yml")))
                .isEqualTo("protected: true\n");
    }

    private static void writes(BrowserPage visit) {
        visit.page.waitForSelector(".CodeMirror");
        write(visit, "protected: true\nlocks: { longest: soon }\n");
        visit.page.locator("button:has-text('Save policy')").click();
        assertThat(visit.page.locator(".CodeMirror .faulty")).hasCount(1);
        assertThat(visit.page.locator(".faultline")).containsText("config.yml:2");
        visit.looksWell("policy-fault")
                .as(BrowserPage.DESK)
                .looksWell("policy-fault")
                .as(BrowserPage.PHONE);
        write(visit, "protected: true\n");
        visit.page.locator("button:has-text('Check')").click();
        assertThat(visit.page.locator("main [role=status]")).containsText("Not saved yet");
        visit.page.locator("button:has-text('Save policy')").click();
        assertThat(visit.page.locator(".toast")).containsText("policy of preview is changed");
    }

    private static void write(BrowserPage visit, String text) {
        visit.page.locator(".CodeMirror-line").first().click();
        visit.page.keyboard().press("Control+a");
        visit.page.keyboard().insertText(text);
    }
}
